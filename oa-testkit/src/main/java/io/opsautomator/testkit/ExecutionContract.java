package io.opsautomator.testkit;

import static io.opsautomator.testkit.StoreItems.LEASE;
import static io.opsautomator.testkit.StoreItems.NOON;
import static io.opsautomator.testkit.StoreItems.applied;
import static io.opsautomator.testkit.StoreItems.claim;
import static io.opsautomator.testkit.StoreItems.done;
import static io.opsautomator.testkit.StoreItems.end;
import static io.opsautomator.testkit.StoreItems.execution;
import static io.opsautomator.testkit.StoreItems.fenced;
import static io.opsautomator.testkit.StoreItems.refused;
import static io.opsautomator.testkit.StoreItems.waiting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsautomator.store.Execution;
import io.opsautomator.store.Execution.Cancel;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.store.Executions;
import io.opsautomator.store.Executions.Claim;
import io.opsautomator.store.Executions.Move;
import io.opsautomator.store.GateKey;
import io.opsautomator.store.Grant;
import io.opsautomator.store.JournalEntry;
import io.opsautomator.store.Lease;
import io.opsautomator.store.Selections.Claimant;
import io.opsautomator.store.Store;
import io.opsautomator.store.Ticket;
import io.opsautomator.store.Write;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every store has to keep of executions. */
abstract class ExecutionContract {
  private static final GateKey GATE = new GateKey("key");
  private static final Cancel STOP = new Cancel("enough", false);

  abstract Store store();

  private Executions executions() {
    return store().executions();
  }

  private Execution created(Execution fresh) {
    return applied(executions().create(List.of(fresh)).get(0));
  }

  private Execution ready() {
    return created(execution(1, Optional.empty()));
  }

  private Execution queued() {
    return created(execution(1, Optional.of(GATE)));
  }

  private Execution running() {
    return applied(executions().claim(claim(ready())));
  }

  private Execution completing() {
    return advanced(running(), new Move.Await(waiting(NOON), List.of()));
  }

  private Execution advanced(Execution execution, Move move) {
    return applied(advance(execution, move));
  }

  private Write<Execution> advance(Execution execution, Move move) {
    return executions().advance(execution.id(), execution.progress().epoch(), move);
  }

  private Execution stored(Execution execution) {
    return executions().find(List.of(execution.id())).get(0);
  }

  private static Grant grant(Execution execution, int slot, int ticket) {
    return new Grant(GATE, slot, new Ticket(execution.id(), ticket), 1);
  }

  private static List<Move> moves() {
    return List.of(
        new Move.Checkpoint(Optional.empty(), List.of()),
        new Move.Await(waiting(NOON), List.of()),
        new Move.Resume("worker-2", NOON.plus(LEASE), List.of()),
        new Move.Requeue(List.of()),
        new Move.BeginAgain(List.of()),
        end(Status.SUCCEEDED));
  }

  @Test
  void whatWasNeverCreatedIsAbsent() {
    Execution unknown = execution(1, Optional.empty());
    assertThat(executions().claim(claim(unknown))).isEqualTo(new Write.Absent<>());
    assertThat(advance(unknown, end(Status.FAILED))).isEqualTo(new Write.Absent<>());
    assertThat(executions().cancel(unknown.id(), STOP, true)).isEqualTo(new Write.Absent<>());
    assertThat(executions().find(List.of(unknown.id()))).isEmpty();
  }

  @Test
  void creatingAnswersOneByOneInOrderAndKeepsWhatIsThere() {
    Execution running = running();
    Execution other = execution(2, Optional.of(GATE));
    List<Write<Execution>> writes =
        executions().create(List.of(execution(1, Optional.empty()), other));
    assertThat(refused(writes.get(0))).isEqualTo(running);
    assertThat(applied(writes.get(1))).isEqualTo(other);
    assertThat(stored(running)).isEqualTo(running);
  }

  @Test
  void whatIsStoredComesBackAsItWas() {
    Execution large = execution(3, Optional.empty());
    String text = "x\u0000\u2028\ud83d\ude00\"\\".repeat(20_000);
    Execution.Origin origin =
        new Execution.Origin(
            large.origin().run(),
            large.origin().batch(),
            7,
            false,
            Optional.empty(),
            Optional.of(GATE),
            text);
    Execution written = created(Execution.fresh(large.id(), origin));
    assertThat(stored(large)).isEqualTo(written).isEqualTo(Execution.fresh(large.id(), origin));
  }

