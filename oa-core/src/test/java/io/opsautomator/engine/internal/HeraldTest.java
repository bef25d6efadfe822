package io.opsautomator.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsautomator.OpsAutomator;
import io.opsautomator.action.ActionContext;
import io.opsautomator.action.Completion;
import io.opsautomator.action.Evidence;
import io.opsautomator.action.Outcome;
import io.opsautomator.action.RefusedException;
import io.opsautomator.notify.Notification;
import io.opsautomator.notify.Notification.NothingHappened;
import io.opsautomator.notify.Notification.RunEnded;
import io.opsautomator.notify.Notification.RunStarted;
import io.opsautomator.notify.Notification.Why;
import io.opsautomator.notify.Notifier;
import io.opsautomator.schedule.MisfirePolicy;
import io.opsautomator.schedule.OverlapPolicy;
import io.opsautomator.schedule.Schedule;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.store.Run;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is told what, how often, and of what did not happen; across the deaths of processes. */
final class HeraldTest {
  private static final TaskName NAME = new TaskName("lights");
  private static final Duration HOUR = Duration.ofHours(1);

  private final World world = new World();
  private final List<Notification> told = new ArrayList<>();
  private boolean broken;

  private Task.Builder task() {
    return Task.named("lights").action("Switch").where("*").notifications();
  }

  private OpsAutomator engine(Notifier... notifiers) {
    OpsAutomator.Builder builder = world.builder().action(Switch.each(this::dim));
    for (Notifier notifier : notifiers) {
      builder.notify(notifier);
    }
    return builder.build();
  }

  private OpsAutomator engine() {
    return engine(told::add);
  }

  private Outcome dim(ActionContext<Switch.Params> ctx) {
    int lamp = ctx.unit().key().charAt(ctx.unit().key().length() - 1) - '0';
    Duration needed = Duration.ofMinutes(1 + 2L * lamp);
    ctx.effects().await(Completion.when("dark", waited -> waited.compareTo(needed) >= 0));
    if (broken && lamp == 1) {
      throw new RefusedException("Broken", "it glows");
    }
    return Outcome.of("x", Evidence.confirmed("dark"));
  }

