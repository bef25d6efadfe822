package io.opsautomator.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.OpsAutomator;
import io.opsautomator.action.Completion;
import io.opsautomator.action.Evidence;
import io.opsautomator.action.Outcome;
import io.opsautomator.plan.FiringVerdict;
import io.opsautomator.schedule.CronExpression;
import io.opsautomator.schedule.DstRule;
import io.opsautomator.schedule.MisfirePolicy;
import io.opsautomator.schedule.OverlapPolicy;
import io.opsautomator.schedule.Schedule;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskName;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

/** Why a task did or did not fire: OA#20 and OA#24 were closed without anybody having found out. */
final class FiringVerdictTest {
  private final World world = new World();

  private static Task.Builder task(String cron) {
    return Task.named("lights")
        .action("Switch")
        .where("*")
        .on(Schedule.cron(cron, "Europe/Berlin"));
  }

  private OpsAutomator engine(Task task) {
    OpsAutomator engine =
        world.engine(
            Switch.each(
                ctx -> {
                  ctx.effects()
                      .await(Completion.when("is off", waited -> waited.toMinutes() >= 40));
                  return Outcome.of(ctx.unit().key(), Evidence.confirmed("off"));
                }));
    assertThat(engine.put(task)).isEmpty();
    return engine;
  }

  private FiringVerdict at(Task.Builder task, String instant) {
    return FiringVerdict.of(task.build(), Instant.parse(instant), world.instant(), world.store);
  }

  @Test
  void oa20_theFieldThatDoesNotMatchIsNamed() {
    FiringVerdict verdict = at(task("0 8 ? * mon-fri"), "2026-01-06T13:00:00Z");
    assertThat(verdict.outcome()).isEqualTo(FiringVerdict.Outcome.NOT_DUE);
    assertThat(verdict.reasons())
        .containsExactly(
            "'0 8 ? * mon-fri' (Europe/Berlin): the hour is 14, and the schedule wants 8",
            "the firing before is at 2026-01-06T07:00:00Z",
            "the next one is at 2026-01-07T07:00:00Z");
  }

  @Test
  void aTaskWithoutScheduleSaysSo() {
    Task.Builder task = Task.named("lights").action("Switch");
    assertThat(at(task, "2026-01-06T13:00:00Z").reasons())
        .containsExactly("it has no schedule: it runs when asked");
  }

  @Test
  void anyInstantOfTheMinuteWillDo() {
    FiringVerdict verdict = at(task("0 8 * * ?"), "2026-01-06T07:00:42Z");
    assertThat(verdict.outcome()).isEqualTo(FiringVerdict.Outcome.WILL_RUN);
    assertThat(verdict.at()).isEqualTo("2026-01-06T07:00:00Z");
  }

  @Test
  void theTimeThatTheClocksShowTwiceIsToldApart() {
    FiringVerdict second = at(task("30 2 * * ?"), "2026-10-25T01:30:00Z");
    assertThat(second.outcome()).isEqualTo(FiringVerdict.Outcome.NOT_DUE);
    assertThat(second.reasons().get(0)).contains("twice", "its rule takes the other one");
    assertThat(at(task("30 2 * * ?"), "2026-10-25T00:30:00Z").reasons())
        .containsExactly("first of two 02:30");
  }

  /** The clocks go from 02:00 to 03:00, at 01:00Z. */
  private FiringVerdict onTheDayOfTheGap(String cron, DstRule.Gap gap, String clock) {
    ZoneId zone = ZoneId.of("Europe/Amsterdam");
    DstRule rule = new DstRule(gap, DstRule.Overlap.FIRST);
    Schedule schedule = new Schedule.Cron(CronExpression.parse(cron), zone, rule);
    Task task = Task.named("lights").action("Switch").where("*").on(schedule).build();
    LocalDateTime meant = LocalDateTime.parse("2027-03-28T" + clock);
    return FiringVerdict.of(task, meant, zone, world.instant(), world.store);
  }

  @Test
  void aTimeThatTheClocksLeaveOutFiresWhenTheyHaveChanged() {
    FiringVerdict verdict = onTheDayOfTheGap("30 2 ? * sun", DstRule.Gap.SHIFT, "02:30");
    assertThat(verdict.outcome()).isEqualTo(FiringVerdict.Outcome.WILL_RUN);
    assertThat(verdict.at()).isEqualTo("2027-03-28T01:00:00Z");
    assertThat(verdict.reasons())
        .containsExactly(
            "there is no 02:30 on that day: the clocks of Europe/Amsterdam go from 02:00 to 03:00",
            "shifted from 02:30");
  }

