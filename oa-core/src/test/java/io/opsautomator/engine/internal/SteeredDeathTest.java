package io.opsautomator.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsautomator.OpsAutomator;
import io.opsautomator.action.ActionContext;
import io.opsautomator.action.Evidence;
import io.opsautomator.action.Outcome;
import io.opsautomator.action.RefusedException;
import io.opsautomator.resource.Aggregation;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.store.Gate;
import io.opsautomator.store.GateKey;
import io.opsautomator.store.Run;
import io.opsautomator.store.Run.State;
import io.opsautomator.task.RunId;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process may die after any write of a redrive, a wave or a cancellation: nothing is lost. */
final class SteeredDeathTest {
  private static final TaskName NAME = new TaskName("lights");

  private final World world = new World();
  private final List<String> begun = new ArrayList<>();
  private boolean broken;

  private final Switch action = new Switch("Switch", Aggregation.RESOURCE, 3, this::switchOff);

  private Outcome switchOff(ActionContext<Switch.Params> ctx) {
    String lamp = ctx.unit().key();
    ctx.effects().idempotent("off", () -> begun.add(lamp));
    ctx.effects()
        .idempotent(
            "check",
            () -> {
              if (broken) {
                throw new RefusedException("Broken", lamp + " is broken");
              }
            });
    return Outcome.of(lamp, Evidence.confirmed("off"));
  }

  private OpsAutomator engine() {
    OpsAutomator engine = world.engine(action);
    engine.work();
    return engine;
  }

  private OpsAutomator engine(UnaryOperator<Task.Builder> with) {
    OpsAutomator engine = engine();
    Task.Builder task = Task.named("lights").action("Switch").where("room=*");
    assertThat(engine.put(with.apply(task).build())).isEmpty();
    return engine;
  }

  private void dieIn(String fatal, ThrowingCallable what) {
    world.store.dieAfter(fatal);
    assertThatThrownBy(what).isInstanceOf(CountingStore.Death.class);
    world.kill();
  }

  private Run find(OpsAutomator engine, RunId id) {
    return engine.history(Optional.of(NAME), 10).stream()
        .filter(run -> run.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private void requireAllSlotsFree(RunId run) {
    for (GateKey key :
        List.of(
            new GateKey("action/Switch"),
            GateKey.ofPair(run, World.HOME),
            GateKey.ofRun(run, 0),
            GateKey.ofRun(run, 1))) {
      assertThat(world.store.gates().find(key).map(Gate::held).orElse(List.of()))
          .as(key.value())
          .isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Runs.redrive",
        "Executions.redrive",
        "Selections.reopen",
        "Gates.enqueue",
        "Gates.fill",
        "Executions.claim",
        "Executions.advance",
        "Gates.handOver",
        "Selections.ended",
        "Runs.move"
      })
  void aRedriveGoesOnWhereItsProcessDied(String fatal) {
    world.lamps = 7;
    broken = true;
    OpsAutomator first = engine(task -> task.maxErrors("2"));
    RunId run = first.run(NAME, "r");
    world.pass(Duration.ofHours(2));
    assertThat(find(first, run).state()).isEqualTo(State.FAILED);
    broken = false;

    dieIn(
        fatal,
        () -> {
          first.redrive(run, Set.of());
          world.pass(Duration.ofHours(20));
        });
    OpsAutomator second = engine();
    world.pass(Duration.ofHours(24));

    assertThat(find(second, run).state()).isEqualTo(State.COMPLETE);
    assertThat(find(second, run).summary().succeeded()).isEqualTo(7);
    assertThat(begun).as("what was done in the first drive is not repeated").hasSizeBetween(7, 8);
    requireAllSlotsFree(run);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Executions.create",
        "Selections.dispatched",
        "Gates.enqueue",
        "Gates.fill",
        "Executions.claim",
        "Executions.advance",
        "Gates.handOver",
        "Selections.ended",
        "Runs.move"
      })
  void aRunBehindThreeGatesGoesOnWhereItsProcessDied(String fatal) {
    for (int skipped = 0; skipped < 12; skipped++) {
      SteeredDeathTest one = new SteeredDeathTest();
      one.requireThreeGatesPassed(fatal, skipped);
    }
  }

  private void requireThreeGatesPassed(String fatal, int skipped) {
    world.lamps = 5;
    OpsAutomator first = engine(task -> task.maxErrors("2").maxConcurrentPerRegion(2));
    world.store.dieAfter(fatal, skipped);
    try {
      first.run(NAME, "r");
      world.pass(Duration.ofHours(20));
    } catch (CountingStore.Death dead) {
      world.kill();
    }
    OpsAutomator second = engine();
    RunId run = second.run(NAME, "r");
    world.pass(Duration.ofHours(24));

    assertThat(find(second, run).state()).isEqualTo(State.COMPLETE);
    assertThat(find(second, run).summary().succeeded()).isEqualTo(5);
    assertThat(second.executions(run))
        .allSatisfy(x -> assertThat(x.grants()).as(fatal + " after " + skipped).hasSize(3));
    requireAllSlotsFree(run);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Gates.retune", "Gates.fill", "Gates.handOver", "Executions.claim", "Runs.move"})
  void wavesGoOnWhereTheProcessDied(String fatal) {
    world.lamps = 9;
    OpsAutomator first = engine(task -> task.canary("1").waves("3").pause(Duration.ofMinutes(10)));

    dieIn(
        fatal,
        () -> {
          first.run(NAME, "r");
          world.pass(Duration.ofHours(20));
        });
    OpsAutomator second = engine();
    RunId run = second.run(NAME, "r");
    world.pass(Duration.ofHours(24));

    assertThat(find(second, run).state()).isEqualTo(State.COMPLETE);
    assertThat(begun.stream().distinct()).hasSize(9);
    requireAllSlotsFree(run);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Executions.drop", "Gates.handOver", "Selections.ended", "Runs.move"})
  void aRunThatWasStoppedByItsErrorsEndsThoughItsProcessDied(String fatal) {
    world.lamps = 9;
    broken = true;
    OpsAutomator first = engine(task -> task.maxErrors("1"));

    dieIn(
        fatal,
        () -> {
          first.run(NAME, "r");
          world.pass(Duration.ofHours(20));
        });
    OpsAutomator second = engine();
    RunId run = second.run(NAME, "r");
    world.pass(Duration.ofHours(24));

    Run ended = find(second, run);
    assertThat(ended.state()).isEqualTo(State.FAILED);
    assertThat(ended.summary().failed() + ended.summary().notStarted()).isEqualTo(9);
    requireAllSlotsFree(run);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Runs.move", "Gates.retune", "Executions.cancel"})
  void w72_aCancellationReachesAllThoughItsProcessDied(String fatal) {
    world.lamps = 9;
    OpsAutomator first = engine(task -> task.canary("2").approve());
    RunId run = first.run(NAME, "r");
    world.pass(Duration.ofHours(1));
    assertThat(begun).hasSize(2);

    dieIn(
        fatal,
        () -> {
          first.cancel(run, "enough", false);
          world.pass(Duration.ofHours(20));
        });
    OpsAutomator second = engine();
    world.pass(Duration.ofHours(24));

    assertThat(find(second, run).state()).isEqualTo(State.CANCELLED);
    assertThat(begun).hasSize(2);
    assertThat(second.executions(run))
        .extracting(Execution::status)
        .containsOnly(Status.SUCCEEDED, Status.CANCELLED);
    requireAllSlotsFree(run);
  }
}