  @Test
  void manyAreFoundInTheOrderAskedForAndUnknownOnesLeftOut() {
    List<Execution> fresh =
        IntStream.range(0, 150).mapToObj(i -> execution(i, Optional.empty())).toList();
    executions().create(fresh.subList(0, 120));
    List<Execution> asked = Stream.of(149, 7, 119, 0).map(fresh::get).toList();
    assertThat(executions().find(asked.stream().map(Execution::id).toList()))
        .isEqualTo(List.of(fresh.get(7), fresh.get(119), fresh.get(0)));
    assertThat(executions().find(fresh.stream().map(Execution::id).toList())).hasSize(120);
  }

  @Test
  void aClaimStartsWhatIsReadyUnderTheNextEpoch() {
    Execution claimed = running();
    assertThat(claimed.status()).isEqualTo(Status.RUNNING);
    assertThat(claimed.progress().epoch()).isEqualTo(1);
    assertThat(claimed.progress().attempts()).isEqualTo(1);
    assertThat(claimed.progress().startedAt()).contains(NOON);
    assertThat(claimed.lease()).contains(new Lease("worker-1", 1, NOON.plus(LEASE)));
    assertThat(stored(claimed)).isEqualTo(claimed);
  }

  @Test
  void aClaimOfAnotherTicketIsRefused() {
    Execution ready = ready();
    Claimant claimant = new Claimant("worker-1", NOON.plus(LEASE), NOON);
    assertThat(
            refused(executions().claim(new Claim(ready.id(), 1, Optional.empty(), NOON, claimant))))
        .isEqualTo(ready);
  }

  @Test
  void aLeaseIsRespectedUntilItIsOver() {
    Execution running = running();
    Instant over = NOON.plus(LEASE);
    assertThat(refused(executions().claim(claim(running, Optional.empty(), over, "worker-2"))))
        .isEqualTo(running);
    Execution taken =
        applied(
            executions().claim(claim(running, Optional.empty(), over.plusNanos(1), "worker-2")));
    assertThat(taken.progress().epoch()).isEqualTo(2);
    assertThat(taken.progress().attempts()).isEqualTo(2);
    assertThat(taken.progress().startedAt()).contains(NOON);
    assertThat(taken.lease().map(Lease::worker)).contains("worker-2");
  }

  @Test
  void whoWaitsForASlotStartsWithTheGrantOfItsTicketOnly() {
    Execution waiting = queued();
    assertThat(waiting.status()).isEqualTo(Status.WAITING);
    refused(executions().claim(claim(waiting)));
    refused(executions().claim(claim(waiting, Optional.of(grant(waiting, 0, 9)), NOON, "w")));
    Grant other = grant(execution(2, Optional.of(GATE)), 0, 0);
    refused(executions().claim(claim(waiting, Optional.of(other), NOON, "w")));
    Grant own = grant(waiting, 3, 0);
    Execution started = applied(executions().claim(claim(waiting, Optional.of(own), NOON, "w")));
    assertThat(started.grants()).containsExactly(own);
  }

  @Test
  void aTakeOverHappensInTheSameSlot() {
    Execution waiting = queued();
    Optional<Grant> own = Optional.of(grant(waiting, 3, 0));
    Execution running = applied(executions().claim(claim(waiting, own, NOON, "worker-1")));
    Instant later = NOON.plus(LEASE).plusSeconds(1);
    Optional<Grant> other = Optional.of(grant(waiting, 4, 0));
    refused(executions().claim(claim(running, other, later, "worker-2")));
    refused(executions().claim(claim(running, Optional.empty(), later, "worker-2")));
    assertThat(applied(executions().claim(claim(running, own, later, "worker-2"))).latestGrant())
        .isEqualTo(own);
  }

  @Test
  void aWorkerThatWasTakenOverFromCanWriteNothing() {
    Execution first = running();
    Instant later = NOON.plus(LEASE).plusSeconds(1);
    Execution second =
        applied(executions().claim(claim(first, Optional.empty(), later, "worker-2")));
    for (Move move : moves()) {
      assertThat(fenced(advance(first, move))).isEqualTo(second);
    }
    assertThat(stored(first)).isEqualTo(second);
  }

