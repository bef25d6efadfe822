package io.opsautomator.testkit.simulation;

import io.opsautomator.resource.Scope;
import io.opsautomator.store.Batch;
import io.opsautomator.store.BatchId;
import io.opsautomator.store.Page;
import io.opsautomator.store.Selections;
import io.opsautomator.store.Slice;
import io.opsautomator.store.Write;
import io.opsautomator.task.RunId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Tells of every write of slices, pages and batches. */
final class ObservedSelections implements Selections {
  private final Selections items;
  private final Recorder recorder;

  ObservedSelections(Selections items, Recorder recorder) {
    this.items = items;
    this.recorder = recorder;
  }

  @Override
  public Optional<Slice> slice(RunId run, Scope scope) {
    return items.slice(run, scope);
  }

  private Optional<Batch> batch(RunId run, BatchId id) {
    return items.batches(run).stream().filter(batch -> batch.id().equals(id)).findFirst();
  }

  @Override
  public List<Slice> fanOut(RunId run, List<Scope> scopes) {
    List<Slice> before = items.slices(run);
    List<Slice> answer = items.fanOut(run, scopes);
    List<Change> changes = new ArrayList<>();
    answer.stream()
        .filter(slice -> !before.contains(slice))
        .forEach(
            slice -> changes.add(new Change.OfSlice(run, slice.scope(), Optional.empty(), slice)));
    recorder.written(new Request.FanOut(run, scopes), changes, answer);
    return answer;
  }

  @Override
  public Write<Slice> claim(RunId run, Scope scope, Claimant by) {
    Optional<Slice> before = slice(run, scope);
    return told(new Request.ClaimSlice(run, scope, by), run, before, items.claim(run, scope, by));
  }

  @Override
  public Write<Slice> end(RunId run, Scope scope, long epoch, Slice.End end) {
    Optional<Slice> before = slice(run, scope);
    return told(
        new Request.EndSlice(run, scope, epoch, end),
        run,
        before,
        items.end(run, scope, epoch, end));
  }

  private Write<Slice> told(
      Request request, RunId run, Optional<Slice> before, Write<Slice> answer) {
    List<Change> changes =
        answer instanceof Write.Applied<Slice> applied
            ? List.of(new Change.OfSlice(run, applied.now().scope(), before, applied.now()))
            : List.of();
    recorder.written(request, changes, answer);
    return answer;
  }

  @Override
  public Write<Page> append(RunId run, Page page) {
    Write<Page> answer = items.append(run, page);
    List<Change> changes =
        answer instanceof Write.Applied<Page> applied
            ? List.of(new Change.OfPage(run, applied.now()))
            : List.of();
    recorder.written(new Request.Append(run, page), changes, answer);
    return answer;
  }

  @Override
  public Write<Batch> dispatched(RunId run, Batch batch) {
    Write<Batch> answer = items.dispatched(run, batch);
    List<Change> changes =
        answer instanceof Write.Applied<Batch> applied
            ? List.of(new Change.OfBatch(run, Optional.empty(), applied.now()))
            : List.of();
    recorder.written(new Request.Dispatched(run, batch), changes, answer);
    return answer;
  }

  @Override
  public Tally ended(RunId run, BatchId id, int drive, Ends ends) {
    Optional<Batch> before = batch(run, id);
    Tally answer = items.ended(run, id, drive, ends);
    told(new Request.Tallied(run, id, drive, ends), run, before, batch(run, id), answer);
    return answer;
  }

  @Override
  public Batch reopen(RunId run, BatchId id, int drive) {
    Optional<Batch> before = batch(run, id);
    Batch answer = items.reopen(run, id, drive);
    told(new Request.Reopen(run, id, drive), run, before, Optional.of(answer), answer);
    return answer;
  }

  private void told(
      Request request, RunId run, Optional<Batch> before, Optional<Batch> after, Object answer) {
    List<Change> changes =
        after
            .filter(now -> !now.equals(before.orElse(now)))
            .<List<Change>>map(now -> List.of(new Change.OfBatch(run, before, now)))
            .orElse(List.of());
    recorder.written(request, changes, answer);
  }

  @Override
  public List<Slice> slices(RunId run) {
    return items.slices(run);
  }

  @Override
  public List<Page> pages(RunId run, Scope scope, int from, int limit) {
    return items.pages(run, scope, from, limit);
  }

  @Override
  public List<Batch> batches(RunId run) {
    return items.batches(run);
  }

  @Override
  public List<Batch> batches(RunId run, Optional<BatchId> after, int limit) {
    return items.batches(run, after, limit);
  }

  @Override
  public boolean anyOpen(RunId run) {
    return items.anyOpen(run);
  }

  @Override
  public Set<String> wholeGroups(RunId run) {
    return items.wholeGroups(run);
  }
}
