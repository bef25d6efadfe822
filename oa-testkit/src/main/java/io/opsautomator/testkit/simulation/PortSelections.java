package io.opsautomator.testkit.simulation;

import io.opsautomator.resource.Scope;
import io.opsautomator.store.Batch;
import io.opsautomator.store.BatchId;
import io.opsautomator.store.Page;
import io.opsautomator.store.Selections;
import io.opsautomator.store.Slice;
import io.opsautomator.store.Write;
import io.opsautomator.task.RunId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Slices, pages and batches as one process sees them. */
final class PortSelections implements Selections {
  private final Selections shared;
  private final Node node;
  private final Seams seams;

  PortSelections(Selections shared, Node node, Seams seams) {
    this.shared = shared;
    this.node = node;
    this.seams = seams;
  }

  @Override
  public List<Slice> fanOut(RunId run, List<Scope> scopes) {
    return seams.write(node, "selections.fanOut", () -> shared.fanOut(run, scopes));
  }

  @Override
  public Write<Slice> claim(RunId run, Scope scope, Claimant by) {
    return seams.write(node, "selections.claim", () -> shared.claim(run, scope, by));
  }

  @Override
  public Write<Page> append(RunId run, Page page) {
    return seams.write(node, "selections.append", () -> shared.append(run, page));
  }

  @Override
  public Write<Slice> end(RunId run, Scope scope, long epoch, Slice.End end) {
    return seams.write(node, "selections.end", () -> shared.end(run, scope, epoch, end));
  }

  @Override
  public Write<Batch> dispatched(RunId run, Batch batch) {
    return seams.write(node, "selections.dispatched", () -> shared.dispatched(run, batch));
  }

  @Override
  public Tally ended(RunId run, BatchId batch, int drive, Ends ends) {
    return seams.write(node, "selections.ended", () -> shared.ended(run, batch, drive, ends));
  }

  @Override
  public Batch reopen(RunId run, BatchId batch, int drive) {
    return seams.write(node, "selections.reopen", () -> shared.reopen(run, batch, drive));
  }

  @Override
  public List<Slice> slices(RunId run) {
    return seams.read(node, "selections.slices", () -> shared.slices(run));
  }

  @Override
  public List<Page> pages(RunId run, Scope scope, int from, int limit) {
    return seams.read(node, "selections.pages", () -> shared.pages(run, scope, from, limit));
  }

  @Override
  public List<Batch> batches(RunId run) {
    return seams.read(node, "selections.batches", () -> shared.batches(run));
  }

  @Override
  public Optional<Slice> slice(RunId run, Scope scope) {
    return seams.read(node, "selections.slice", () -> shared.slice(run, scope));
  }

  @Override
  public List<Batch> batches(RunId run, Optional<BatchId> after, int limit) {
    return seams.read(node, "selections.batches", () -> shared.batches(run, after, limit));
  }

  @Override
  public boolean anyOpen(RunId run) {
    return seams.read(node, "selections.anyOpen", () -> shared.anyOpen(run));
  }

  @Override
  public Set<String> wholeGroups(RunId run) {
    return seams.read(node, "selections.wholeGroups", () -> shared.wholeGroups(run));
  }
}