  private <N extends Notification> List<N> told(Class<N> type) {
    return told.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private List<Why> nothing() {
    return told(NothingHappened.class).stream().map(NothingHappened::why).toList();
  }

  // -- Runs ---------------------------------------------------------------------------------------

  @Test
  void aRunIsToldOfAsItBeginsAndAsItEndsWithWhatFailedAndWhatWasSlow() {
    broken = true;
    OpsAutomator engine = engine();
    engine.put(task().build());
    engine.work();

    engine.run(NAME, "r");
    world.pass(Duration.ofSeconds(1));
    assertThat(told).singleElement().isInstanceOf(RunStarted.class);
    world.pass(HOUR);

    assertThat(told).hasSize(2);
    RunEnded ended = (RunEnded) told.get(1);
    assertThat(ended.state()).isEqualTo(Run.State.PARTIAL);
    assertThat(ended.summary().succeeded()).isEqualTo(2);
    assertThat(ended.failed())
        .singleElement()
        .satisfies(
            part -> {
              assertThat(part.unit()).endsWith("/lamp-1");
              assertThat(part.status()).isEqualTo(Status.FAILED);
              assertThat(part.outcome()).isEqualTo("Broken: it glows");
            });
    assertThat(ended.slowest())
        .extracting(part -> part.unit().substring(part.unit().length() - 6))
        .containsExactly("lamp-2", "lamp-1", "lamp-0");
    assertThat(ended.slowest().get(0).took().orElseThrow()).isGreaterThan(Duration.ofMinutes(4));
  }

  @Test
  void w47_whoPollsForHoursIsToldOfOnce() {
    world.lamps = 9;
    OpsAutomator engine = engine();
    engine.put(task().build());
    engine.work();
    engine.run(NAME, "r");
    world.pass(Duration.ofHours(5));

    assertThat(told).hasSize(2).extracting(Notification::id).doesNotHaveDuplicates();
  }

  @Test
  void aTaskWithoutTheSwitchIsNotToldOf() {
    OpsAutomator engine = engine();
    engine.put(Task.named("lights").action("Switch").where("*").build());
    engine.work();
    engine.run(NAME, "r");
    world.pass(HOUR);

    engine.put(task().description("is told of from now on").build());
    world.pass(HOUR);

    assertThat(told).isEmpty();
  }

  @Test
  void aRunThatIsDrivenAgainEndsAgain() {
    broken = true;
    OpsAutomator engine = engine();
    engine.put(task().build());
    engine.work();
    var run = engine.run(NAME, "r");
    world.pass(HOUR);
    broken = false;
    engine.redrive(run, Set.of());
    world.pass(HOUR);

    assertThat(told(RunEnded.class))
        .extracting(RunEnded::state)
        .containsExactly(Run.State.PARTIAL, Run.State.COMPLETE);
    assertThat(told).hasSize(3).extracting(Notification::id).doesNotHaveDuplicates();
  }

  @Test
  void aRunThatSelectedNothingIsToldAsNothing() {
    world.lamps = 0;
    OpsAutomator engine = engine();
    engine.put(task().build());
    engine.work();
    engine.run(NAME, "r");
    world.pass(HOUR);

    assertThat(nothing()).containsExactly(Why.NOTHING_SELECTED);
    assertThat(told(RunEnded.class)).hasSize(1);
  }

  // -- Notifiers that fail ------------------------------------------------------------------------

  @Test
  void aNotifierThatFailsIsToldAgainInOrderAndKeepsNobodyWaiting() {
    List<Notification> late = new ArrayList<>();
    Instant back = world.instant().plus(Duration.ofHours(3));
    OpsAutomator engine =
        engine(
            notification -> {
              if (world.instant().isBefore(back)) {
                throw new java.io.IOException("the mail server is down");
              }
              late.add(notification);
            },
            told::add);
    engine.put(task().build());
    engine.work();
    engine.run(NAME, "r");
    world.pass(HOUR);

    assertThat(engine.history(java.util.Optional.empty(), 1).get(0).state())
        .isEqualTo(Run.State.COMPLETE);
    assertThat(told).hasSize(2);
    assertThat(late).isEmpty();
    world.pass(Duration.ofHours(3));
    assertThat(late).isEqualTo(told);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Runs.fire",
        "Runs.move",
        "Selections.ended",
        "Executions.advance",
        "Runs.history"
      })
  void whateverAProcessDiesInEverythingIsToldAtLeastOnceAndUnderOneId(String fatal) {
    OpsAutomator first = engine();
    first.put(task().build());
    first.work();
    world.store.dieAfter(fatal);
    assertThatThrownBy(
            () -> {
              first.run(NAME, "r");
              world.pass(HOUR);
            })
        .isInstanceOf(CountingStore.Death.class);
    world.kill();

    engine().work();
    world.pass(Duration.ofHours(3));

    assertThat(told(RunStarted.class).stream().map(Notification::id).distinct()).hasSize(1);
    assertThat(told(RunEnded.class).stream().map(Notification::id).distinct()).hasSize(1);
  }

  @Test
  void aRestartRepeatsNothingThatWasToldAWhileAgo() {
    OpsAutomator first = engine();
    first.put(task().build());
    first.work();
    first.run(NAME, "r");
    world.pass(HOUR);
    assertThat(told).hasSize(2);
    world.kill();
    told.clear();

    OpsAutomator second = engine();
    second.work();
    world.pass(HOUR);
    second.run(NAME, "r2");
    world.pass(HOUR);

    assertThat(told(RunStarted.class)).hasSize(1);
    assertThat(told(RunEnded.class)).hasSizeBetween(1, 2);
  }

  // -- Nothing happened ---------------------------------------------------------------------------

  private Task hourly(MisfirePolicy misfire) {
    return task().on(Schedule.cron("0 * * * ?", "UTC")).misfire(misfire).build();
  }

