package io.opsautomator.engine.internal;

import static io.opsautomator.action.Evidence.confirmed;
import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.OpsAutomator;
import io.opsautomator.action.Outcome;
import io.opsautomator.schedule.Schedule;
import io.opsautomator.task.Task;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an engine with many tasks asks of its store while nothing, or little, is to be done. */
final class CostsTest {
  private final World world = new World();
  private final OpsAutomator engine =
      world.engine(Switch.each(ctx -> Outcome.of("x", confirmed("done"))));

  private static Task nightly(String name) {
    return Task.named(name)
        .action("Switch")
        .where("*")
        .on(Schedule.cron("0 3 * * *", "UTC"))
        .build();
  }

  @BeforeEach
  void twoHundredTasksThatAreDueAtNight() {
    world.lamps = 0;
    for (int i = 0; i < 200; i++) {
      engine.put(nightly("night " + i));
    }
    engine.start();
    world.pass(Duration.ofMinutes(1));
    world.store.calls.clear();
  }

  @Test
  void w53_whileNothingIsDueNothingIsWritten() {
    world.pass(Duration.ofHours(1));

    assertThat(world.store.calls.keySet())
        .isSubsetOf("Tasks.due", "Tasks.nextDue", "Runs.toWatch", "Runs.nextWatch");
    assertThat(world.store.count("Tasks.due")).isLessThanOrEqualTo(61);
  }

  @Test
  void w50_whatIsNotDueIsNotReadHoweverManyTasksThereAre() {
    engine.put(Task.named("hourly").action("Switch").on(Schedule.cron("0 * * * *", "UTC")).build());
    world.store.calls.clear();
    world.pass(Duration.ofHours(3));

    assertThat(world.store.count("Runs.fire")).isEqualTo(3);
    assertThat(world.store.count("Tasks.all")).isZero();
    assertThat(world.store.count("Tasks.find")).isZero();
  }

  @Test
  void w59_savingATaskTouchesNoOther() {
    engine.put(nightly("one more"));

    assertThat(world.store.count("Tasks.find")).isEqualTo(1);
    assertThat(world.store.count("Tasks.put")).isEqualTo(1);
    assertThat(world.store.count("Tasks.all")).isZero();
  }
}
