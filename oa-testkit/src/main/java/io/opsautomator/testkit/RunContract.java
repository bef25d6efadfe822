package io.opsautomator.testkit;

import static io.opsautomator.testkit.StoreItems.NOON;
import static io.opsautomator.testkit.StoreItems.applied;
import static io.opsautomator.testkit.StoreItems.refused;
import static io.opsautomator.testkit.StoreItems.run;
import static io.opsautomator.testkit.StoreItems.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.store.Run;
import io.opsautomator.store.Run.State;
import io.opsautomator.store.Runs;
import io.opsautomator.store.Runs.Moved;
import io.opsautomator.store.Store;
import io.opsautomator.store.StoredTask;
import io.opsautomator.store.StoredTask.Clock;
import io.opsautomator.store.Write;
import io.opsautomator.task.RunId;
import io.opsautomator.task.TaskName;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every store has to keep of runs, and of the firings that make them. */
abstract class RunContract {
  private static final TaskName NIGHTLY = new TaskName("nightly");
  private static final Instant NEXT = NOON.plusSeconds(3600);

  abstract Store store();

  private Runs runs() {
    return store().runs();
  }

  private StoredTask stored() {
    return applied(store().tasks().put(task("nightly", Optional.of(NOON)), 0));
  }

  private StoredTask found() {
    return store().tasks().find(NIGHTLY).orElseThrow();
  }

  private static Clock clock(Optional<RunId> open, List<RunId> queued) {
    return new Clock(Optional.of(NEXT), Optional.of(NOON), open, queued);
  }

  private static List<RunId> ids(List<Run> runs) {
    return runs.stream().map(Run::id).toList();
  }

  private Run inserted(Run run) {
    return applied(runs().insert(run));
  }

  @Test
  void w7_aFiringMovesTheClockAndMakesTheRunInOneWrite() {
    StoredTask task = stored();
    Run run = run("nightly", 0, State.SELECTING);
    Clock after = clock(Optional.of(run.id()), List.of());
    assertThat(applied(runs().fire(task, after, List.of(run)))).isEqualTo(task.withClock(after));
    assertThat(runs().find(run.id())).contains(run);
    assertThat(found().clock()).isEqualTo(after);
    assertThat(store().tasks().nextDue()).contains(NEXT);
  }

  @Test
  void aFiringOfAnUnknownTaskIsAbsentAndMakesNothing() {
    Run run = run("nightly", 0, State.SELECTING);
    assertThat(runs().fire(task("nightly", Optional.of(NOON)), Clock.STOPPED, List.of(run)))
        .isEqualTo(new Write.Absent<>());
    assertThat(runs().find(run.id())).isEmpty();
  }

  @Test
  void w7_theSecondOfTwoSchedulersIsRefusedAndMakesNothing() {
    StoredTask task = stored();
    StoredTask fired = applied(runs().fire(task, clock(Optional.empty(), List.of()), List.of()));
    Run run = run("nightly", 1, State.SELECTING);
    assertThat(refused(runs().fire(task, clock(Optional.empty(), List.of()), List.of(run))))
        .isEqualTo(fired);
    assertThat(runs().find(run.id())).isEmpty();
  }

  @Test
  void i7_whoMakesNothingNewIsToldSo() {
    StoredTask task = stored();
    Run run = run("nightly", 0, State.SELECTING);
    applied(runs().fire(task, task.clock(), List.of(run)));
    assertThat(refused(runs().fire(task, task.clock(), List.of(run)))).isEqualTo(task);
  }

  @Test
  void i7_ofManySchedulersAtOnceOneFires() {
    StoredTask task = stored();
    List<Write<StoredTask>> writes =
        Together.each(
            8,
            i -> {
              Run run = run("nightly", i, State.SELECTING);
              Clock after = clock(Optional.of(run.id()), List.of());
              return () -> runs().fire(task, after, List.of(run));
            });
    assertThat(writes).filteredOn(w -> w instanceof Write.Applied<StoredTask>).hasSize(1);
    List<Run> history = runs().history(Optional.of(NIGHTLY), 100);
    assertThat(ids(history)).containsExactly(found().clock().open().orElseThrow());
  }

  @Test
  void i8_nothingIsFiredFromARevisionThatIsNotInForce() {
    StoredTask task = stored();
    applied(store().tasks().put(task, task.revision()));
    Run run = run("nightly", 0, State.SELECTING);
    refused(runs().fire(task, clock(Optional.empty(), List.of()), List.of(run)));
    assertThat(runs().find(run.id())).isEmpty();
  }

  @Test
  void whatIsDisabledOrDeletedIsNotFired() {
    for (StoredTask.State state :
        List.of(StoredTask.State.DISABLED, StoredTask.State.PAUSED, StoredTask.State.DELETED)) {
      StoredTask old = stored();
      StoredTask edit =
          new StoredTask(old.name(), old.revision(), "first", state, old.definition(), old.clock());
      StoredTask now = applied(store().tasks().put(edit, old.revision()));
      refused(runs().fire(now, clock(Optional.empty(), List.of()), List.of()));
      StoredTask gone =
          new StoredTask(
              now.name(), 0, "first", StoredTask.State.DELETED, now.definition(), now.clock());
      if (state != StoredTask.State.DELETED) {
        applied(store().tasks().put(gone, now.revision()));
      }
    }
  }