  @Test
  void whatWasDueWhileNobodyScheduledIsToldByWhoeverWorksAndNotAgainAfterwards() {
    OpsAutomator scheduler = engine();
    scheduler.put(hourly(new MisfirePolicy.Last()));
    scheduler.start();
    world.pass(Duration.ofMinutes(30));
    world.kill();

    OpsAutomator worker = engine();
    worker.work();
    world.pass(Duration.ofMinutes(45));
    assertThat(nothing()).containsExactly(Why.NOT_FIRED);
    world.pass(Duration.ofHours(3));
    assertThat(nothing()).containsExactly(Why.NOT_FIRED);
    world.kill();

    engine().start();
    world.pass(Duration.ofMinutes(10));

    assertThat(nothing()).contains(Why.NOT_FIRED);
    assertThat(told(NothingHappened.class))
        .extracting(Notification::id)
        .as("the same instant under the same id")
        .containsOnly(told(NothingHappened.class).get(0).id());
    assertThat(told(RunStarted.class)).hasSize(1);
  }

  @Test
  void whatARuleHoldsBackIsTold() {
    OpsAutomator engine = engine();
    engine.put(task().on(Schedule.cron("0/2 * * * ?", "UTC")).overlap(OverlapPolicy.SKIP).build());
    engine.start();
    world.pass(Duration.ofMinutes(5));

    assertThat(nothing()).contains(Why.HELD_BACK);
    assertThat(told(NothingHappened.class).get(0).words()).contains("has not ended");
  }

  // -- Expectations -------------------------------------------------------------------------------

  private Task expecting(String bound) {
    return Task.named("lights")
        .action("Switch")
        .where("*")
        .on(Schedule.cron("0 * * * ?", "UTC"))
        .expectSuccessWithin(Duration.parse(bound))
        .build();
  }

  @Test
  void aTaskThatSucceedsInTimeIsNotToldOf() {
    OpsAutomator engine = engine();
    engine.put(expecting("PT2H"));
    engine.start();
    world.pass(Duration.ofDays(3));

    assertThat(told).isEmpty();
  }

  @Test
  void silenceIsToldOnceAndOnceMoreAfterASuccess() {
    OpsAutomator engine = engine();
    engine.put(expecting("PT3H"));
    engine.start();
    world.pass(Duration.ofHours(6));
    broken = true;
    world.pass(Duration.ofHours(20));
    assertThat(nothing()).containsExactly(Why.NO_SUCCESS);
    assertThat(told.get(0).at())
        .isBetween(Instant.parse("2026-01-05T18:05:00Z"), Instant.parse("2026-01-05T18:15:00Z"));
    broken = false;
    world.pass(Duration.ofHours(6));
    broken = true;
    world.pass(Duration.ofHours(20));

    assertThat(nothing()).containsExactly(Why.NO_SUCCESS, Why.NO_SUCCESS);
    assertThat(told).extracting(Notification::id).doesNotHaveDuplicates();
  }

  @Test
  void restartsNeitherForgetASilenceNorRepeatIt() {
    broken = true;
    engine().put(expecting("PT5H"));
    for (int i = 0; i < 12; i++) {
      engine().start();
      world.pass(HOUR);
      world.kill();
    }
    assertThat(nothing()).containsExactly(Why.NO_SUCCESS);
  }

  @Test
  void silenceIsToldThoughNothingIsScheduledAnyMore() {
    OpsAutomator first = engine();
    first.put(expecting("PT2H"));
    first.start();
    world.pass(HOUR);
    world.kill();

    engine().work();
    world.pass(Duration.ofHours(12));

    assertThat(nothing()).containsExactly(Why.NO_SUCCESS);
  }

  @Test
  void aPausedTaskIsExpectedToDoNothing() {
    OpsAutomator engine = engine();
    engine.put(expecting("PT2H"));
    engine.pause(NAME);
    engine.start();
    world.pass(Duration.ofDays(1));

    assertThat(told).isEmpty();
  }
}
