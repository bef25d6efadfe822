package io.opsautomator.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.OpsAutomator;
import io.opsautomator.action.ActionContext;
import io.opsautomator.action.Completion;
import io.opsautomator.action.Evidence;
import io.opsautomator.action.Outcome;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Run;
import io.opsautomator.task.RunId;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskName;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What nobody has to wait for is not waited for. */
final class PromptnessTest {
  private final World world = new World();
  private boolean dark;

  private Outcome darken(ActionContext<Switch.Params> ctx) {
    ctx.effects().idempotent("switch off", () -> {}).undo(() -> {});
    return ctx.effects()
        .await(
            Completion.when("dark", waited -> dark)
                .every(Duration.ofSeconds(10), Duration.ofMinutes(5)))
        .outcome(seen -> Outcome.of("x", Evidence.confirmed("dark")));
  }

  private OpsAutomator engine() {
    return world.engine(Switch.each(this::darken).atMost(1));
  }

  private RunId begun(OpsAutomator engine) {
    engine.put(
        Task.named("lights").action("Switch").where("room=hall").regions("eu-west-1").build());
    engine.work();
    RunId run = engine.run(new TaskName("lights"), "now");
    world.pass(Duration.ofSeconds(5));
    return run;
  }

  /** A process that goes down in good order hands back what waits; the next one looks at once. */
  @Test
  void whatWaitedWhenAProcessEndedIsLookedAtWhenTheNextOneBegins() {
    OpsAutomator first = engine();
    RunId run = begun(first);
    first.close();
    dark = true;

    OpsAutomator second = engine();
    second.work();
    world.pass(Duration.ofSeconds(30));

    assertThat(second.executions(run).get(0).status()).isEqualTo(Execution.Status.SUCCEEDED);
    assertThat(world.store.runs().find(run).orElseThrow().state()).isEqualTo(Run.State.COMPLETE);
  }

  /** One is at work, and one waits for its slot. */
  @Test
  void aCancelledRunEndsWithTheLastOfItsExecutions() {
    for (boolean undo : new boolean[] {false, true}) {
      World here = new World();
      OpsAutomator engine = here.engine(Switch.each(this::darken).atMost(1));
      engine.put(
          Task.named("lights").action("Switch").where("room=hall").regions("eu-west-1").build());
      engine.work();
      RunId run = engine.run(new TaskName("lights"), "now");
      here.pass(Duration.ofSeconds(12));
      engine.cancel(run, "changed my mind", undo);
      here.pass(Duration.ofSeconds(20));

      assertThat(engine.executions(run)).allMatch(x -> x.status().ended());
      assertThat(here.store.runs().find(run).orElseThrow().state()).isEqualTo(Run.State.CANCELLED);
    }
  }
}
