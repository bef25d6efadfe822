package io.opsautomator.engine.internal;

import io.opsautomator.engine.internal.Queuing.Line;
import io.opsautomator.resource.Unit;
import io.opsautomator.store.Batch;
import io.opsautomator.store.BatchId;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Execution.Origin;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.store.Run;
import io.opsautomator.store.Write;
import io.opsautomator.task.ExecutionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes executions of units. In this order, so that doing it again after a crash mends whatever is
 * missing: the executions are stored unless they are there, then the batch that names them, then
 * they are announced - those without a limit as starts, the others by queuing them at their gates.
 */
final class Launcher {
  static final int BATCH = 100;

  private final Kernel kernel;
  private final Queuing queuing;
  private final Units units;

  Launcher(Kernel kernel, Queuing queuing, Units units) {
    this.kernel = kernel;
    this.queuing = queuing;
    this.units = units;
  }

  /**
   * @param first the number of the first batch
   * @param last whether the group has no more units after these; an empty batch says so if need be
   */
  void launch(Line line, BatchId first, List<Unit> all, boolean last) {
    int number = first.number();
    for (int from = 0; from < all.size() || from == 0 && last; from += BATCH) {
      int to = Math.min(all.size(), from + BATCH);
      BatchId id = new BatchId(first.group(), number++);
      make(line, id, all.subList(from, to), last && to == all.size());
    }
  }

  private void make(Line line, BatchId batch, List<Unit> part, boolean last) {
    Run run = line.run();
    List<Execution> fresh = new ArrayList<>();
    for (Unit unit : part) {
      Origin origin =
          new Origin(
              run.id(),
              batch,
              fresh.size(),
              line.job().runGated(),
              line.job().gate(unit),
              units.launched(unit));
      fresh.add(Execution.fresh(ExecutionId.of(run.id(), unit.key()), origin));
    }
    List<Write<Execution>> made =
        fresh.isEmpty() ? List.of() : kernel.store().executions().create(fresh);
    List<ExecutionId> ids = fresh.stream().map(Execution::id).toList();
    kernel.store().selections().dispatched(run.id(), Batch.fresh(batch, ids, last));
    if (!run.state().cancelling()) {
      queuing.begin(line, order(run, batch), toBegin(made));
      queuing.announce(made.stream().flatMap(write -> before(write).stream()).toList());
    }
  }

  /** Those that have not begun. Whoever makes a batch again finds that some have. */
  private List<Execution> toBegin(List<Write<Execution>> made) {
    List<Execution> waiting = new ArrayList<>();
    for (Write<Execution> write : made) {
      if (write instanceof Write.Applied<Execution> applied) {
        waiting.add(applied.now());
      } else if (write instanceof Write.Refused<Execution> refused && mayBegin(refused.actual())) {
        waiting.add(refused.actual());
      }
    }
    return waiting;
  }

  /** What was there already: whoever made it may have died before it was announced. */
  private static Optional<Execution> before(Write<Execution> made) {
    return made instanceof Write.Refused<Execution> refused
        ? Optional.of(refused.actual())
        : Optional.empty();
  }

  private boolean mayBegin(Execution stored) {
    if (stored.status() != Status.READY && stored.status() != Status.WAITING) {
      return false;
    }
    return !queuing.granted(stored);
  }

  /** Sorts by age: first by when the run was triggered. */
  static String order(Run run, BatchId batch) {
    return "%015d/%s/%s/%06d"
        .formatted(
            run.cause().at().toEpochMilli(), run.id().value(), batch.group(), batch.number());
  }
}
