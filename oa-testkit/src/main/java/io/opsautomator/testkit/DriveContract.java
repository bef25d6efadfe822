package io.opsautomator.testkit;

import static io.opsautomator.testkit.StoreItems.NOON;
import static io.opsautomator.testkit.StoreItems.applied;
import static io.opsautomator.testkit.StoreItems.execution;
import static io.opsautomator.testkit.StoreItems.refused;
import static io.opsautomator.testkit.StoreItems.run;
import static io.opsautomator.testkit.StoreItems.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsautomator.store.Batch;
import io.opsautomator.store.BatchId;
import io.opsautomator.store.Run;
import io.opsautomator.store.Run.Drive;
import io.opsautomator.store.Run.Extent;
import io.opsautomator.store.Run.State;
import io.opsautomator.store.Run.Summary;
import io.opsautomator.store.Runs;
import io.opsautomator.store.Selections;
import io.opsautomator.store.Selections.Ends;
import io.opsautomator.store.Selections.Tally;
import io.opsautomator.store.Store;
import io.opsautomator.store.StoredTask;
import io.opsautomator.store.StoredTask.Clock;
import io.opsautomator.store.Write;
import io.opsautomator.task.ExecutionId;
import io.opsautomator.task.RunId;
import io.opsautomator.task.TaskName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every store has to keep of runs that are driven again, and of what is counted of them. */
abstract class DriveContract {
  private static final Instant LATER = NOON.plusSeconds(7200);

  abstract Store store();

  private Runs runs() {
    return store().runs();
  }

  private Selections selections() {
    return store().selections();
  }

  private Batch batch() {
    Batch batch =
        Batch.fresh(
            new BatchId("*", 0),
            IntStream.range(0, 4).mapToObj(i -> execution(i, Optional.empty()).id()).toList(),
            true);
    return applied(selections().dispatched(StoreItems.runId(0), batch));
  }

  private Tally ends(int drive, Ends ends) {
    return selections().ended(StoreItems.runId(0), new BatchId("*", 0), drive, ends);
  }

  private Batch reopened(int drive) {
    return selections().reopen(StoreItems.runId(0), new BatchId("*", 0), drive);
  }

  private Batch stored() {
    return selections().batches(StoreItems.runId(0)).get(0);
  }

  @Test
  void whatNeverStartedCountsTowardsAFullBatch() {
    batch();
    assertThat(ends(0, new Ends(Set.of(0), Set.of(1), Set.of(2))))
        .isEqualTo(new Tally(false, false));
    assertThat(ends(0, new Ends(Set.of(), Set.of(), Set.of(3)))).isEqualTo(new Tally(true, true));
    assertThat(stored().notStarted()).containsExactlyInAnyOrder(2, 3);
  }

  @Test
  void withinADriveTheWorstReportStays() {
    batch();
    ends(0, new Ends(Set.of(), Set.of(0), Set.of(1)));
    ends(0, new Ends(Set.of(0, 1), Set.of(), Set.of(0)));
    assertThat(stored().failed()).containsExactly(0);
    assertThat(stored().notStarted()).containsExactly(1);
    assertThat(stored().succeeded()).isEmpty();
  }

  @Test
  void aReopenedBatchKeepsWhatSucceededAndCountsTheRestAnew() {
    batch();
    ends(0, new Ends(Set.of(0, 1), Set.of(2), Set.of(3)));
    Batch reopened = reopened(1);
    assertThat(reopened).isEqualTo(stored());
    assertThat(reopened.drive()).isEqualTo(1);
    assertThat(reopened.full()).isFalse();
    assertThat(reopened.succeeded()).containsExactlyInAnyOrder(0, 1);
    assertThat(reopened.failed()).isEmpty();
    assertThat(reopened.notStarted()).isEmpty();
    ends(1, new Ends(Set.of(2), Set.of(), Set.of()));
    assertThat(reopened(1)).isEqualTo(stored());
    assertThat(reopened(0)).isEqualTo(stored());
    assertThat(ends(1, new Ends(Set.of(3), Set.of(), Set.of()))).isEqualTo(new Tally(true, true));
  }

  @Test
  void w16_whatAnEarlierDriveReportsLateChangesNothing() {
    batch();
    reopened(2);
    assertThat(ends(1, new Ends(Set.of(0), Set.of(1, 2, 3), Set.of())))
        .isEqualTo(new Tally(false, false));
    assertThat(stored().succeeded()).isEmpty();
    assertThat(stored().failed()).isEmpty();
  }

  @Test
  void reportsOfALaterDriveWaitUntilTheBatchIsReopened() {
    batch();
    ends(0, new Ends(Set.of(0), Set.of(1, 2), Set.of(3)));
    Batch before = stored();
    assertThat(ends(1, new Ends(Set.of(1), Set.of(), Set.of()))).isEqualTo(new Tally(true, true));
    assertThat(stored()).isEqualTo(before);
    reopened(1);
    ends(1, new Ends(Set.of(1), Set.of(), Set.of()));
    assertThat(stored().succeeded()).containsExactlyInAnyOrder(0, 1);
  }

