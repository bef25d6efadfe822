package io.opsautomator.engine.internal;

import static io.opsautomator.action.Evidence.confirmed;
import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.OpsAutomator;
import io.opsautomator.action.Outcome;
import io.opsautomator.audit.AuditEvent;
import io.opsautomator.schedule.Calendar;
import io.opsautomator.schedule.Forecast;
import io.opsautomator.schedule.Schedule;
import io.opsautomator.store.Run;
import io.opsautomator.store.Run.State;
import io.opsautomator.task.CalendarFile;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskName;
import io.opsautomator.task.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Dates, calendars and jitter in a running engine. It is 10:00 on a Monday in January. */
final class TimingTest {
  private static final TaskName NAME = new TaskName("lights");
  private static final Calendar LUNCH =
      CalendarFile.parse(
          "breaks.ics",
          """
          BEGIN:VCALENDAR
          BEGIN:VEVENT
          SUMMARY:Lunch
          DTSTART:20260105T120000Z
          DTEND:20260105T140000Z
          RRULE:FREQ=DAILY
          END:VEVENT
          END:VCALENDAR
          """,
          ZoneOffset.UTC);

  private final World world = new World();
  private final Switch quick = Switch.each(ctx -> Outcome.of("x", confirmed("done")));

  private static Task.Builder hourly() {
    return Task.named("lights")
        .action("Switch")
        .where("*")
        .regions("eu-west-1")
        .on(Schedule.cron("0 * * * *", "UTC"));
  }

  private OpsAutomator started(Task task) {
    OpsAutomator engine = world.engine(quick);
    assertThat(engine.put(task)).isEmpty();
    engine.start();
    return engine;
  }

  private static List<Instant> due(OpsAutomator engine, State state) {
    return engine.history(Optional.of(NAME), 100).stream()
        .filter(run -> run.state() == state)
        .map(run -> ((Trigger.Firing) run.cause().trigger()).due())
        .sorted()
        .toList();
  }

  private static Instant at(String time) {
    return Instant.parse("2026-01-05T" + time + ":00Z");
  }

  @Test
  void aFiringInsideABlackoutIsHeldBackUnderTheNameOfTheEvent() {
    OpsAutomator engine = started(hourly().blackout(LUNCH).build());
    world.pass(Duration.ofHours(5));

    assertThat(due(engine, State.COMPLETE)).containsExactly(at("11:00"), at("14:00"), at("15:00"));
    assertThat(due(engine, State.PASSED)).containsExactly(at("12:00"), at("13:00"));
    assertThat(world.events(AuditEvent.HeldBack.class))
        .hasSize(2)
        .allSatisfy(held -> assertThat(held.why()).isEqualTo("inside 'Lunch' of breaks.ics"));
  }

  @Test
  void aFiringOutsideWhatIsAllowedIsHeldBack() {
    OpsAutomator engine = started(hourly().allow(LUNCH).build());
    world.pass(Duration.ofHours(5));

    assertThat(due(engine, State.COMPLETE)).containsExactly(at("12:00"), at("13:00"));
    assertThat(world.events(AuditEvent.HeldBack.class))
        .extracting(AuditEvent.HeldBack::why)
        .containsOnly("outside all events of breaks.ics");
  }

  @Test
  void whatABlackoutSuppressedIsNotMadeUpForAfterASleep() {
    started(hourly().blackout(LUNCH).build());
    world.pass(Duration.ofMinutes(90));
    world.kill();
    world.pass(Duration.ofHours(2));

    OpsAutomator later = world.engine(quick);
    later.start();
    world.pass(Duration.ofMinutes(5));

    assertThat(due(later, State.COMPLETE)).containsExactly(at("11:00"));
    List<Run> passed =
        later.history(Optional.of(NAME), 9).stream()
            .filter(r -> r.state() == State.PASSED)
            .toList();
    assertThat(passed).hasSize(1);
    assertThat(passed.get(0).cause().missed().count()).isEqualTo(1);
    assertThat(passed.get(0).summary().reason()).isEqualTo("inside 'Lunch' of breaks.ics");
  }

  @Test
  void whoAsksIsNotHeldBack() throws InterruptedException {
    OpsAutomator engine = started(hourly().allow(LUNCH).build());
    var run = engine.run(NAME, "now");
    world.pass(Duration.ofMinutes(5));

    assertThat(engine.await(run).state()).isEqualTo(State.COMPLETE);
  }

  @Test
  void nothingFiresBeforeItsFirstDateOrFromItsEndOn() {
    OpsAutomator engine = started(hourly().from(at("12:00")).until(at("14:00")).build());
    world.pass(Duration.ofHours(8));

    assertThat(due(engine, State.COMPLETE)).containsExactly(at("12:00"), at("13:00"));
    assertThat(due(engine, State.PASSED)).isEmpty();
  }

  @Test
  void withJitterARunBeginsLaterAndIsStillThatOfItsInstantForEveryScheduler() {
    Task task = hourly().jitter(Duration.ofMinutes(20)).build();
    OpsAutomator engine = started(task);
    world.engine(quick).start();
    world.pass(Duration.ofHours(6).plusMinutes(30));

    assertThat(due(engine, State.COMPLETE))
        .containsExactly(
            at("11:00"), at("12:00"), at("13:00"), at("14:00"), at("15:00"), at("16:00"));
    assertThat(engine.history(Optional.of(NAME), 9))
        .allSatisfy(
            run -> {
              Instant due = ((Trigger.Firing) run.cause().trigger()).due();
              assertThat(run.cause().at())
                  .isBetween(task.timetable().wake(due), task.timetable().wake(due).plusSeconds(1));
            });
    assertThat(engine.history(Optional.of(NAME), 9))
        .extracting(run -> run.cause().at().getEpochSecond() % 3600)
        .doesNotHaveDuplicates();
  }

  @Test
  void theForecastLeavesOutWhatIsSuppressedAndIsWhatHappens() {
    Task task = hourly().blackout(LUNCH).until(at("18:00")).build();
    OpsAutomator engine = started(task);
    List<Instant> forecast =
        engine.forecast(task, world.instant().plus(Duration.ofDays(1))).toList();
    List<Instant> suppressed =
        task.timetable()
            .forecast(world.instant(), world.instant().plus(Duration.ofDays(1)))
            .filter(entry -> !entry.runs())
            .map(Forecast::at)
            .toList();
    world.pass(Duration.ofDays(1));

    assertThat(due(engine, State.COMPLETE)).isEqualTo(forecast);
    assertThat(due(engine, State.PASSED)).isEqualTo(suppressed);
  }
}