  @Test
  void aCheckpointAddsToTheJournalInOrderAndProlongsTheLease() {
    Execution running = running();
    Execution once =
        advanced(running, new Move.Checkpoint(Optional.empty(), List.of(done("a"), done("b"))));
    assertThat(once.lease()).isEqualTo(running.lease());
    Instant until = NOON.plusSeconds(3600);
    Execution twice =
        advanced(running, new Move.Checkpoint(Optional.of(until), List.of(done("c"))));
    assertThat(twice.journal()).containsExactly(done("a"), done("b"), done("c"));
    assertThat(twice.lease().map(Lease::until)).contains(until);
    assertThat(stored(running)).isEqualTo(twice);
  }

  @Test
  void aWaitLetsGoOfTheWorkerAndKeepsTheSlot() {
    Execution waiting = queued();
    Optional<Grant> own = Optional.of(grant(waiting, 3, 0));
    Execution running = applied(executions().claim(claim(waiting, own, NOON, "worker-1")));
    Execution completing = advanced(running, new Move.Await(waiting(NOON), List.of(done("start"))));
    assertThat(completing.status()).isEqualTo(Status.COMPLETING);
    assertThat(completing.lease()).isEmpty();
    assertThat(completing.latestGrant()).isEqualTo(own);
    assertThat(completing.progress().waiting()).contains(waiting(NOON));
    assertThat(completing.progress().attempts()).isZero();
    refused(executions().claim(claim(completing, own, NOON.plusSeconds(9999), "worker-2")));
  }

  @Test
  void resumingRaisesTheEpochSoThatOneCheckOfTwoGoesOn() {
    Execution completing = completing();
    Move resume = new Move.Resume("worker-2", NOON.plus(LEASE), List.of(done("gone")));
    Execution resumed = advanced(completing, resume);
    assertThat(resumed.status()).isEqualTo(Status.RUNNING);
    assertThat(resumed.progress().epoch()).isEqualTo(completing.progress().epoch() + 1);
    assertThat(resumed.journal()).containsExactly(done("gone"));
    assertThat(fenced(advance(completing, resume))).isEqualTo(resumed);
  }

  @Test
  void queuingAgainGivesANewTicketAndTheOldGrantStartsNothing() {
    Execution waiting = queued();
    Optional<Grant> old = Optional.of(grant(waiting, 3, 0));
    Execution running = applied(executions().claim(claim(waiting, old, NOON, "worker-1")));
    Execution again = advanced(running, new Move.Requeue(List.of(done("a"))));
    assertThat(again.status()).isEqualTo(Status.WAITING);
    assertThat(again.grants()).isEmpty();
    assertThat(again.ticket()).isEqualTo(new Ticket(waiting.id(), 1));
    assertThat(again.journal()).containsExactly(done("a"));
    refused(executions().claim(claim(waiting, old, NOON, "worker-2")));
    refused(executions().claim(claim(again, old, NOON, "worker-2")));
    Optional<Grant> fresh = Optional.of(grant(waiting, 0, 1));
    assertThat(applied(executions().claim(claim(again, fresh, NOON, "worker-2"))).latestGrant())
        .isEqualTo(fresh);
  }

  @Test
  void withoutAGateQueuingAgainMakesItReady() {
    Execution again = advanced(running(), new Move.Requeue(List.of()));
    assertThat(again.status()).isEqualTo(Status.READY);
    assertThat(applied(executions().claim(claim(again))).progress().attempts()).isEqualTo(1);
  }

  @Test
  void beginningAnewForgetsWhatCameAfterTheLastStepAndCountsHowOften() {
    Execution running =
        advanced(running(), new Move.Checkpoint(Optional.empty(), List.of(done("a"))));
    JournalEntry no = new JournalEntry("b", JournalEntry.Stage.REFUSED, "{}");
    JournalEntry begun = new JournalEntry("b", JournalEntry.Stage.INTENT, "");
    Execution once = advanced(running, new Move.BeginAgain(List.of(no)));
    Execution twice = advanced(once, new Move.BeginAgain(List.of(begun, no)));
    JournalEntry mark = new JournalEntry(JournalEntry.AGAIN, JournalEntry.Stage.FACT, "2");
    assertThat(twice.journal()).containsExactly(done("a"), mark);
    assertThat(twice.progress()).isEqualTo(running.progress());
    assertThat(twice.lease()).isEqualTo(running.lease());
    refused(advance(twice, new Move.BeginAgain(List.of(begun))));
    assertThat(stored(running)).isEqualTo(twice);
  }

