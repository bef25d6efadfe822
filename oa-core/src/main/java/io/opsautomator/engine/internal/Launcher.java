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
import io.opsautomator.task.RunId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Makes executions of units. In this order, so that doing it again after a crash mends whatever is
 * missing: the executions are stored unless they are there, then the batch that names them, then
 * they are announced - those without a limit as starts, the others by queuing them at their gates.
 */
final class Launcher {
  static final int BATCH = 100;

  /** Characters of units that are stored by one write; one unit may be more. */
  private static final int PART = 1 << 19;

  private final Kernel kernel;
  private final Queuing queuing;
  private final Units units;

  Launcher(Kernel kernel, Queuing queuing, Units units) {
    this.kernel = kernel;
    this.queuing = queuing;
    this.units = units;
  }

  /** Units of one group that are being made executions, batch by batch. Confined to one thread. */
  static final class Launch {
    private final Line line;
    private final String group;
    private final Iterator<Unit> units;
    private final boolean last;
    private int number;
    private boolean begun;

    /**
     * @param first the number of the first batch
     * @param last whether the group has no more units after these
     */
    Launch(Line line, BatchId first, Iterator<Unit> units, boolean last) {
      this.line = line;
      this.group = first.group();
      this.number = first.number();
      this.units = units;
      this.last = last;
    }

    /** Whether there is a batch to be made; an empty one says that it is the last if need be. */
    boolean more() {
      return units.hasNext() || (last && !begun);
    }
  }

  /**
   * All of them.
   *
   * @param first the number of the first batch
   * @param last whether the group has no more units after these
   */
  void launch(Line line, BatchId first, List<Unit> all, boolean last) {
    Launch launch = new Launch(line, first, all.iterator(), last);
    while (launch.more()) {
      next(launch);
    }
  }

  /**
   * Makes the next batch. What executions are to do is stored a part at a time, and forgotten here
   * when it is: units of many resources are large.
   */
  void next(Launch launch) {
    Line line = launch.line;
    BatchId batch = new BatchId(launch.group, launch.number++);
    launch.begun = true;
    List<ExecutionId> ids = new ArrayList<>();
    List<Write<Execution>> made = new ArrayList<>();
    while (launch.units.hasNext() && ids.size() < BATCH) {
      List<Execution> fresh = fresh(launch, batch, ids.size());
      fresh.forEach(execution -> ids.add(execution.id()));
      kernel.store().executions().create(fresh).forEach(write -> made.add(light(write)));
    }
    boolean last = launch.last && !launch.units.hasNext();
    kernel.store().selections().dispatched(line.run().id(), Batch.fresh(batch, ids, last));
    if (!line.run().state().cancelling()) {
      queuing.begin(line, order(line.run(), batch), toBegin(made));
      queuing.announce(made.stream().flatMap(write -> before(write).stream()).toList());
    }
  }

  /** As many as make a part, at least one. */
  private List<Execution> fresh(Launch launch, BatchId batch, int ordinal) {
    List<Execution> fresh = new ArrayList<>();
    int size = 0;
    while (launch.units.hasNext() && ordinal + fresh.size() < BATCH && size < PART) {
      Unit unit = launch.units.next();
      Job<?> job = launch.line.job();
      RunId run = launch.line.run().id();
      String payload = units.launched(unit);
      Origin origin =
          new Origin(
              run,
              batch,
              ordinal + fresh.size(),
              job.runGated(),
              job.pair(run, unit),
              job.gate(unit),
              payload);
      fresh.add(Execution.fresh(ExecutionId.of(run, unit.key()), origin));
      size += payload.length();
    }
    return fresh;
  }

  /** Without what it is to do: that is of no concern where it is set going. */
  private static Write<Execution> light(Write<Execution> made) {
    if (made instanceof Write.Applied<Execution> applied) {
      return new Write.Applied<>(light(applied.now()));
    }
    return made instanceof Write.Refused<Execution> refused
        ? new Write.Refused<>(light(refused.actual()))
        : made;
  }

  private static Execution light(Execution x) {
    Origin from = x.origin();
    Origin light =
        new Origin(
            from.run(),
            from.batch(),
            from.ordinal(),
            from.runGated(),
            from.pair(),
            from.gate(),
            "");
    return new Execution(
        x.id(), light, x.status(), x.progress(), x.lease(), x.grants(), x.journal());
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
