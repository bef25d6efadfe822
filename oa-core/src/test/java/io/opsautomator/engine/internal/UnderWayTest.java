package io.opsautomator.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.OpsAutomator;
import io.opsautomator.action.ActionContext;
import io.opsautomator.action.Completion;
import io.opsautomator.action.Evidence;
import io.opsautomator.action.Outcome;
import io.opsautomator.action.Role;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Adapters learn which calls are for what has begun, so that these go first. */
final class UnderWayTest {
  private final World world = new World();
  private final List<String> calls = new ArrayList<>();

  private Outcome darken(ActionContext<Switch.Params> ctx) {
    ctx.effects().idempotent("switch off", () -> calls.add("switch " + ctx.underWay()));
    return ctx.effects()
        .await(Completion.when("dark", waited -> looks(ctx, waited)))
        .outcome(seen -> Outcome.of("x", Evidence.confirmed("dark")));
  }

  private boolean looks(ActionContext<Switch.Params> ctx, Duration waited) {
    boolean elsewhere = ctx.in(World.NORTH).underWay();
    boolean inAnotherRole = ctx.as(Role.named("Other")).underWay();
    calls.add("check " + (ctx.underWay() && elsewhere && inAnotherRole));
    return waited.compareTo(Duration.ofSeconds(15)) > 0;
  }

  @Test
  void checksAreUnderWayAndStartsAreNot() {
    OpsAutomator engine = world.engine(Switch.each(this::darken));
    world.lamps = 1;
    engine.put(
        Task.named("lights").action("Switch").where("room=hall").regions("eu-west-1").build());
    engine.work();
    engine.run(new TaskName("lights"), "now");
    world.pass(Duration.ofMinutes(2));

    assertThat(calls).containsExactly("switch false", "check true", "check true");
  }
}
