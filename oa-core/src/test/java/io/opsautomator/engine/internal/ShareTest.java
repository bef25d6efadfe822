package io.opsautomator.engine.internal;

import static io.opsautomator.action.Evidence.confirmed;
import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.OpsAutomator;
import io.opsautomator.action.Completion;
import io.opsautomator.action.Outcome;
import io.opsautomator.audit.AuditEvent;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskName;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A share of a run's executions at work at once. */
final class ShareTest {
  private int most;

  /** Takes a minute each. */
  private static Switch slow() {
    return Switch.each(
        ctx -> {
          ctx.effects()
              .await(
                  Completion.when("done", waited -> waited.compareTo(Duration.ofMinutes(1)) >= 0)
                      .within(Duration.ofHours(1)));
          return Outcome.of("x", confirmed("done"));
        });
  }

  /** How many were at work at once at most, of so many lamps. */
  private int most(int lamps, String amount, Switch action) {
    World world = new World();
    world.lamps = lamps;
    OpsAutomator engine = world.engine(action);
    Task task =
        Task.named("lights")
            .action("Switch")
            .where("*")
            .regions("eu-west-1")
            .maxConcurrent(amount)
            .build();
    assertThat(engine.put(task)).isEmpty();
    engine.work();
    engine.run(new TaskName("lights"), "now");
    world.pass(Duration.ofHours(3));
    assertThat(world.events(AuditEvent.RunEnded.class)).hasSize(1);
    assertThat(world.events(AuditEvent.RunEnded.class).get(0).summary().succeeded())
        .isEqualTo(lamps);
    return most(world);
  }

  private int most(World world) {
    int now = 0;
    most = 0;
    for (AuditEvent.Moved moved : world.events(AuditEvent.Moved.class)) {
      now += moved.to() == Status.RUNNING && moved.from() == Status.WAITING ? 1 : 0;
      now -= moved.to().ended() ? 1 : 0;
      most = Math.max(most, now);
    }
    return most;
  }

  @Test
  void aShareIsRoundedDownAndAtLeastOne() {
    assertThat(most(20, "10%", slow())).isEqualTo(2);
    assertThat(most(19, "10%", slow())).isEqualTo(1);
    assertThat(most(9, "10%", slow())).isEqualTo(1);
    assertThat(most(7, "100%", slow())).isEqualTo(7);
  }

  @Test
  void anyShareOfAnyNumberIsReachedAndNotExceeded() {
    Random random = new Random(11);
    for (int i = 0; i < 30; i++) {
      int lamps = 1 + random.nextInt(40);
      int percent = 1 + random.nextInt(100);
      assertThat(most(lamps, percent + "%", slow()))
          .as("%d%% of %d", percent, lamps)
          .isEqualTo(Math.max(1, lamps * percent / 100));
    }
  }

  @Test
  void aLimitOfTheActionHoldsBesides() {
    assertThat(most(20, "50%", slow().atMost(3))).isEqualTo(3);
    assertThat(most(20, "10%", slow().atMost(5))).isEqualTo(2);
  }

  @Test
  void aNumberIsTheLimitOfTheTaskAsEver() {
    assertThat(most(20, "4", slow())).isEqualTo(4);
  }
}
