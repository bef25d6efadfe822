package io.opsautomator.engine.internal;

import static io.opsautomator.action.Evidence.confirmed;
import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.OpsAutomator;
import io.opsautomator.action.Outcome;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskName;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Old history goes while the scheduler goes on. */
final class ForgettingTest {
  private static final int RUNS = 25;
  private static final Duration KEPT = Duration.ofHours(1);

  private final World world = new World();
  private final OpsAutomator engine =
      world
          .builder()
          .action(Switch.each(ctx -> Outcome.of("x", confirmed("done"))))
          .history(KEPT)
          .build();

  @BeforeEach
  void manyRunsHaveEnded() {
    engine.put(Task.named("lights").action("Switch").where("*").build());
    engine.start();
    for (int i = 0; i < RUNS; i++) {
      engine.run(new TaskName("lights"), "run " + i);
    }
    world.pass(Duration.ofHours(3));
    assertThat(remembered()).isEqualTo(RUNS);
  }

  private int remembered() {
    return engine.history(Optional.empty(), 2 * RUNS).size();
  }

  @Test
  void whatIsOldEnoughIsForgottenAtOnceWhereThatIsQuick() {
    world.pass(Duration.ofHours(3).plusMinutes(1));

    assertThat(remembered()).isZero();
  }

  @Test
  void aStoreThatForgetsSlowlyKeepsTheSchedulerWaitingForSecondsOnly() {
    world.store.purging = () -> world.takes(Duration.ofSeconds(20));
    world.store.calls.clear();
    while (world.store.count("purge") == 0) {
      world.pass(Duration.ofSeconds(30));
    }
    assertThat(remembered()).isEqualTo(15);

    world.pass(Duration.ofMinutes(3));
    assertThat(remembered()).isZero();
    assertThat(world.store.count("purge")).isEqualTo(3);
  }
}
