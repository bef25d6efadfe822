package io.opsautomator.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.OpsAutomator;
import io.opsautomator.action.ActionContext;
import io.opsautomator.action.Completion;
import io.opsautomator.action.Evidence;
import io.opsautomator.action.Outcome;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskName;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What looking after a run asks of the store, while one of its executions takes its time. */
final class WatchCostTest {
  private static final Duration SLOW = Duration.ofMinutes(50);

  private final World world = new World();

  private static Outcome oneIsSlow(ActionContext<Switch.Params> ctx) {
    String lamp = ctx.unit().key().substring(ctx.unit().key().lastIndexOf('/') + 1);
    if (lamp.equals("lamp-0")) {
      ctx.effects().await(Completion.when("dark", waited -> waited.compareTo(SLOW) >= 0));
    }
    return Outcome.of(lamp, Evidence.confirmed("dark"));
  }

  @Test
  void whatHasBeenTalliedIsNeitherTalliedNorHandedOverAgain() {
    world.lamps = 50;
    OpsAutomator engine = world.engine(Switch.each(WatchCostTest::oneIsSlow).atMost(5));
    engine.put(Task.named("lights").action("Switch").where("*").regions("eu-west-1").build());
    engine.work();
    engine.run(new TaskName("lights"), "r");
    world.pass(Duration.ofMinutes(10));
    assertThat(world.store.count("Selections.ended")).isEqualTo(49);
    world.store.calls.clear();

    world.pass(Duration.ofMinutes(30));

    assertThat(world.store.count("Runs.watched")).as("looks at the run").isGreaterThan(5);
    assertThat(world.store.calls).doesNotContainKeys("Selections.ended", "Gates.handOver");
  }
}
