package io.opsautomator.examples.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.opsautomator.OpsAutomator;
import io.opsautomator.store.Run;
import io.opsautomator.task.TaskName;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

final class LightsApplicationTest {
  private static final TaskName LIGHTS_OUT = new TaskName("lights-out");

  @TempDir private Path folder;

  private ConfigurableApplicationContext application() {
    return SpringApplication.run(LightsApplication.class, "--lights.store=" + folder);
  }

  @Test
  void anActionThatSpringHasMadeRunsOnWhatSpringHasGivenIt() throws InterruptedException {
    try (ConfigurableApplicationContext application = application()) {
      OpsAutomator ops = application.getBean(OpsAutomator.class);

      Run run = ops.await(ops.run(LIGHTS_OUT, "tonight"));

      assertThat(run.state()).isEqualTo(Run.State.COMPLETE);
      assertThat(application.getBean(Switchboard.class).lights())
          .containsEntry("lobby", false)
          .containsEntry("lab", true);
      assertThat(
              application
                  .getBean(MeterRegistry.class)
                  .get("ops.automator.runs")
                  .tag("state", "complete")
                  .timer()
                  .count())
          .isEqualTo(1);
    }
  }

  @Test
  void closingTheApplicationClosesTheEngineAndTheNextOneGoesOnWithItsStore()
      throws InterruptedException {
    OpsAutomator closed;
    try (ConfigurableApplicationContext application = application()) {
      closed = application.getBean(OpsAutomator.class);
      closed.await(closed.run(LIGHTS_OUT, "tonight"));
    }
    assertThatThrownBy(() -> closed.run(LIGHTS_OUT, "later"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("is closed");

    try (ConfigurableApplicationContext application = application()) {
      OpsAutomator ops = application.getBean(OpsAutomator.class);

      assertThat(ops.history(Optional.of(LIGHTS_OUT), 10)).hasSize(1);
    }
  }
}
