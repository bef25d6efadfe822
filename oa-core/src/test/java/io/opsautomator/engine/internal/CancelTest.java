package io.opsautomator.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsautomator.OpsAutomator;
import io.opsautomator.action.ActionContext;
import io.opsautomator.action.ActionException;
import io.opsautomator.action.Completion;
import io.opsautomator.action.Evidence;
import io.opsautomator.action.Outcome;
import io.opsautomator.action.RefusedException;
import io.opsautomator.audit.AuditEvent;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.store.Run;
import io.opsautomator.store.Run.State;
import io.opsautomator.task.ExecutionId;
import io.opsautomator.task.RunId;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stops, and what goes on, when a person has changed their mind. */
final class CancelTest {
  private static final TaskName NAME = new TaskName("lights");
  private static final Duration DUSK = Duration.ofMinutes(30);

  private final World world = new World();
  private final List<String> calls = new ArrayList<>();
  private boolean broken;

  private OpsAutomator engine(UnaryOperator<Task.Builder> with) {
    OpsAutomator engine = world.engine(Switch.each(this::dim));
    Task.Builder task = Task.named("lights").action("Switch").where("*");
    assertThat(engine.put(with.apply(task).build())).isEmpty();
    engine.work();
    return engine;
  }

  private Outcome dim(ActionContext<Switch.Params> ctx) {
    String lamp = ctx.unit().key().substring(ctx.unit().key().lastIndexOf('/') + 1);
    ctx.effects()
        .idempotent("off", () -> calls.add("off " + lamp))
        .undo(() -> calls.add("on " + lamp));
    ctx.effects().await(Completion.when("dark", waited -> waited.compareTo(DUSK) >= 0));
    if (broken) {
      throw new RefusedException("Broken", lamp + " is broken");
    }
    return Outcome.of(lamp, Evidence.confirmed("dark"));
  }

  private static Run only(OpsAutomator engine) {
    return engine.history(Optional.of(NAME), 1).get(0);
  }

  private static ExecutionId of(OpsAutomator engine, RunId run, String lamp) {
    return engine.executions(run).stream()
        .filter(x -> x.origin().payload().contains("\"" + lamp + "\""))
        .map(Execution::id)
        .findFirst()
        .orElseThrow();
  }

  private RunId begun(OpsAutomator engine) {
    RunId run = engine.run(NAME, "r");
    world.pass(Duration.ofMinutes(1));
    return run;
  }

  private static List<Status> statuses(OpsAutomator engine, RunId run) {
    return engine.executions(run).stream().map(Execution::status).toList();
  }

  // -- One execution ------------------------------------------------------------------------------

  @Test
  void oneExecutionIsCancelledAndTheOthersGoOn() {
    OpsAutomator engine = engine(UnaryOperator.identity());
    RunId run = begun(engine);

    engine.cancel(of(engine, run, "lamp-1"), "somebody reads there", false);
    world.pass(Duration.ofSeconds(10));
    assertThat(statuses(engine, run))
        .containsExactly(Status.COMPLETING, Status.CANCELLED, Status.COMPLETING);
    world.pass(Duration.ofHours(1));

    assertThat(statuses(engine, run))
        .containsExactly(Status.SUCCEEDED, Status.CANCELLED, Status.SUCCEEDED);
    assertThat(only(engine).state()).isEqualTo(State.PARTIAL);
    assertThat(only(engine).summary().succeeded()).isEqualTo(2);
    assertThat(calls).containsExactly("off lamp-0", "off lamp-1", "off lamp-2");
    assertThat(world.events(AuditEvent.Moved.class))
        .filteredOn(e -> e.to() == Status.CANCELLED)
        .singleElement()
        .satisfies(e -> assertThat(e.reason()).isEqualTo("somebody reads there"));
  }

  @Test
  void withUndoOnlyWhatThatOneDidIsTakenBack() {
    OpsAutomator engine = engine(UnaryOperator.identity());
    RunId run = begun(engine);

    engine.cancel(of(engine, run, "lamp-1"), "somebody reads there", true);
    world.pass(Duration.ofHours(1));

    assertThat(calls).containsExactly("off lamp-0", "off lamp-1", "off lamp-2", "on lamp-1");
    assertThat(only(engine).state()).isEqualTo(State.PARTIAL);
  }

