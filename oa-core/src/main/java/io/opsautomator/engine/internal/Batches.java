package io.opsautomator.engine.internal;

import io.opsautomator.store.Batch;
import io.opsautomator.store.BatchId;
import io.opsautomator.store.Selections;
import io.opsautomator.task.RunId;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * All batches of a run, by group, then number, read a few at a time: those of a large run need not
 * fit into memory. Each walk reads anew.
 */
record Batches(Selections selections, RunId run) implements Iterable<Batch> {
  private static final int AT_A_TIME = 32;

  static Batches of(Kernel kernel, RunId run) {
    return new Batches(kernel.store().selections(), run);
  }

  Stream<Batch> stream() {
    return StreamSupport.stream(spliterator(), false);
  }

  boolean none() {
    return selections.batches(run, Optional.empty(), 1).isEmpty();
  }

  /** How many executions the run has so far. */
  int executions() {
    return stream().mapToInt(batch -> batch.executions().size()).sum();
  }

  @Override
  public Iterator<Batch> iterator() {
    return new Walk();
  }

  private final class Walk implements Iterator<Batch> {
    private List<Batch> part = List.of();
    private int next;
    private boolean last;

    @Override
    public boolean hasNext() {
      if (next == part.size() && !last) {
        Optional<BatchId> after =
            part.isEmpty() ? Optional.empty() : Optional.of(part.get(next - 1).id());
        part = selections.batches(run, after, AT_A_TIME);
        last = part.size() < AT_A_TIME;
        next = 0;
      }
      return next < part.size();
    }

    @Override
    public Batch next() {
      if (!hasNext()) {
        throw new NoSuchElementException("no more batches");
      }
      return part.get(next++);
    }
  }
}