  @Test
  void aRunThatExistsIsKeptByAFiringThatNamesItAgain() {
    StoredTask task = stored();
    Run run = inserted(run("nightly", 0, State.SELECTING));
    Moved moved =
        applied(runs().move(run.id(), 0, State.SELECTING, State.DISPATCHING, Run.Summary.of("on")));
    Run other = run("nightly", 1, State.PASSED);
    applied(runs().fire(task, clock(Optional.empty(), List.of()), List.of(run, other)));
    assertThat(runs().find(run.id())).contains(moved.run());
    assertThat(runs().find(other.id())).contains(other);
  }

  /**
   * Who was slow between reading the task and firing it may find it as it was, though a run ended.
   */
  @Test
  void aRunThatIsThereAlreadyIsNotOpenedByWhoWasAskedForItToo() {
    StoredTask task = stored();
    Run run = run("nightly", 0, State.SELECTING);
    Clock was = task.clock();
    Clock open = new Clock(was.next(), was.lastDue(), Optional.of(run.id()), List.of());
    applied(runs().fire(task, open, List.of(run)));
    applied(runs().move(run.id(), 0, State.SELECTING, State.COMPLETE, Run.Summary.NONE));
    assertThat(found().clock()).isEqualTo(was);

    refused(runs().fire(task, open, List.of(run)));
    assertThat(found().clock().open()).isEmpty();
  }

  @Test
  void triggeringTwiceGivesOneRun() {
    Run run = run("nightly", 0, State.SELECTING);
    assertThat(inserted(run)).isEqualTo(run);
    Run again = run.with(State.DISPATCHING, Run.Summary.of("again"));
    assertThat(refused(runs().insert(again))).isEqualTo(run);
    assertThat(runs().find(run.id())).contains(run);
  }

  @Test
  void aRunMovesFromTheStateItIsInOnly() {
    Run run = inserted(run("nightly", 0, State.SELECTING));
    assertThat(
            refused(runs().move(run.id(), 0, State.DISPATCHING, State.COMPLETE, Run.Summary.NONE)))
        .isEqualTo(new Moved(run, Optional.empty()));
    Run.Summary summary =
        new Run.Summary(Optional.of(NEXT), Optional.of(new Run.Extent(9, 6)), 1, 2, 3, "so");
    Run moved =
        applied(runs().move(run.id(), 0, State.SELECTING, State.DISPATCHING, summary)).run();
    assertThat(moved.state()).isEqualTo(State.DISPATCHING);
    assertThat(moved.summary()).isEqualTo(summary);
    assertThat(runs().find(run.id())).contains(moved);
    assertThat(runs().move(StoreItems.runId(99), 0, State.QUEUED, State.FAILED, summary))
        .isEqualTo(new Write.Absent<>());
  }

  @Test
  void anEndedRunStaysEnded() {
    int second = 0;
    for (State state : Arrays.stream(State.values()).filter(State::ended).toList()) {
      Run run = inserted(run("nightly", second++, state));
      assertThat(refused(runs().move(run.id(), 0, state, State.SELECTING, Run.Summary.NONE)).run())
          .isEqualTo(run);
    }
  }

  @Test
  void f4_theEndOfAnOpenRunOpensTheHeadOfTheQueueInTheSameWrite() {
    StoredTask task = stored();
    Run open = run("nightly", 0, State.SELECTING);
    Run second = run("nightly", 1, State.QUEUED);
    Run third = run("nightly", 2, State.QUEUED);
    Clock clock = clock(Optional.of(open.id()), List.of(second.id(), third.id()));
    applied(runs().fire(task, clock, List.of(open, second, third)));
    Moved moved =
        applied(runs().move(open.id(), 0, State.SELECTING, State.FAILED, Run.Summary.of("guard")));
    assertThat(moved.run().state()).isEqualTo(State.FAILED);
    Run opened = moved.opened().orElseThrow();
    assertThat(opened).isEqualTo(second.with(State.SELECTING, second.summary()));
    assertThat(runs().find(second.id())).contains(opened);
    assertThat(found().clock()).isEqualTo(clock(Optional.of(second.id()), List.of(third.id())));
  }

  @Test
  void theEndOfTheLastLeavesNoneOpen() {
    StoredTask task = stored();
    Run open = run("nightly", 0, State.SELECTING);
    applied(runs().fire(task, clock(Optional.of(open.id()), List.of()), List.of(open)));
    assertThat(
            applied(runs().move(open.id(), 0, State.SELECTING, State.CANCELLED, Run.Summary.NONE))
                .opened())
        .isEmpty();
    assertThat(found().clock()).isEqualTo(clock(Optional.empty(), List.of()));
  }