  @Test
  void aBatchThatWasNeverMadeCannotBeReopened() {
    assertThatThrownBy(() -> reopened(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has no batch 0 of '*'");
  }

  private Run ended(State state) {
    Summary summary = Summary.of("denied").over(new Extent(40, 9)).counting(5, 3, 1).endedAt(LATER);
    return applied(runs().insert(run("nightly", 10, state).with(state, summary)));
  }

  private StoredTask taskWith(Optional<RunId> open) {
    Clock clock = new Clock(Optional.of(LATER), Optional.empty(), open, List.of());
    StoredTask task = applied(store().tasks().put(task("nightly", Optional.of(NOON)), 0));
    return applied(runs().fire(task, clock, List.of()));
  }

  private Clock clock() {
    return store().tasks().find(new TaskName("nightly")).orElseThrow().clock();
  }

  @Test
  void aRunThatWentWrongIsDispatchedAgainInItsNextDrive() {
    Run partial = ended(State.PARTIAL);
    assertThat(runs().nextWatch()).isEmpty();
    Set<ExecutionId> named = Set.of(execution(1, Optional.empty()).id());
    Run again = applied(runs().redrive(partial.id(), 0, named, LATER, false));
    Summary summary = Summary.NONE.over(new Extent(40, 9));
    assertThat(again)
        .isEqualTo(
            partial.with(State.DISPATCHING, summary).watchedNext(LATER).with(new Drive(1, named)));
    assertThat(runs().find(partial.id())).contains(again);
    assertThat(runs().nextWatch()).contains(LATER);
    assertThat(store().purge(LATER.plusSeconds(1))).isZero();
    Run over =
        applied(runs().move(again.id(), 1, State.DISPATCHING, State.FAILED, Summary.of("again")))
            .run();
    assertThat(over.drive()).isEqualTo(again.drive());
    assertThat(applied(runs().redrive(over.id(), 1, Set.of(), LATER, false)).drive())
        .isEqualTo(new Drive(2, Set.of()));
  }

  @Test
  void theDriveThatTheCallerSawIsTheOneThatWasRaised() {
    Run failed = ended(State.FAILED);
    assertThat(refused(runs().redrive(failed.id(), 1, Set.of(), LATER, false))).isEqualTo(failed);
    Run again = applied(runs().redrive(failed.id(), 0, Set.of(), LATER, false));
    assertThat(refused(runs().redrive(failed.id(), 0, Set.of(), LATER, false))).isEqualTo(again);
    assertThat(runs().redrive(StoreItems.runId(99), 0, Set.of(), LATER, false))
        .isEqualTo(new Write.Absent<>());
  }

  @Test
  void onlyRunsThatWentWrongAreDrivenAgain() {
    int second = 0;
    for (State state : State.values()) {
      Run run = applied(runs().insert(run("a", second++, state)));
      boolean wrong = state == State.PARTIAL || state == State.FAILED;
      Write<Run> write = runs().redrive(run.id(), 0, Set.of(), LATER, false);
      assertThat(write instanceof Write.Applied<Run>).as("%s", state).isEqualTo(wrong);
    }
  }

  @Test
  void i9_aRunThatMustBeAloneWaitsForNoOtherAndIsThenTheOpenOne() {
    Run failed = ended(State.FAILED);
    RunId other = run("nightly", 20, State.DISPATCHING).id();
    StoredTask task = taskWith(Optional.of(other));
    assertThat(refused(runs().redrive(failed.id(), 0, Set.of(), LATER, true))).isEqualTo(failed);
    assertThat(clock()).isEqualTo(task.clock());
    applied(runs().insert(run("nightly", 20, State.DISPATCHING)));
    applied(runs().move(other, 0, State.DISPATCHING, State.COMPLETE, Summary.NONE));
    applied(runs().redrive(failed.id(), 0, Set.of(), LATER, true));
    assertThat(clock().open()).contains(failed.id());
    assertThat(clock().next()).contains(LATER);
    applied(runs().move(failed.id(), 1, State.DISPATCHING, State.COMPLETE, Summary.NONE));
    assertThat(clock().open()).isEmpty();
  }

  @Test
  void aRunThatNeedNotBeAloneLeavesTheClockAlone() {
    Run failed = ended(State.FAILED);
    Clock before = taskWith(Optional.of(run("nightly", 20, State.DISPATCHING).id())).clock();
    applied(runs().redrive(failed.id(), 0, Set.of(), LATER, false));
    assertThat(clock()).isEqualTo(before);
  }

  @Test
  void aTaskThatIsNotStoredHoldsNoRunBack() {
    Run unknown = ended(State.FAILED);
    applied(runs().redrive(unknown.id(), 0, Set.of(), LATER, true));
  }

  @Test
  void i9_theOpenRunOfADeletedTaskHoldsItsOthersBack() {
    Run failed = ended(State.FAILED);
    StoredTask task = taskWith(Optional.of(run("nightly", 20, State.DISPATCHING).id()));
    StoredTask gone =
        new StoredTask(
            task.name(), 0, "first", StoredTask.State.DELETED, task.definition(), task.clock());
    StoredTask deleted = applied(store().tasks().put(gone, task.revision()));
    assertThat(refused(runs().redrive(failed.id(), 0, Set.of(), LATER, true))).isEqualTo(failed);
    assertThat(clock()).isEqualTo(deleted.clock());
  }

  @Test
  void i9_ofManyRunsThatMustBeAloneOneIsDrivenAgain() {
    taskWith(Optional.empty());
    List<Run> failed =
        IntStream.range(0, 8)
            .mapToObj(i -> applied(runs().insert(run("nightly", i, State.FAILED))))
            .toList();
    List<Write<Run>> writes =
        Together.each(8, i -> () -> runs().redrive(failed.get(i).id(), 0, Set.of(), LATER, true));
    List<Write<Run>> won = writes.stream().filter(w -> w instanceof Write.Applied<Run>).toList();
    assertThat(won).hasSize(1);
    assertThat(clock().open()).contains(applied(won.get(0)).id());
  }
}
