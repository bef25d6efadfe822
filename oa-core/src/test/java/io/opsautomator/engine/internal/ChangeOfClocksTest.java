package io.opsautomator.engine.internal;

import static io.opsautomator.action.Evidence.confirmed;
import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.OpsAutomator;
import io.opsautomator.action.Outcome;
import io.opsautomator.schedule.Schedule;
import io.opsautomator.store.Run;
import io.opsautomator.store.Run.State;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskName;
import io.opsautomator.task.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Berlin's clocks go forward on 29 March 2026 at 01:00 UTC, and back on 25 October at 01:00 UTC.
 */
final class ChangeOfClocksTest {
  private final World world = new World();

  /** When a task fires within four hours around a change. */
  private List<String> firings(String cron, String from) {
    world.pass(Duration.between(world.instant(), Instant.parse(from)));
    Task task =
        Task.named("night")
            .action("Switch")
            .where("*")
            .on(Schedule.cron(cron, "Europe/Berlin"))
            .build();
    OpsAutomator engine = world.engine(Switch.each(ctx -> Outcome.of("x", confirmed("done"))));
    engine.put(task);
    engine.start();
    world.pass(Duration.ofHours(4));
    List<Run> runs = engine.history(Optional.of(new TaskName("night")), 100);
    assertThat(runs).extracting(Run::state).containsOnly(State.COMPLETE);
    return runs.stream()
        .map(run -> ((Trigger.Firing) run.cause().trigger()).due().toString().substring(11, 16))
        .sorted()
        .toList();
  }

  @Test
  void jr1145_whatIsDueInTheRepeatedHourRunsOnce() {
    assertThat(firings("5,10,15,20 2 * * *", "2026-10-24T22:30:00Z"))
        .containsExactly("00:05", "00:10", "00:15", "00:20");
  }

  @Test
  void jr1145_whatFiresAllDayLongFiresInBothPassesOfTheRepeatedHour() {
    assertThat(firings("*/30 * * * *", "2026-10-24T23:45:00Z"))
        .containsExactly("00:00", "00:30", "01:00", "01:30", "02:00", "02:30", "03:00", "03:30");
  }

  @Test
  void rundeck6879_whatIsDueInTheHourLeftOutRunsWhenTheClocksHaveChanged() {
    assertThat(firings("30 2 * * *", "2026-03-28T23:30:00Z")).containsExactly("01:00");
  }
}