  @Test
  void orNotAtAllIfItsRuleIsToSkip() {
    FiringVerdict verdict = onTheDayOfTheGap("30 2 ? * sun", DstRule.Gap.SKIP, "02:30");
    assertThat(verdict.outcome()).isEqualTo(FiringVerdict.Outcome.KEPT_FROM);
    assertThat(verdict.at()).isEqualTo("2027-03-28T01:00:00Z");
    assertThat(verdict.reasons())
        .containsExactly(
            "there is no 02:30 on that day: the clocks of Europe/Amsterdam go from 02:00 to 03:00",
            "its rule for such times is skip",
            "the firing before is at 2027-03-21T01:30:00Z",
            "the next one is at 2027-04-04T00:30:00Z");
  }

  @Test
  void aTimeThatTheClocksLeaveOutAndNobodyMeantIsNotDue() {
    FiringVerdict verdict = onTheDayOfTheGap("30 2 ? * sun", DstRule.Gap.SHIFT, "02:45");
    assertThat(verdict.outcome()).isEqualTo(FiringVerdict.Outcome.NOT_DUE);
    assertThat(verdict.reasons().get(0)).startsWith("there is no 02:45");
    assertThat(verdict.reasons().get(1)).contains("the minute is 45", "wants 30");
    assertThat(verdict.reasons()).contains("the next one is at 2027-03-28T01:00:00Z");
  }

  @Test
  void oa24_aDisabledTaskIsDueAndKeptFromIt() {
    FiringVerdict verdict = at(task("0 8 * * ?").disabled(), "2026-01-06T07:00:00Z");
    assertThat(verdict.outcome()).isEqualTo(FiringVerdict.Outcome.KEPT_FROM);
    assertThat(verdict.reasons()).containsExactly("the task is disabled");
  }

  @Test
  void aPausedTaskToo() {
    try (OpsAutomator engine = engine(task("0 8 * * ?").build())) {
      engine.pause(new TaskName("lights"));
    }
    assertThat(at(task("0 8 * * ?"), "2026-01-06T07:00:00Z").reasons())
        .containsExactly("the task is paused; oa resume ends that");
  }

  @Test
  void whatRanIsToldWithItsRun() {
    OpsAutomator engine = engine(task("0 8 * * ?").build());
    engine.start();
    world.pass(Duration.ofDays(2));
    FiringVerdict verdict = at(task("0 8 * * ?"), "2026-01-06T07:00:00Z");
    assertThat(verdict.outcome()).isEqualTo(FiringVerdict.Outcome.RAN);
    assertThat(verdict.run()).isPresent();
    assertThat(verdict.reasons().get(0)).endsWith(": complete");
  }

  @Test
  void anOverlapIsToldWithTheRunThatWasOpen() {
    Task.Builder task = task("*/30 * * * ?").overlap(OverlapPolicy.SKIP);
    OpsAutomator engine = engine(task.build());
    engine.start();
    world.pass(Duration.ofHours(5));
    FiringVerdict verdict = at(task, "2026-01-05T12:00:00Z");
    assertThat(verdict.outcome()).isEqualTo(FiringVerdict.Outcome.HELD_BACK);
    assertThat(verdict.reasons().get(1)).endsWith("of the task has not ended");
  }

  @Test
  void whatWasMissedIsToldWithTheRunThatStandsForIt() {
    Task.Builder task = task("0 * * * ?").misfire(new MisfirePolicy.Last());
    engine(task.build()).start();
    world.kill();
    world.takes(Duration.ofHours(20));
    OpsAutomator again = world.engine(Switch.each(ctx -> Outcome.of("k", Evidence.confirmed("x"))));
    again.start();
    world.pass(Duration.ofMinutes(5));
    FiringVerdict verdict = at(task("0 * * * ?"), "2026-01-05T16:00:00Z");
    assertThat(verdict.outcome()).isEqualTo(FiringVerdict.Outcome.HELD_BACK);
    assertThat(verdict.reasons().get(0)).contains("it was missed", "missed firings");
  }

  @Test
  void whereNobodyLookedThereIsNoRecord() {
    engine(task("0 * * * ?").build());
    world.takes(Duration.ofHours(20));
    FiringVerdict verdict = at(task("0 * * * ?"), "2026-01-05T16:00:00Z");
    assertThat(verdict.outcome()).isEqualTo(FiringVerdict.Outcome.NO_RECORD);
    assertThat(verdict.reasons().get(0)).contains("no scheduler has looked since");
  }
}
