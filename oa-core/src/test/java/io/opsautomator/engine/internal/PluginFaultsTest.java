package io.opsautomator.engine.internal;

import static io.opsautomator.action.Evidence.confirmed;
import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.OpsAutomator;
import io.opsautomator.action.Action;
import io.opsautomator.action.ActionContext;
import io.opsautomator.action.Outcome;
import io.opsautomator.store.Run;
import io.opsautomator.store.Run.State;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Faults in code that others bring: it fails what it is about, with its reason, and no more. */
final class PluginFaultsTest {
  private static final TaskName NAME = new TaskName("lights");
  private final World world = new World();
  private final List<String> calls = new ArrayList<>();
  private final Switch off = Switch.each(this::switchOff);

  private Outcome switchOff(ActionContext<Switch.Params> ctx) {
    ctx.effects().idempotent("off", () -> calls.add(ctx.unit().key()));
    return Outcome.of(ctx.unit().key(), confirmed("off"));
  }

  private Run run(OpsAutomator.Builder builder, Action<?> action) {
    OpsAutomator engine = builder.action(action).build();
    assertThat(engine.put(Task.named("lights").action("Switch").where("*").build())).isEmpty();
    engine.work();
    engine.run(NAME, "r");
    world.pass(Duration.ofHours(3));
    return engine.history(Optional.of(NAME), 1).get(0);
  }

  @Test
  void w51_aSinkThatFailsOnEveryEventChangesNothing() {
    List<String> told = new ArrayList<>();
    OpsAutomator.Builder builder =
        world
            .builder()
            .audit(
                event -> {
                  told.add(event.getClass().getSimpleName());
                  throw new IllegalStateException("the topic is gone");
                });

    assertThat(run(builder, off).state()).isEqualTo(State.COMPLETE);
    assertThat(calls).hasSize(3).doesNotHaveDuplicates();
    assertThat(told).hasSameSizeAs(world.events);
  }
}
