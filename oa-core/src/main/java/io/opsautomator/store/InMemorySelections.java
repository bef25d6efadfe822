package io.opsautomator.store;

import io.opsautomator.resource.Scope;
import io.opsautomator.task.ExecutionId;
import io.opsautomator.task.RunId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Slices, pages and batches, by run. Guarded by itself. */
final class InMemorySelections implements Selections {
  private final Map<RunId, Selection> items = new HashMap<>();

  private static final class Selection {
    private final Map<Scope, Slice> slices = new LinkedHashMap<>();
    private final Map<Scope, List<Page>> pages = new HashMap<>();
    private final TreeMap<String, Group> groups = new TreeMap<>();
  }

  /** Counts what is not full, so that an end need not look at every batch. */
  private static final class Group {
    private final TreeMap<Integer, Batch> batches = new TreeMap<>();
    private int open;
    private boolean closed;

    void put(Batch batch) {
      Batch was = batches.put(batch.id().number(), batch);
      open += (batch.full() ? 0 : 1) - (was == null || was.full() ? 0 : 1);
      closed |= batch.last();
    }

    boolean full() {
      return closed && open == 0;
    }
  }

  @Override
  public synchronized List<Slice> fanOut(RunId run, List<Scope> scopes) {
    Selection selection = items.computeIfAbsent(run, id -> new Selection());
    scopes.forEach(scope -> selection.slices.putIfAbsent(scope, Slice.listing(scope)));
    return List.copyOf(selection.slices.values());
  }

  @Override
  public synchronized Write<Slice> claim(RunId run, Scope scope, Claimant by) {
    return write(run, scope, stored -> SelectionRules.claim(stored, by));
  }

  @Override
  public synchronized Write<Slice> end(RunId run, Scope scope, long epoch, Slice.End end) {
    return write(run, scope, stored -> SelectionRules.end(stored, epoch, end));
  }

  private Write<Slice> write(RunId run, Scope scope, Function<Slice, Write<Slice>> rule) {
    Slice stored = selection(run).slices.get(scope);
    if (stored == null) {
      return new Write.Absent<>();
    }
    Write<Slice> write = rule.apply(stored);
    if (write instanceof Write.Applied<Slice> applied) {
      selection(run).slices.put(scope, applied.now());
    }
    return write;
  }

  @Override
  public synchronized Write<Page> append(RunId run, Page page) {
    List<Page> log = selection(run).pages.computeIfAbsent(page.slice(), s -> new ArrayList<>());
    if (page.number() < log.size()) {
      return new Write.Refused<>(log.get(page.number()));
    }
    Slice slice = selection(run).slices.get(page.slice());
    if (slice != null && slice.end().isPresent()) {
      return new Write.Absent<>();
    }
    if (page.number() > log.size()) {
      throw new IllegalArgumentException(
          "page "
              + page.number()
              + " of "
              + page.slice().key()
              + " comes before page "
              + log.size());
    }
    log.add(page);
    return new Write.Applied<>(page);
  }

  @Override
  public synchronized Write<Batch> dispatched(RunId run, Batch batch) {
    Group group = selection(run).groups.computeIfAbsent(batch.id().group(), g -> new Group());
    Batch there = group.batches.get(batch.id().number());
    if (there != null) {
      return new Write.Refused<>(there);
    }
    group.put(batch);
    return new Write.Applied<>(batch);
  }

  @Override
  public synchronized Tally ended(RunId run, BatchId id, int drive, Ends ends) {
    Group group = selection(run).groups.get(id.group());
    Batch stored = group == null ? null : group.batches.get(id.number());
    if (group == null || stored == null) {
      return new Tally(false, false);
    }
    Batch batch = SelectionRules.ended(stored, drive, ends);
    group.put(batch);
    return new Tally(batch.full(), group.full());
  }

  @Override
  public synchronized Batch reopen(RunId run, BatchId id, int drive) {
    Group group = selection(run).groups.get(id.group());
    Batch stored = group == null ? null : group.batches.get(id.number());
    if (group == null || stored == null) {
      throw SelectionRules.noBatch(run, id);
    }
    Batch batch = SelectionRules.reopened(stored, drive);
    group.put(batch);
    return batch;
  }

  @Override
  public synchronized List<Slice> slices(RunId run) {
    return List.copyOf(selection(run).slices.values());
  }

  @Override
  public synchronized List<Page> pages(RunId run, Scope scope, int from, int limit) {
    List<Page> log = selection(run).pages.getOrDefault(scope, List.of());
    int start = Math.min(from, log.size());
    return List.copyOf(log.subList(start, Math.min(log.size(), start + limit)));
  }

  @Override
  public synchronized List<Batch> batches(RunId run) {
    return selection(run).groups.values().stream()
        .flatMap(group -> group.batches.values().stream())
        .toList();
  }

  @Override
  public synchronized Optional<Slice> slice(RunId run, Scope scope) {
    return Optional.ofNullable(selection(run).slices.get(scope));
  }

  @Override
  public synchronized List<Batch> batches(RunId run, Optional<BatchId> after, int limit) {
    List<Batch> found = new ArrayList<>();
    String first = after.map(BatchId::group).orElse("");
    for (Map.Entry<String, Group> group : selection(run).groups.tailMap(first).entrySet()) {
      boolean begun = group.getKey().equals(first);
      int from = begun ? after.map(BatchId::number).orElse(-1) : -1;
      group.getValue().batches.tailMap(from, false).values().stream()
          .limit(limit - found.size())
          .forEach(found::add);
    }
    return found;
  }

  @Override
  public synchronized boolean anyOpen(RunId run) {
    return selection(run).groups.values().stream().anyMatch(group -> group.open > 0);
  }

  @Override
  public synchronized Set<String> wholeGroups(RunId run) {
    return selection(run).groups.entrySet().stream()
        .filter(entry -> entry.getValue().closed)
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Returns the executions that belonged to it. */
  synchronized List<ExecutionId> forget(RunId run) {
    List<ExecutionId> executions =
        batches(run).stream().flatMap(batch -> batch.executions().stream()).toList();
    items.remove(run);
    return executions;
  }

  private Selection selection(RunId run) {
    return items.computeIfAbsent(run, id -> new Selection());
  }
}
