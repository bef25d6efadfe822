package io.opsautomator.testkit.simulation;

import io.opsautomator.store.Execution;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.store.Gate;
import io.opsautomator.store.Grant;
import io.opsautomator.store.Run;
import io.opsautomator.task.RunId;
import java.util.List;

/** The ends of runs. Held on every write. */
final class InvariantsOfRuns implements Watcher {
  private final Knowledge known;

  InvariantsOfRuns(Knowledge known) {
    this.known = known;
  }

  @Override
  public void written(StoreWrite write) {
    for (Change change : write.changes()) {
      if (change instanceof Change.OfRun of && of.before().isPresent()) {
        moved(write, of.before().get(), of.after());
      } else if (change instanceof Change.OfExecution of) {
        r14NothingBeginsAfterTheEnd(of);
      }
    }
  }

  private void moved(StoreWrite write, Run before, Run after) {
    Invariant.I12.require(
        !before.state().ended()
            || write.request() instanceof Request.RedriveRun
            || write.request() instanceof Request.Settled
            || same(before, after),
        () -> words(before) + " had ended and became " + after.state() + " by " + write.request());
    if (after.state().ended() && !before.state().ended()) {
      i12NothingOfItIsLeft(after);
      i12ItsCountsAreTrue(after);
    }
  }

  private static boolean same(Run before, Run after) {
    return before.state() == after.state() && before.summary().equals(after.summary());
  }

  /**
   * A slot that was granted to what had ended by then - because it was queued twice, or cancelled -
   * is handed on by whoever is told of it: see L2.
   */
  private void i12NothingOfItIsLeft(Run run) {
    for (Execution execution : known.madeBy(run.id())) {
      Invariant.I12.require(
          execution.status().ended(),
          () -> words(run) + " is closed with " + Knowledge.words(execution));
    }
    for (Gate gate : known.gates()) {
      for (Grant grant : gate.held()) {
        Invariant.I12.require(
            known
                .execution(grant.holder().execution())
                .filter(holder -> holder.origin().run().equals(run.id()))
                .filter(holder -> holder.grants().contains(grant))
                .isEmpty(),
            () -> words(run) + " is closed while a slot of it is held: " + grant);
      }
    }
  }

  private void i12ItsCountsAreTrue(Run run) {
    List<Status> ends = known.madeBy(run.id()).stream().map(Execution::status).toList();
    long good = ends.stream().filter(Status.SUCCEEDED::equals).count();
    long never = ends.stream().filter(Status.NOT_STARTED::equals).count();
    Run.Summary summary = run.summary();
    Invariant.I12.require(
        ends.isEmpty()
            || summary.succeeded() == good
                && summary.notStarted() == never
                && summary.failed() == ends.size() - good - never,
        () -> words(run) + " says " + summary + "; its executions ended as " + ends);
    Invariant.I12.require(
        run.state() != Run.State.COMPLETE || good == ends.size(),
        () -> words(run) + " is complete; its executions ended as " + ends);
  }

  private void r14NothingBeginsAfterTheEnd(Change.OfExecution of) {
    boolean made = of.before().isEmpty();
    boolean begun =
        of.after().status() == Status.RUNNING
            && of.before().filter(before -> before.status() != Status.RUNNING).isPresent();
    RunId id = of.after().origin().run();
    Invariant.R14.require(
        !made && !begun || !known.run(id).state().ended(),
        () -> Knowledge.words(of.after()) + " of " + words(known.run(id)) + " is new");
  }

  private static String words(Run run) {
    return "run " + run.id().value() + " (" + run.state() + ")";
  }
}