  @Test
  void movesOutOfPlaceAreRefused() {
    Execution running = running();
    assertThat(refused(advance(running, new Move.Resume("w", NOON, List.of())))).isEqualTo(running);
    Execution completing = advanced(running, new Move.Await(waiting(NOON), List.of()));
    refused(advance(completing, new Move.Checkpoint(Optional.empty(), List.of(done("a")))));
    refused(advance(completing, new Move.Requeue(List.of())));
    assertThat(stored(running)).isEqualTo(completing);
  }

  @Test
  void i5_anEndIsReachedOnceAndNeverLeft() {
    int number = 10;
    for (Status status : Arrays.stream(Status.values()).filter(Status::ended).toList()) {
      Execution ready = created(execution(number++, Optional.empty()));
      Execution running = applied(executions().claim(claim(ready)));
      Execution ended = advanced(running, end(status));
      assertThat(ended.status()).isEqualTo(status);
      assertThat(ended.lease()).isEmpty();
      assertThat(ended.progress().outcome()).contains("{\"came\":\"of it\"}");
      for (Move move : moves()) {
        assertThat(refused(advance(running, move))).isEqualTo(ended);
      }
      refused(executions().claim(claim(ended, Optional.empty(), NOON.plusSeconds(9999), "w")));
      refused(executions().cancel(ended.id(), STOP, true));
      assertThat(stored(ready)).isEqualTo(ended);
    }
  }

  @Test
  void onlyAnEndEnds() {
    Execution running = running();
    assertThatThrownBy(() -> advance(running, end(Status.COMPLETING)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(stored(running)).isEqualTo(running);
  }

  @Test
  void cancellingEndsWhatHasNotBegun() {
    Execution ready = ready();
    Execution cancelled = applied(executions().cancel(ready.id(), STOP, false));
    assertThat(cancelled.status()).isEqualTo(Status.CANCELLED);
    assertThat(cancelled.progress().outcome()).contains("enough");
    refused(executions().claim(claim(ready)));
  }

  @Test
  void cancellingAsksWhatHasBegun() {
    Execution running = running();
    Execution asked = applied(executions().cancel(running.id(), STOP, false));
    assertThat(asked.status()).isEqualTo(Status.RUNNING);
    assertThat(asked.progress().cancel()).contains(STOP);
    Execution ended = advanced(running, end(Status.CANCELLED));
    assertThat(ended.progress().cancel()).contains(STOP);
  }

  @Test
  void aForcedCancelFencesTheWorker() {
    Execution running = running();
    Execution ended = applied(executions().cancel(running.id(), STOP, true));
    assertThat(ended.status()).isEqualTo(Status.CANCELLED);
    assertThat(fenced(advance(running, end(Status.SUCCEEDED)))).isEqualTo(ended);
  }

  @Test
  void aForcedCancelOfAStepInDoubtIsUncertain() {
    Execution running = running();
    JournalEntry intent = new JournalEntry("pay", JournalEntry.Stage.INTENT, "");
    advanced(running, new Move.Checkpoint(Optional.empty(), List.of(intent)));
    assertThat(applied(executions().cancel(running.id(), STOP, true)).status())
        .isEqualTo(Status.UNCERTAIN);
  }

  @Test
  void w9_ofManyWhoClaimAtOnceOneStarts() {
    Execution stored = ready();
    for (int epoch = 1; epoch <= 5; epoch++) {
      Execution seen = stored;
      Instant now = NOON.plus(LEASE.plusSeconds(1).multipliedBy(epoch));
      List<Write<Execution>> writes =
          Together.each(
              8, i -> () -> executions().claim(claim(seen, Optional.empty(), now, "w" + i)));
      List<Write<Execution>> won =
          writes.stream().filter(w -> w instanceof Write.Applied<Execution>).toList();
      assertThat(won).hasSize(1);
      stored = applied(won.get(0));
      assertThat(stored.progress().epoch()).isEqualTo(epoch);
      assertThat(stored(stored)).isEqualTo(stored);
    }
  }

  @Test
  void checkpointsAndCancelsAtOnceLoseNothing() {
    Execution running = running();
    Together.each(
        8,
        i ->
            () ->
                i == 0
                    ? executions().cancel(running.id(), STOP, false)
                    : advance(
                        running, new Move.Checkpoint(Optional.empty(), List.of(done("s" + i)))));
    assertThat(stored(running).journal()).hasSize(7).doesNotHaveDuplicates();
    assertThat(stored(running).progress().cancel()).contains(STOP);
  }
}
