package io.opsautomator.testkit.simulation;

import io.opsautomator.store.Execution;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.store.Executions.Move;
import io.opsautomator.store.Lease;
import io.opsautomator.task.ExecutionId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Who may change an execution, and when: claims, epochs, ends. Held on every write.
 *
 * <p>An epoch belongs to the process whose claim, or return from a wait, began it. While the
 * execution waits for something it belongs to nobody: whoever checks may move it on.
 */
final class InvariantsOfExecutions implements Watcher {
  private final Map<ExecutionId, String> owners = new HashMap<>();

  @Override
  public void written(StoreWrite write) {
    for (Change change : write.changes()) {
      if (change instanceof Change.OfExecution of && of.before().isPresent()) {
        changed(write, of.before().get(), of.after());
      } else if (change instanceof Change.OfExecution of) {
        i3BeginsUnclaimed(of.after());
      }
    }
  }

  private void changed(StoreWrite write, Execution before, Execution after) {
    i5EndedStaysEnded(write, before, after);
    i4OnlyUnderItsEpoch(write, before, after);
    r4WhatWasStoredStays(write, before, after);
    if (write.request() instanceof Request.Claim claim && after.status() == Status.RUNNING) {
      i3ClaimsWhatIsFree(write, claim, before, after);
      owners.put(after.id(), write.moment().process());
    } else if (write.request() instanceof Request.Advance advance) {
      r3OnlyItsWorker(write, before);
      resumed(write, advance.move(), before, after);
    }
  }

  private static void i3BeginsUnclaimed(Execution fresh) {
    Invariant.I3.require(
        fresh.lease().isEmpty() && fresh.progress().epoch() == 0 && !fresh.status().ended(),
        () -> Knowledge.words(fresh) + " came into being as if somebody had claimed it");
  }

  private static void i5EndedStaysEnded(StoreWrite write, Execution before, Execution after) {
    boolean again =
        write.request() instanceof Request.Redrive
            && after.progress().drive() > before.progress().drive();
    Invariant.I5.require(
        !before.status().ended() || again,
        () -> Knowledge.words(before) + " became " + after.status() + " by " + write.request());
  }

  private static void i4OnlyUnderItsEpoch(StoreWrite write, Execution before, Execution after) {
    if (!Knowledge.atWork(before.status())) {
      return;
    }
    boolean under =
        write.request() instanceof Request.Advance advance
            && advance.epoch() == before.progress().epoch();
    boolean besides =
        write.request() instanceof Request.Claim || write.request() instanceof Request.Cancel;
    Invariant.I4.require(
        under || besides,
        () -> Knowledge.words(before) + " was changed at work by " + write.request());
    Invariant.I4.require(
        after.progress().epoch() >= before.progress().epoch(),
        () -> Knowledge.words(before) + " went back to epoch " + after.progress().epoch());
  }

  private static void i3ClaimsWhatIsFree(
      StoreWrite write, Request.Claim claim, Execution before, Execution after) {
    boolean free = before.status() == Status.READY || before.status() == Status.WAITING;
    Instant stale = write.moment().local().minus(World.MARGIN);
    boolean over =
        before.lease().map(Lease::until).filter(until -> !until.isBefore(stale)).isEmpty();
    Invariant.I3.require(
        free || before.status() == Status.RUNNING && over,
        () ->
            Knowledge.words(before)
                + " under "
                + before.lease()
                + " was claimed when the claimer's clock said "
                + write.moment().local());
    Invariant.I3.require(
        claim.claim().ticket() == before.progress().ticket(),
        () -> Knowledge.words(before) + " was claimed for another ticket, " + claim);
    Invariant.I3.require(
        after.progress().epoch() == before.progress().epoch() + 1,
        () -> Knowledge.words(before) + " was claimed under epoch " + after.progress().epoch());
  }

  private void resumed(StoreWrite write, Move move, Execution before, Execution after) {
    if (move instanceof Move.Resume) {
      Invariant.I3.require(
          before.status() == Status.COMPLETING
              && after.progress().epoch() == before.progress().epoch() + 1,
          () -> Knowledge.words(before) + " went on under epoch " + after.progress().epoch());
      owners.put(after.id(), write.moment().process());
    }
  }

  private void r3OnlyItsWorker(StoreWrite write, Execution before) {
    String owner = Optional.ofNullable(owners.get(before.id())).orElse("nobody");
    Invariant.R3.require(
        before.status() != Status.RUNNING || Objects.equals(owner, write.moment().process()),
        () ->
            Knowledge.words(before)
                + " belongs to "
                + owner
                + " and was changed by "
                + write.moment()
                + " with "
                + write.request());
  }

  private static void r4WhatWasStoredStays(StoreWrite write, Execution before, Execution after) {
    int known = before.journal().size();
    Invariant.R4.require(
        write.request() instanceof Request.Redrive
            || after.journal().size() >= known
                && after.journal().subList(0, known).equals(before.journal()),
        () ->
            Knowledge.words(before)
                + " had learnt "
                + before.journal()
                + " and now knows "
                + after.journal());
  }
}