  @Test
  void oneThatWaitsForItsTurnNeverBeginsAndIsNoErrorOfTheRun() {
    OpsAutomator engine = engine(task -> task.maxConcurrent(1).maxErrors("1"));
    RunId run = begun(engine);

    engine.cancel(of(engine, run, "lamp-1"), "not that one", false);
    world.pass(Duration.ofHours(3));

    assertThat(calls).containsExactly("off lamp-0", "off lamp-2");
    assertThat(statuses(engine, run))
        .containsExactly(Status.SUCCEEDED, Status.CANCELLED, Status.SUCCEEDED);
    assertThat(only(engine).state()).isEqualTo(State.PARTIAL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Executions.cancel", "Selections.ended", "Gates.handOver"})
  void aProcessThatDiesWhileItCancelsLeavesNothingUndone(String fatal) {
    OpsAutomator first = engine(task -> task.maxConcurrent(2));
    RunId run = begun(first);
    ExecutionId id = of(first, run, "lamp-1");
    world.store.dieAfter(fatal);
    assertThatThrownBy(
            () -> {
              first.cancel(id, "enough", false);
              world.pass(Duration.ofHours(2));
            })
        .isInstanceOf(CountingStore.Death.class);
    world.kill();

    OpsAutomator second = engine(task -> task.maxConcurrent(2));
    world.pass(Duration.ofHours(3));

    assertThat(statuses(second, run))
        .containsExactly(Status.SUCCEEDED, Status.CANCELLED, Status.SUCCEEDED);
    assertThat(only(second).state()).isEqualTo(State.PARTIAL);
  }

  @Test
  void whatWasCancelledIsNotDrivenAgain() {
    broken = true;
    OpsAutomator engine = engine(UnaryOperator.identity());
    RunId run = begun(engine);
    engine.cancel(of(engine, run, "lamp-1"), "not that one", false);
    world.pass(Duration.ofHours(1));
    assertThat(only(engine).state()).isEqualTo(State.FAILED);
    broken = false;

    engine.redrive(run, Set.of());
    world.pass(Duration.ofHours(1));

    assertThat(statuses(engine, run))
        .containsExactly(Status.SUCCEEDED, Status.CANCELLED, Status.SUCCEEDED);
    assertThat(only(engine).state()).isEqualTo(State.PARTIAL);
  }

  @Test
  void whatHasEndedOrNeverWasCannotBeCancelled() {
    OpsAutomator engine = engine(UnaryOperator.identity());
    RunId run = begun(engine);
    ExecutionId id = of(engine, run, "lamp-1");
    world.pass(Duration.ofHours(1));

    assertThatThrownBy(() -> engine.cancel(id, "too late", false))
        .isInstanceOf(ActionException.class)
        .hasMessageContaining(id.value())
        .hasMessageContaining("SUCCEEDED");
    assertThatThrownBy(() -> engine.cancel(run, "too late", false))
        .isInstanceOf(ActionException.class)
        .hasMessageContaining("it is COMPLETE");
    assertThatThrownBy(() -> engine.cancel(new ExecutionId("none"), "", false))
        .isInstanceOf(ActionException.class)
        .hasMessageContaining("there is no execution none");
  }

  @Test
  void askingAgainIsHarmlessAndAskingForMoreIsTold() {
    OpsAutomator engine = engine(UnaryOperator.identity());
    RunId run = begun(engine);
    ExecutionId id = of(engine, run, "lamp-1");
    engine.cancel(id, "enough", false);

    engine.cancel(id, "enough", false);
    assertThatThrownBy(() -> engine.cancel(id, "enough", true))
        .isInstanceOf(ActionException.class)
        .hasMessageContaining("without taking back");

    engine.cancel(run, "enough", false);
    engine.cancel(run, "enough", false);
    assertThatThrownBy(() -> engine.cancel(run, "enough", true))
        .isInstanceOf(ActionException.class)
        .hasMessageContaining("without taking back");
  }

  // -- A run that does not hold still -------------------------------------------------------------

  @Test
  void aRunThatIsDrivenAgainMeanwhileIsCancelledAllTheSame() {
    broken = true;
    OpsAutomator engine = engine(UnaryOperator.identity());
    RunId run = begun(engine);
    world.store.beforeNext(
        "Runs.move",
        () -> {
          world.pass(Duration.ofHours(1));
          assertThat(only(engine).state()).isEqualTo(State.FAILED);
          broken = false;
          engine.redrive(run, Set.of());
        });

    engine.cancel(run, "enough", false);
    world.pass(Duration.ofHours(1));

    assertThat(only(engine).drive().number()).isEqualTo(1);
    assertThat(only(engine).state()).isEqualTo(State.CANCELLED);
  }

  @Test
  void aQueuedRunThatBeginsMeanwhileIsCancelledAllTheSame() {
    OpsAutomator engine = engine(UnaryOperator.identity());
    begun(engine);
    RunId queued = engine.run(NAME, "next");
    assertThat(world.store.runs().find(queued).orElseThrow().state()).isEqualTo(State.QUEUED);
    world.store.beforeNext("Runs.move", () -> world.pass(DUSK.plusMinutes(2)));

    engine.cancel(queued, "enough", false);
    world.pass(Duration.ofHours(1));

    assertThat(world.store.runs().find(queued).orElseThrow().state()).isEqualTo(State.CANCELLED);
  }

  @Test
  void aQueuedRunThatIsCancelledNeverBegins() {
    OpsAutomator engine = engine(UnaryOperator.identity());
    begun(engine);
    RunId queued = engine.run(NAME, "next");

    engine.cancel(queued, "enough", false);
    world.pass(Duration.ofHours(2));

    assertThat(world.store.runs().find(queued).orElseThrow().state()).isEqualTo(State.CANCELLED);
    assertThat(calls).hasSize(3);
  }
}
