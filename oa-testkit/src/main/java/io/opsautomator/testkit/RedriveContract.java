package io.opsautomator.testkit;

import static io.opsautomator.testkit.StoreItems.NOON;
import static io.opsautomator.testkit.StoreItems.applied;
import static io.opsautomator.testkit.StoreItems.claim;
import static io.opsautomator.testkit.StoreItems.done;
import static io.opsautomator.testkit.StoreItems.end;
import static io.opsautomator.testkit.StoreItems.execution;
import static io.opsautomator.testkit.StoreItems.fenced;
import static io.opsautomator.testkit.StoreItems.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.store.Execution;
import io.opsautomator.store.Execution.Cancel;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.store.Executions;
import io.opsautomator.store.Executions.Move;
import io.opsautomator.store.GateKey;
import io.opsautomator.store.Grant;
import io.opsautomator.store.JournalEntry;
import io.opsautomator.store.JournalEntry.Stage;
import io.opsautomator.store.Store;
import io.opsautomator.store.Ticket;
import io.opsautomator.store.Write;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every store has to keep of executions that are driven again. */
abstract class RedriveContract {
  private static final GateKey KEY = new GateKey("key/again");
  private static final JournalEntry INTENT = entry("pay", Stage.INTENT);
  private static final JournalEntry REFUSED = entry("pay", Stage.REFUSED);

  abstract Store store();

  private Executions executions() {
    return store().executions();
  }

  private static JournalEntry entry(String step, Stage stage) {
    return new JournalEntry(step, stage, stage == Stage.INTENT ? "" : "\"" + step + "\"");
  }

  private Execution created(Execution fresh) {
    return applied(executions().create(List.of(fresh)).get(0));
  }

  /** An execution without gates that has come to this end. */
  private Execution ended(int number, Status status, JournalEntry... journal) {
    Execution ready = created(execution(number, Optional.empty()));
    if (status == Status.NOT_STARTED) {
      return applied(executions().drop(ready.id(), "stopped"));
    }
    Execution running = applied(executions().claim(claim(ready)));
    return applied(
        executions().advance(running.id(), 1, new Move.End(status, "{}", List.of(journal))));
  }

  private Write<Execution> redrive(Execution execution, int drive) {
    return executions().redrive(execution.id(), drive, false);
  }

