package io.opsautomator.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opsautomator.OpsAutomator;
import io.opsautomator.schedule.Schedule;
import io.opsautomator.store.Run;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskName;
import io.opsautomator.testkit.VirtualTime;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class OpsAutomatorMetricsTest {
  private final VirtualTime time = VirtualTime.startingAt("2026-03-02T18:30:00Z");
  // docs: metrics
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final OpsAutomatorMetrics metrics = new OpsAutomatorMetrics();
  private final OpsAutomator engine = Lamps.engine(time, metrics);

  // docs: end

  private void evening() {
    metrics.bindTo(registry);
    engine.put(
        Task.named("dark")
            .action("SwitchOff")
            .where("off=yes")
            .on(Schedule.cron("0 19 * * ?", "UTC"))
            .build());
    engine.start();
    time.advance(Duration.ofHours(1));
  }

  private Timer timer(String name, String tag, String value) {
    return registry.get("ops.automator." + name).tag("task", "dark").tag(tag, value).timer();
  }

  private double count(String name) {
    return registry.get("ops.automator." + name).tag("task", "dark").counter().count();
  }

  @Test
  void runsAndExecutionsAreTimedByTheirEnd() {
    evening();

    assertThat(timer("runs", "state", "partial").count()).isEqualTo(1);
    assertThat(timer("runs", "state", "partial").totalTime(TimeUnit.SECONDS)).isBetween(30.0, 31.0);
    assertThat(timer("executions", "status", "succeeded").totalTime(TimeUnit.SECONDS))
        .isEqualTo(30);
    assertThat(timer("executions", "status", "failed").count()).isEqualTo(1);
    assertThat(engine.history(Optional.of(new TaskName("dark")), 1))
        .extracting(Run::state)
        .containsExactly(Run.State.PARTIAL);
  }

  @Test
  void selectionsStepsAndLatenessAreCounted() {
    evening();

    assertThat(count("resources.selected")).isEqualTo(2);
    assertThat(count("resources.left.out")).isEqualTo(1);
    assertThat(registry.get("ops.automator.steps").tag("stage", "done").counter().count())
        .isEqualTo(1);
    assertThat(registry.get("ops.automator.firing.lateness").timer().count()).isEqualTo(1);
  }

  @Test
  void whatHasBegunAndNotEndedIsRunning() {
    evening();
    assertThat(running()).isZero();

    engine.run(new TaskName("dark"), "again");
    time.advance(Duration.ofSeconds(10));
    assertThat(running()).isEqualTo(1);

    time.advance(Duration.ofMinutes(1));
    assertThat(running()).isZero();
  }

  private double running() {
    return registry.get("ops.automator.executions.running").gauge().value();
  }

  @Test
  void noTagHasAnId() {
    evening();

    assertThat(registry.getMeters())
        .flatExtracting(meter -> meter.getId().getTags())
        .extracting(tag -> tag.getKey() + "=" + tag.getValue())
        .isSubsetOf(
            "task=dark",
            "state=partial",
            "status=succeeded",
            "status=failed",
            "stage=done",
            "stage=awaited");
    assertThat(registry.getMeters())
        .extracting(Meter::getId)
        .allMatch(id -> id.getName().startsWith("ops.automator."));
  }

  @Test
  void whatEndedElsewhereIsForgottenSomeDay() {
    Begun<Integer> begun = new Begun<>(3);
    for (int id = 0; id < 5; id++) {
      begun.begin(id, time.instant());
    }

    assertThat(begun.size()).isEqualTo(3);
    assertThat(begun.end(0)).isEmpty();
    assertThat(begun.end(4)).contains(time.instant());
  }
}
