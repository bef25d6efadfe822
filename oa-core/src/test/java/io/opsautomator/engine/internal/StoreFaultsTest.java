package io.opsautomator.engine.internal;

import static io.opsautomator.action.Evidence.confirmed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsautomator.OpsAutomator;
import io.opsautomator.action.Completion;
import io.opsautomator.action.Outcome;
import io.opsautomator.audit.AuditEvent;
import io.opsautomator.schedule.Schedule;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.store.Run;
import io.opsautomator.store.Run.State;
import io.opsautomator.store.StoreException;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A store that does not answer for a while delays work, and changes nothing else about it. */
final class StoreFaultsTest {
  private static final TaskName NAME = new TaskName("lights");
  private final World world = new World();
  private final List<String> calls = new ArrayList<>();

  private final Switch waiting =
      Switch.each(
          ctx -> {
            ctx.effects().idempotent("off", () -> calls.add(ctx.unit().key()));
            ctx.effects().await(Completion.when("dark", waited -> true));
            return Outcome.of("x", confirmed("dark"));
          });

  private static Task.Builder task() {
    return Task.named("lights").action("Switch").where("*");
  }

  private static List<Run> history(OpsAutomator engine) {
    return engine.history(Optional.of(NAME), 100);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Selections.append",
        "Executions.create",
        "Selections.dispatched",
        "Gates.enqueue",
        "Gates.fill",
        "Gates.handOver",
        "Selections.ended"
      })
  void w5_aFaultOfTheStoreWhileABatchIsStoredLosesNoneOfIt(String failing) {
    world.lamps = 60;
    OpsAutomator engine = world.engine(waiting.atMost(7));
    engine.put(task().build());
    engine.work();
    engine.run(NAME, "r");
    world.store.failNext(failing, 3);
    world.pass(Duration.ofHours(3));

    assertThat(history(engine).get(0).summary().succeeded()).isEqualTo(60);
    assertThat(calls).hasSize(60).doesNotHaveDuplicates();
  }

  @Test
  void w11_whatCannotBeWrittenAfterTheWorkHasBegunDoesNotMakeItFail() {
    world.lamps = 1;
    OpsAutomator engine = world.engine(waiting);
    engine.put(task().regions("eu-west-1").build());
    engine.work();
    engine.run(NAME, "r");
    world.store.failNext("Executions.advance", 1);
    world.pass(Duration.ofHours(3));

    assertThat(history(engine)).extracting(Run::state).containsExactly(State.COMPLETE);
    assertThat(world.events(AuditEvent.Moved.class))
        .extracting(AuditEvent.Moved::to)
        .doesNotContain(Status.FAILED)
        .endsWith(Status.SUCCEEDED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Tasks.due", "Tasks.nextDue", "Runs.toWatch", "Runs.nextWatch", "Runs.fire"})
  void aStoreThatCannotBeReadForAWhileDoesNotStopTheClock(String failing) {
    OpsAutomator engine = world.engine(waiting);
    engine.put(task().on(Schedule.cron("0 * * * *", "UTC")).build());
    engine.start();
    world.store.failNext(failing, 3);
    world.pass(Duration.ofMinutes(330));

    assertThat(history(engine)).extracting(Run::state).hasSize(5).containsOnly(State.COMPLETE);
  }

  @Test
  void aStartThatFailsMayBeTriedAgain() {
    OpsAutomator engine = world.engine(waiting);
    engine.put(task().on(Schedule.cron("0 * * * *", "UTC")).build());
    world.store.failNext("Runs.toWatch", 1);

    assertThatThrownBy(engine::start).isInstanceOf(StoreException.class);
    engine.start();
    world.pass(Duration.ofMinutes(90));

    assertThat(history(engine)).extracting(Run::state).containsExactly(State.COMPLETE);
  }
}
