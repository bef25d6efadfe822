package io.opsautomator.engine.internal;

import static io.opsautomator.action.Evidence.confirmed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsautomator.OpsAutomator;
import io.opsautomator.action.ActionException;
import io.opsautomator.action.Completion;
import io.opsautomator.action.Outcome;
import io.opsautomator.audit.AuditEvent;
import io.opsautomator.schedule.OverlapPolicy;
import io.opsautomator.schedule.Schedule;
import io.opsautomator.store.Run;
import io.opsautomator.store.Run.State;
import io.opsautomator.store.StoredTask;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskName;
import io.opsautomator.task.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SchedulerTest {
  private static final TaskName NAME = new TaskName("lights");
  private final World world = new World();

  private final Switch quick = Switch.each(ctx -> Outcome.of("x", confirmed("done")));

  /** Takes an hour and a half, so that an hourly task overlaps with itself. */
  private final Switch slow =
      Switch.each(
          ctx -> {
            ctx.effects()
                .await(
                    Completion.when("done", waited -> waited.compareTo(Duration.ofMinutes(90)) >= 0)
                        .within(Duration.ofHours(4)));
            return Outcome.of("x", confirmed("done"));
          });

  private static Task.Builder hourly() {
    return Task.named("lights")
        .action("Switch")
        .where("*")
        .regions("eu-west-1")
        .timeout(Duration.ofHours(5))
        .on(Schedule.cron("0 * * * *", "UTC"));
  }

  private OpsAutomator started(Task task, Switch action) {
    OpsAutomator engine = world.engine(action);
    assertThat(engine.put(task)).isEmpty();
    engine.start();
    return engine;
  }

  private static List<State> states(OpsAutomator engine) {
    return engine.history(Optional.of(NAME), 100).stream().map(Run::state).toList();
  }

  @Test
  void overlappingRunsAreQueuedOneDeepAndTheRestIsPassedOver() {
    OpsAutomator engine = started(hourly().overlap(OverlapPolicy.QUEUE).build(), slow);
    world.pass(Duration.ofHours(10));

    assertThat(states(engine)).contains(State.PASSED).doesNotContain(State.FAILED);
    assertThat(world.events(AuditEvent.HeldBack.class)).isNotEmpty();
    assertThat(states(engine)).filteredOn(state -> state == State.COMPLETE).hasSizeGreaterThan(4);
  }

  @Test
  void overlappingRunsAreSkippedVisibly() {
    OpsAutomator engine = started(hourly().overlap(OverlapPolicy.SKIP).build(), slow);
    world.pass(Duration.ofHours(9));

    assertThat(states(engine)).doesNotContain(State.QUEUED).contains(State.PASSED);
    assertThat(engine.history(Optional.of(NAME), 100))
        .filteredOn(run -> run.state() == State.PASSED)
        .allSatisfy(run -> assertThat(run.summary().reason()).contains("has not ended"));
  }

  @Test
  void overlappingRunsAreAllowed() {
    OpsAutomator engine = started(hourly().overlap(OverlapPolicy.ALLOW).build(), slow);
    world.pass(Duration.ofHours(6));

    assertThat(states(engine)).hasSize(6).doesNotContain(State.PASSED, State.QUEUED);
  }

  @Test
  void aTickFiresAllThatIsDueHoweverMuchThatIs() {
    OpsAutomator engine = world.engine(quick);
    Task hourly = hourly().build();
    for (int i = 0; i < 450; i++) {
      engine.put(
          Task.named("lights-" + i)
              .action("Switch")
              .where("*")
              .regions("eu-west-1")
              .on(hourly.when().schedules().get(0))
              .build());
    }
    engine.start();
    Instant next = world.store.tasks().nextDue().orElseThrow();
    world.pass(Duration.between(Instant.parse("2026-01-05T10:00:00Z"), next));

    assertThat(world.events(AuditEvent.Triggered.class)).hasSize(450);
  }

  @Test
  void w8_oneBadTaskDoesNotKeepTheOthersFromFiring() {
    OpsAutomator engine = started(hourly().build(), quick);
    StoredTask good = world.store.tasks().find(NAME).orElseThrow();
    StoredTask bad =
        new StoredTask(
            new TaskName("a bad one"), 1, "i", StoredTask.State.ENABLED, "{not json", good.clock());
    world.store.tasks().put(bad, 0);

    world.pass(Duration.ofHours(3));

    assertThat(states(engine)).hasSize(3).containsOnly(State.COMPLETE);
    assertThat(engine.history(Optional.of(bad.name()), 1).get(0).summary().reason())
        .startsWith("cannot be fired");
  }

  @Test
  void w23_anEditedTaskNeverFiresForAnInstantBeforeTheEdit() {
    OpsAutomator engine = world.engine(quick);
    engine.put(hourly().disabled().build());
    engine.start();
    world.pass(Duration.ofHours(5));

    engine.put(hourly().build());
    world.pass(Duration.ofMinutes(30));

    assertThat(states(engine)).isEmpty();
  }

  @Test
  void twoSchedulersFireEachInstantOnce() {
    OpsAutomator one = started(hourly().build(), quick);
    OpsAutomator other = world.engine(quick);
    other.start();
    world.pass(Duration.ofHours(12));

    assertThat(states(one)).hasSize(12).containsOnly(State.COMPLETE);
  }

  @Test
  void aSchedulerThatSleptRunsTheLatestAndCountsTheRest() {
    OpsAutomator first = started(hourly().build(), quick);
    world.pass(Duration.ofMinutes(1));
    world.kill();
    world.pass(Duration.ofHours(6).plusMinutes(30));

    OpsAutomator second = world.engine(quick);
    second.start();
    world.pass(Duration.ofMinutes(5));

    assertThat(first).isNotSameAs(second);
    List<Run> runs = second.history(Optional.of(NAME), 10);
    assertThat(runs).hasSize(1);
    assertThat(runs.get(0).cause().missed().count()).isEqualTo(5);
  }

  @Test
  void aDisabledTaskCannotBeRun() {
    OpsAutomator engine = started(hourly().disabled().build(), quick);

    assertThatThrownBy(() -> engine.run(NAME, "r"))
        .isInstanceOf(ActionException.class)
        .hasMessage("task lights is disabled; enable it to run it");
  }

  @Test
  void aRemovedTaskNoLongerFiresAndOneOfItsNameStartsAnew() {
    OpsAutomator engine = started(hourly().build(), quick);
    world.pass(Duration.ofHours(2));
    assertThat(engine.remove(NAME)).isTrue();
    world.pass(Duration.ofHours(2));
    assertThat(states(engine)).hasSize(2);

    engine.put(hourly().build());
    world.pass(Duration.ofHours(2));
    assertThat(states(engine)).hasSize(4);
    assertThat(engine.remove(new TaskName("nobody"))).isFalse();
  }

  @Test
  void theForecastIsWhatHappens() {
    Task task = hourly().build();
    OpsAutomator engine = started(task, quick);
    var forecast = engine.forecast(task, world.instant().plus(Duration.ofHours(6))).toList();
    world.pass(Duration.ofHours(6));

    assertThat(engine.history(Optional.of(NAME), 10))
        .extracting(run -> run.cause().trigger())
        .extracting("due")
        .containsExactlyInAnyOrderElementsOf(forecast);
  }

  @Test
  void whatEndedLongAgoIsForgotten() {
    OpsAutomator engine = started(hourly().build(), quick);
    world.pass(Duration.ofDays(40));

    assertThat(engine.history(Optional.of(NAME), 10_000))
        .hasSizeBetween(30 * 24 - 1, 31 * 24)
        .allSatisfy(
            run ->
                assertThat(run.cause().at()).isAfter(world.instant().minus(Duration.ofDays(31))));
  }

  @Test
  void w10_whatIsNotDueForLongDoesNotStopTheScheduler() {
    OpsAutomator engine = started(hourly().build(), quick);
    Task.Builder weekly = Task.named("weekly").action("Switch").where("*");
    engine.put(weekly.on(Schedule.cron("0 9 * * mon", "Asia/Tokyo")).build());
    Task.Builder never = Task.named("never").action("Switch").where("*");
    engine.put(never.on(Schedule.cron("0 0 30 feb *", "Asia/Tokyo")).build());
    world.pass(Duration.ofDays(8));

    assertThat(states(engine)).hasSize(100).containsOnly(State.COMPLETE);
    assertThat(engine.history(Optional.of(new TaskName("weekly")), 10))
        .extracting(run -> run.cause().trigger())
        .containsExactly(new Trigger.Firing(Instant.parse("2026-01-12T00:00:00Z")));
    assertThat(engine.history(Optional.of(new TaskName("never")), 10)).isEmpty();
  }

  @Test
  void w8_aTaskThatWasTakenOffTheClockIsBackOnItWhenItIsStoredAgain() {
    world.engine(quick).put(hourly().build());
    OpsAutomator without = world.engine();
    without.start();
    world.pass(Duration.ofMinutes(90));
    without.close();
    assertThat(states(without)).containsExactly(State.PASSED);

    OpsAutomator with = started(hourly().build(), quick);
    world.pass(Duration.ofMinutes(120));

    assertThat(states(with)).containsExactly(State.COMPLETE, State.COMPLETE, State.PASSED);
    assertThat(with.history(Optional.of(NAME), 9).get(2).summary().reason())
        .contains("no action Switch is installed here");
  }

  @Test
  void w63_onlyWhatWasFoundValidAndStoredCanBeRun() {
    OpsAutomator engine = world.engine(quick);
    engine.work();

    assertThat(engine.put(hourly().with("Brightness", 400).build())).isNotEmpty();
    assertThatThrownBy(() -> engine.run(NAME, "r"))
        .isInstanceOf(ActionException.class)
        .hasMessage("there is no task lights");
  }

  @Test
  void w65_anEngineThatOnlyWorksFiresNothingWhateverBecomesOfItsTasks() {
    OpsAutomator engine = world.engine(quick);
    engine.work();
    engine.put(hourly().build());
    world.pass(Duration.ofHours(2));
    engine.put(hourly().maxConcurrent(3).build());
    world.pass(Duration.ofHours(2));

    assertThat(states(engine)).isEmpty();
  }
}