  @Test
  void whatFailedStartsAgainAsIfNewButForEpochTicketAndDrive() {
    Execution failed = ended(1, Status.FAILED);
    Execution again = applied(redrive(failed, 1));
    assertThat(again.status()).isEqualTo(Status.READY);
    assertThat(again.progress())
        .isEqualTo(
            new Execution.Progress(
                1,
                1,
                0,
                1,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
    assertThat(executions().find(List.of(failed.id()))).containsExactly(again);
    Execution running = applied(executions().claim(claim(again)));
    assertThat(running.progress().epoch()).isEqualTo(2);
    assertThat(fenced(executions().advance(failed.id(), 1, end(Status.SUCCEEDED))))
        .isEqualTo(running);
  }

  @Test
  void aWorkerOfTheDriveBeforeWritesNothing() {
    Execution failed = ended(1, Status.FAILED);
    Execution again = applied(redrive(failed, 1));
    assertThat(refused(executions().advance(failed.id(), 1, end(Status.SUCCEEDED))))
        .isEqualTo(again);
    assertThat(refused(executions().claim(claim(failed)))).isEqualTo(again);
  }

  @Test
  void i5_eachDriveIsBegunOnceAndNoneIsGoneBackTo() {
    Execution failed = ended(1, Status.FAILED);
    Execution again = applied(redrive(failed, 2));
    assertThat(refused(redrive(failed, 2))).isEqualTo(again);
    Execution running = applied(executions().claim(claim(again)));
    Execution twice = applied(executions().advance(running.id(), 2, end(Status.FAILED)));
    assertThat(refused(redrive(twice, 2))).isEqualTo(twice);
    assertThat(refused(redrive(twice, 1))).isEqualTo(twice);
    assertThat(applied(redrive(twice, 3)).progress().drive()).isEqualTo(3);
  }

  @Test
  void onlyWhatDidNotSucceedAndWasNotStoppedByAPersonIsDrivenAgain() {
    int number = 1;
    Set<Status> again = EnumSet.of(Status.FAILED, Status.TIMED_OUT, Status.NOT_STARTED);
    for (Status status : Arrays.stream(Status.values()).filter(Status::ended).toList()) {
      Execution ended = ended(number++, status);
      Write<Execution> write = redrive(ended, 1);
      if (again.contains(status)) {
        assertThat(applied(write).status()).isEqualTo(Status.READY);
      } else {
        assertThat(refused(write)).isEqualTo(ended);
      }
    }
    Execution ready = created(execution(number++, Optional.empty()));
    refused(redrive(ready, 1));
    refused(redrive(applied(executions().claim(claim(ready))), 1));
    assertThat(redrive(execution(number, Optional.empty()), 1)).isEqualTo(new Write.Absent<>());
  }

  @Test
  void whatIsUncertainIsDrivenAgainOnlyWhenAPersonSaysSo() {
    Execution uncertain = ended(1, Status.UNCERTAIN, done("look"), INTENT);
    assertThat(refused(redrive(uncertain, 1))).isEqualTo(uncertain);
    Execution again = applied(executions().redrive(uncertain.id(), 1, true));
    assertThat(again.journal()).containsExactly(done("look"));
  }

  @Test
  void i6_aStepInDoubtIsNotMadeAgainUnasked_whateverTheEndWasCalled() {
    Execution givenUp = ended(1, Status.FAILED, INTENT);
    assertThat(refused(redrive(givenUp, 1))).isEqualTo(givenUp);
    Execution timedOut = ended(2, Status.TIMED_OUT, INTENT, entry("seen", Stage.FACT));
    assertThat(refused(redrive(timedOut, 1))).isEqualTo(timedOut);
    assertThat(applied(executions().redrive(givenUp.id(), 1, true)).journal()).isEmpty();
    Execution refused = ended(3, Status.FAILED, INTENT, REFUSED);
    assertThat(applied(redrive(refused, 1)).journal()).isEmpty();
  }

  @Test
  void theJournalIsKeptUpToTheLastStepThatSucceeded() {
    List<JournalEntry> kept =
        List.of(
            entry("state", Stage.FACT),
            INTENT,
            done("pay"),
            entry("first choice", Stage.REFUSED),
            done("second choice"));
    JournalEntry[] all =
        Stream.concat(
                kept.stream(),
                Stream.of(
                    entry("gone", Stage.AWAITED),
                    entry("size", Stage.FACT),
                    entry("delete", Stage.REFUSED)))
            .toArray(JournalEntry[]::new);
    assertThat(applied(redrive(ended(1, Status.FAILED, all), 1)).journal()).isEqualTo(kept);
    assertThat(applied(redrive(ended(2, Status.FAILED, done("a")), 1)).journal())
        .containsExactly(done("a"));
    assertThat(applied(redrive(ended(3, Status.TIMED_OUT, entry("a", Stage.FACT)), 1)).journal())
        .isEmpty();
  }

  @Test
  void whatWasBeingTakenBackIsNotDrivenAgain() {
    Execution undone = ended(1, Status.FAILED, done("a"), done(JournalEntry.UNDO + "a/b"));
    assertThat(refused(redrive(undone, 1))).isEqualTo(undone);
    Execution running = applied(executions().claim(claim(created(execution(2, Optional.empty())))));
    applied(executions().cancel(running.id(), new Cancel("back", true), false));
    Execution failed = applied(executions().advance(running.id(), 1, end(Status.FAILED)));
    assertThat(refused(redrive(failed, 1))).isEqualTo(failed);
  }

  @Test
  void itWaitsForTheGatesOfItsNewDrive() {
    Execution waiting = created(execution(1, true, Optional.of(KEY)));
    Grant first = new Grant(waiting.nextGate().orElseThrow(), 0, waiting.ticket(), 1);
    applied(executions().claim(claim(waiting, Optional.of(first), NOON, "w")));
    applied(executions().drop(waiting.id(), "stopped"));
    Execution again = applied(redrive(waiting, 1));
    assertThat(again.status()).isEqualTo(Status.WAITING);
    assertThat(again.grants()).isEmpty();
    assertThat(again.ticket()).isEqualTo(new Ticket(waiting.id(), 2));
    assertThat(again.gates()).containsExactly(GateKey.ofRun(waiting.origin().run(), 1), KEY);
    refused(executions().claim(claim(again, Optional.of(first), NOON, "w")));
  }

  @Test
  void ofManyWhoRedriveAtOnceOneDoes() {
    Execution failed = ended(1, Status.FAILED);
    List<Write<Execution>> writes = Together.each(8, i -> () -> redrive(failed, 1));
    assertThat(writes).filteredOn(write -> write instanceof Write.Applied<Execution>).hasSize(1);
    assertThat(executions().find(List.of(failed.id())).get(0).progress().ticket()).isEqualTo(1);
  }
}