  @Test
  void theEndOfARunThatNobodyWaitsForLeavesTheClockAlone() {
    StoredTask task = stored();
    Run open = run("nightly", 0, State.SELECTING);
    Clock clock = clock(Optional.of(open.id()), List.of());
    applied(runs().fire(task, clock, List.of(open)));
    Run other = inserted(run("nightly", 1, State.SELECTING));
    assertThat(
            applied(runs().move(other.id(), 0, State.SELECTING, State.COMPLETE, Run.Summary.NONE))
                .opened())
        .isEmpty();
    assertThat(found().clock()).isEqualTo(clock);
  }

  @Test
  void aQueuedRunThatIsCancelledLeavesTheQueue() {
    StoredTask task = stored();
    Run open = run("nightly", 0, State.SELECTING);
    Run second = run("nightly", 1, State.QUEUED);
    Clock clock = clock(Optional.of(open.id()), List.of(second.id()));
    applied(runs().fire(task, clock, List.of(open, second)));
    applied(runs().move(second.id(), 0, State.QUEUED, State.CANCELLED, Run.Summary.NONE));
    assertThat(found().clock()).isEqualTo(clock(Optional.of(open.id()), List.of()));
  }

  @Test
  void openRunsAreWatchedTheLongestOverdueFirst() {
    Run late = inserted(run("a", 30, State.SELECTING));
    Run early = inserted(run("b", 10, State.DISPATCHING));
    Run middle = inserted(run("c", 20, State.CANCELLING));
    inserted(run("d", 5, State.QUEUED));
    inserted(run("e", 6, State.COMPLETE));
    Instant all = NOON.plusSeconds(60);
    assertThat(runs().toWatch(all, 10)).containsExactly(early, middle, late);
    assertThat(runs().toWatch(all, 2)).containsExactly(early, middle);
    assertThat(runs().toWatch(middle.watchAt(), 10)).containsExactly(early, middle);
    assertThat(runs().toWatch(early.watchAt().minusNanos(1), 10)).isEmpty();
    assertThat(runs().nextWatch()).contains(early.watchAt());
  }

  @Test
  void aLookIsPutOffByOneOfThoseWhoSawItDue() {
    Run run = inserted(run("a", 10, State.SELECTING));
    Instant next = run.watchAt().plusMillis(1500);
    Run watched = applied(runs().watched(run.id(), run.watchAt(), next));
    assertThat(watched).isEqualTo(run.watchedNext(next));
    assertThat(refused(runs().watched(run.id(), run.watchAt(), next.plusSeconds(1))))
        .isEqualTo(watched);
    assertThat(runs().nextWatch()).contains(next);
    assertThat(runs().watched(StoreItems.runId(99), NOON, NEXT)).isEqualTo(new Write.Absent<>());
  }

  @Test
  void whatHasEndedIsNotWatched() {
    Run run = inserted(run("a", 10, State.SELECTING));
    applied(runs().move(run.id(), 0, State.SELECTING, State.COMPLETE, Run.Summary.NONE));
    assertThat(runs().toWatch(NOON.plusSeconds(999), 10)).isEmpty();
    assertThat(runs().nextWatch()).isEmpty();
  }

  /** In the order of a run's life: owing, looked after, settled. */
  @Test
  void aRunThatEndsOwingIsWatchedUntilItIsSettledAndCannotBeDrivenAgainBefore() {
    stored();
    Run run = inserted(run("nightly", 0, State.DISPATCHING));
    Run.Summary owing = Run.Summary.of("failed").endedAt(NOON).owing(true);
    applied(runs().move(run.id(), 0, State.DISPATCHING, State.FAILED, owing));
    assertThat(runs().toWatch(Instant.MAX, 9)).extracting(Run::id).containsExactly(run.id());
    assertThat(runs().nextWatch()).contains(run.watchAt());
    refused(runs().redrive(run.id(), 0, Set.of(), NOON, false));
    refused(runs().settled(run.id(), 1));

    Run settled = applied(runs().settled(run.id(), 0));

    assertThat(settled.summary()).isEqualTo(owing.owing(false));
    assertThat(settled.state()).isEqualTo(State.FAILED);
    assertThat(runs().find(run.id())).contains(settled);
    assertThat(runs().toWatch(Instant.MAX, 9)).isEmpty();
    refused(runs().settled(run.id(), 0));
    applied(runs().redrive(run.id(), 0, Set.of(), NOON, false));
  }

  @Test
  void historyIsNewestFirst() {
    List<Run> all =
        IntStream.range(0, 20)
            .mapToObj(i -> run(i % 2 == 0 ? "even" : "odd", 19 - i, State.COMPLETE))
            .toList();
    all.stream().sorted((a, b) -> a.id().value().compareTo(b.id().value())).forEach(this::inserted);
    assertThat(runs().history(Optional.empty(), 100)).isEqualTo(all);
    assertThat(runs().history(Optional.empty(), 3)).isEqualTo(all.subList(0, 3));
    assertThat(runs().history(Optional.of(new TaskName("odd")), 2))
        .containsExactly(all.get(1), all.get(3));
    assertThat(runs().history(Optional.of(NIGHTLY), 2)).isEmpty();
  }
}
