package io.opsautomator.testkit.simulation;

import io.opsautomator.dispatch.Message;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Gate;
import io.opsautomator.store.Grant;
import io.opsautomator.store.Run;
import io.opsautomator.store.Slice;
import io.opsautomator.store.StoredTask;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What has come about once faults have stopped and time has passed. Read from the store itself, so
 * that nothing that was only told can hide what is there.
 */
final class InvariantsAtRest implements Watcher {
  /** The longest a due instant may wait for a scheduler that lives: a tick, and clocks. */
  private static final Duration TICK = Duration.ofSeconds(60);

  private final Knowledge known;
  private final Set<Grant> lost = new HashSet<>();

  InvariantsAtRest(Knowledge known) {
    this.known = known;
  }

  @Override
  public void passed(MessageEvent event) {
    if (event.stage() == MessageEvent.Stage.LOST
        && event.message() instanceof Message.Start start) {
      start.by().ifPresent(lost::add);
    }
  }

  @Override
  public void ended(World world) {
    world.truth().tasks().all().forEach(task -> l3IsNotOverdue(world, task));
    for (Run told : known.runs()) {
      Run run = world.truth().runs().find(told.id()).orElse(told);
      if (!run.state().ended()) {
        executionsOf(world, run).forEach(InvariantsAtRest::l1HasEnded);
        l3IsSelected(run);
        l5IsClosed(run);
      }
    }
    for (Gate told : known.gates()) {
      world.truth().gates().find(told.key()).ifPresent(gate -> gate(world, gate));
    }
    known.runs().forEach(run -> i13NothingIsHeld(world, run));
  }

  private Iterable<Execution> executionsOf(World world, Run run) {
    return world
        .truth()
        .executions()
        .find(known.madeBy(run.id()).stream().map(Execution::id).toList());
  }

  private static void l1HasEnded(Execution execution) {
    Invariant.L1.require(
        execution.status().ended(),
        () -> Knowledge.words(execution) + " has not ended; lease " + execution.lease());
  }

  private static void l3IsSelected(Run run) {
    Invariant.L3.require(
        run.state() != Run.State.SELECTING, () -> words(run) + " has not been selected");
  }

  private static void l3IsNotOverdue(World world, StoredTask task) {
    Instant late = world.now().minus(TICK).minus(world.skew().multipliedBy(2)).minus(World.MARGIN);
    boolean longEnough = world.calmSince().filter(calm -> calm.isBefore(late)).isPresent();
    Invariant.L3.require(
        !longEnough || !task.due(late),
        () -> task.name() + " is overdue since " + task.clock().next() + " at " + world.now());
  }

  private static void l5IsClosed(Run run) {
    Invariant.L5.require(run.state().ended(), () -> words(run) + " has not been closed");
  }

  /**
   * A slot that was granted to what had ended is handed on by whoever is told of it. If that
   * message is lost for good, or its sender dies before it is sent, and the run is closed, it waits
   * for the next who waits: his run's watch sees it.
   */
  private void gate(World world, Gate gate) {
    for (Grant grant : gate.held()) {
      boolean ended =
          world.truth().executions().find(List.of(grant.holder().execution())).stream()
              .allMatch(holder -> holder.status().ended());
      boolean untold = lost.contains(grant) || known.belated(grant);
      boolean forgivable = ended && untold && !anybodyWaits(gate);
      Invariant.L2.require(!ended || forgivable, () -> gate.key() + " is still held by " + grant);
      Invariant.I13.require(ended, () -> gate.key() + " is held by " + grant + ", which is open");
    }
  }

  /** Tickets of what has ended may still be queued; nobody waits for those. */
  private boolean anybodyWaits(Gate gate) {
    return known.executions().stream()
        .anyMatch(execution -> execution.nextGate().filter(gate.key()::equals).isPresent());
  }

  private void i13NothingIsHeld(World world, Run run) {
    for (Execution execution : executionsOf(world, run)) {
      Invariant.I13.require(
          execution.status().ended() && execution.lease().isEmpty(),
          () -> Knowledge.words(execution) + " is left, with lease " + execution.lease());
    }
    for (Slice slice : world.truth().selections().slices(run.id())) {
      Invariant.I13.require(
          slice.lease().isEmpty() || slice.end().isEmpty(),
          () -> words(run) + ": slice " + slice.scope().key() + " ended under a lease");
    }
  }

  private static String words(Run run) {
    return "run " + run.id().value() + " of " + run.task().value() + " (" + run.state() + ")";
  }
}
