package io.opsautomator.testkit.simulation;

import io.opsautomator.dispatch.Timer;
import io.opsautomator.task.ExecutionId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * One process: its threads, its timer and its clock, which may be wrong. Dead or frozen, nothing
 * happens in it; what was due while it was frozen happens when it thaws.
 */
final class Node implements Executor, Timer, InstantSource {
  private static final double GIVES_WAY = 0.01;

  final String name;
  private final Conductor conductor;
  private final Chance chance;
  private final long skew;
  private final List<Runnable> held = new ArrayList<>();
  private final Map<ExecutionId, Long> epochs = new HashMap<>();
  private boolean dead;
  private boolean frozen;

  /** By how much its clock is ahead, in milliseconds. */
  Node(String name, Conductor conductor, Chance chance, long skew) {
    this.name = name;
    this.conductor = conductor;
    this.chance = chance;
    this.skew = skew;
  }

  /** That one of its workers has been told this epoch. */
  void knows(ExecutionId execution, long epoch) {
    epochs.merge(execution, epoch, Math::max);
  }

  long epoch(ExecutionId execution) {
    return epochs.getOrDefault(execution, 0L);
  }

  boolean frozen() {
    return frozen;
  }

  boolean dead() {
    return dead;
  }

  boolean atWork() {
    return !dead && !frozen;
  }

  long skew() {
    return skew;
  }

  void mustLive() {
    if (dead || conductor.over()) {
      throw new Death();
    }
  }

  void die() {
    dead = true;
    frozen = false;
    held.clear();
    conductor.kill(this);
  }

  void freeze() {
    frozen = true;
    conductor.freeze(this);
  }

  void thaw() {
    if (frozen) {
      frozen = false;
      List<Runnable> due = List.copyOf(held);
      held.clear();
      due.forEach(Runnable::run);
    }
  }

  /** Until it thaws. */
  void hold(Runnable what) {
    held.add(what);
  }

  // -- What the engine is given -------------------------------------------------------------------

  @Override
  public void execute(Runnable task) {
    if (!dead && !conductor.over()) {
      conductor.spawn(this, () -> survive(task));
    }
  }

  /** As a pool of threads does: what a task throws is the end of the task, and of nothing else. */
  private static void survive(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      // Somebody would log it.
    }
  }

  @Override
  public Alarm at(Instant when, Runnable task) {
    return conductor.at(when.toEpochMilli() - skew, () -> due(task))::cancel;
  }

  private void due(Runnable task) {
    if (frozen) {
      hold(() -> due(task));
    } else if (!dead) {
      task.run();
    }
  }

  @Override
  public Instant instant() {
    if (conductor.current() != null && chance.in(GIVES_WAY)) {
      mustLive();
      conductor.giveWay();
    }
    return local();
  }

  /** What its clock says. */
  Instant local() {
    return Instant.ofEpochMilli(conductor.now() + skew);
  }
}
