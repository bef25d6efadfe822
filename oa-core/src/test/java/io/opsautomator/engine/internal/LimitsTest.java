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
import io.opsautomator.audit.AuditEvent.Turn;
import io.opsautomator.resource.ResourceSelector.Query;
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
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** How far a run goes before it is stopped, and how what has failed is done again. */
final class LimitsTest {
  private static final TaskName NAME = new TaskName("lights");

  private final World world = new World();
  private final Set<String> broken = new HashSet<>();
  private final List<String> begun = new ArrayList<>();
  private int requests;
  private int failures;
  private int begunAfterTheLimit;
  private int mostFailures = Integer.MAX_VALUE;

  private OpsAutomator engine(UnaryOperator<Task.Builder> with) {
    Task.Builder task = Task.named("lights").action("Switch").where("room=*").regions("*");
    OpsAutomator engine = world.engine(Switch.each(this::switchOff));
    assertThat(engine.put(with.apply(task).build())).isEmpty();
    engine.work();
    return engine;
  }

  private Outcome switchOff(ActionContext<Switch.Params> ctx) {
    String lamp = ctx.unit().key();
    ctx.effects()
        .idempotent(
            "off",
            () -> {
              begunAfterTheLimit += failures >= mostFailures ? 1 : 0;
              begun.add(lamp);
            });
    ctx.effects().await(Completion.when("is off", waited -> true));
    if (broken.contains(lamp)) {
      ctx.effects()
          .idempotent(
              "check",
              () -> {
                failures++;
                throw new RefusedException("Broken", lamp + " is broken");
              });
    }
    return Outcome.of(lamp, Evidence.confirmed("off"));
  }

  private Run find(OpsAutomator engine, RunId id) {
    return engine.history(Optional.of(NAME), 100).stream()
        .filter(run -> run.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private Run runToItsEnd(OpsAutomator engine) {
    RunId id = engine.run(NAME, "request-" + requests++);
    world.pass(Duration.ofHours(6));
    return find(engine, id);
  }

  private List<String> turns() {
    return world.events(AuditEvent.Steered.class).stream().map(e -> e.turn().name()).toList();
  }

  private void breakAll() {
    for (int i = 0; i < world.lamps; i++) {
      broken.add(World.HOME.key() + "/lamp-" + i);
      broken.add(World.NORTH.key() + "/lamp-" + i);
    }
  }

  // -- How much -----------------------------------------------------------------------------------

  @Test
  void aShareIsOfAllThatThereIsSoNothingIsLeftOutAtTheSource() {
    runToItsEnd(engine(task -> task.maxResources("50%")));
    assertThat(world.queries).isNotEmpty().containsOnly(Query.ALL);

    LimitsTest other = new LimitsTest();
    other.runToItsEnd(other.engine(task -> task.maxResources("50")));
    assertThat(other.world.queries).isNotEmpty().containsOnly(new Query(Optional.of("room")));
  }

  // -- Errors -------------------------------------------------------------------------------------

  @Test
  void afterTheNthFailureNothingMoreIsStartedAndTheRestIsSaidNotToHaveBeen() {
    world.lamps = 20;
    breakAll();

    Run run = runToItsEnd(engine(task -> task.maxErrors("3").maxConcurrent(1)));

    assertThat(run.state()).isEqualTo(State.FAILED);
    assertThat(run.summary().failed()).isEqualTo(3);
    assertThat(run.summary().notStarted()).isEqualTo(37);
    assertThat(run.summary().reason())
        .isEqualTo("3 executions failed, and no more than 2 may; 37 not started");
    assertThat(begun).hasSize(3);
    assertThat(turns()).contains(Turn.HALTED.name());
  }

  @Test
  void aTenthOfFiftyIsTheFifthFailure() {
    world.lamps = 25;
    breakAll();

    Run run = runToItsEnd(engine(task -> task.maxErrors("10%").maxConcurrent(1)));

    assertThat(run.summary().failed()).isEqualTo(5);
    assertThat(run.summary().notStarted()).isEqualTo(45);
    assertThat(begun).hasSize(5);
  }

  @Test
  void whatWasAtWorkWhenTheLimitWasReachedGoesOnToItsEnd() {
    world.lamps = 20;
    breakAll();

    Run run = runToItsEnd(engine(task -> task.maxErrors("3").maxConcurrent(4)));

    assertThat(run.summary().failed()).isBetween(3, 3 + 3);
    assertThat(run.summary().failed() + run.summary().notStarted()).isEqualTo(40);
  }

  /** Stops before starting the next one after n failures, for every n, limit and set of faults. */
  @Test
  void noExecutionBeginsAfterTheNthFailureHasBeenRecorded() {
    SplittableRandom random = new SplittableRandom(11);
    for (int i = 0; i < 150; i++) {
      LimitsTest one = new LimitsTest();
      one.world.lamps = 1 + random.nextInt(15);
      for (int lamp = 0; lamp < one.world.lamps; lamp++) {
        if (random.nextInt(3) == 0) {
          one.broken.add(World.HOME.key() + "/lamp-" + lamp);
        }
      }
      int most = 1 + random.nextInt(4);
      one.mostFailures = most;
      Run run = one.runToItsEnd(one.engine(t -> t.maxErrors("" + most).maxConcurrent(1)));
      int all = run.summary().succeeded() + run.summary().failed() + run.summary().notStarted();
      assertThat(one.begunAfterTheLimit).isZero();
      assertThat(run.summary().failed()).isEqualTo(Math.min(most, one.broken.size()));
      assertThat(all).isEqualTo(2 * one.world.lamps);
      assertThat(run.state().ended()).isTrue();
    }
  }

  @Test
  void whatIsNotStartedGivesBackTheSlotsThatItHeld() {
    world.lamps = 10;
    breakAll();
    OpsAutomator engine = engine(task -> task.maxErrors("1").maxConcurrent(2));

    runToItsEnd(engine);
    broken.clear();
    Run again = runToItsEnd(engine);

    assertThat(again.state()).isEqualTo(State.COMPLETE);
  }

  // -- Waves --------------------------------------------------------------------------------------

  @Test
  void theCanaryGoesFirstAndTheOthersOnlyOnceItIsThroughAndHasSoaked() {
    world.lamps = 10;
    OpsAutomator engine = engine(task -> task.canary("1").waves("5").pause(Duration.ofMinutes(30)));
    RunId id = engine.run(NAME, "r");

    world.pass(Duration.ofMinutes(20));
    assertThat(begun).hasSize(1);
    world.pass(Duration.ofMinutes(25));
    assertThat(begun).hasSize(6);
    world.pass(Duration.ofHours(3));

    assertThat(begun).hasSize(20).doesNotHaveDuplicates();
    assertThat(find(engine, id).state()).isEqualTo(State.COMPLETE);
    assertThat(turns())
        .containsExactly(
            "RESTING",
            "NEXT_WAVE",
            "RESTING",
            "NEXT_WAVE",
            "RESTING",
            "NEXT_WAVE",
            "RESTING",
            "NEXT_WAVE");
  }

  @Test
  void aCanaryThatFailsStopsTheRun() {
    world.lamps = 10;
    breakAll();

    Run run = runToItsEnd(engine(task -> task.canary("2").maxErrors("8")));

    assertThat(run.state()).isEqualTo(State.FAILED);
    assertThat(begun).hasSizeLessThanOrEqualTo(2);
    assertThat(run.summary().notStarted()).isGreaterThanOrEqualTo(18);
  }

  @Test
  void aPersonLetsTheNextWaveGo() {
    world.lamps = 5;
    OpsAutomator engine = engine(task -> task.canary("2").approve());
    RunId id = engine.run(NAME, "r");

    world.pass(Duration.ofHours(5));
    assertThat(begun).hasSize(2);
    engine.approve(id);
    world.pass(Duration.ofHours(1));

    assertThat(begun).hasSize(10);
    assertThat(find(engine, id).state()).isEqualTo(State.COMPLETE);
    assertThatThrownBy(() -> engine.approve(id))
        .isInstanceOf(ActionException.class)
        .hasMessageContaining("does not wait for approval: it is COMPLETE");
  }

  @Test
  void aRunThatRestsCanBeCancelled() {
    world.lamps = 5;
    OpsAutomator engine = engine(task -> task.canary("2").approve());
    RunId id = engine.run(NAME, "r");
    world.pass(Duration.ofHours(1));

    engine.cancel(id, "changed my mind", false);
    world.pass(Duration.ofHours(1));

    assertThat(begun).hasSize(2);
    assertThat(find(engine, id).state()).isEqualTo(State.CANCELLED);
    assertThat(find(engine, id).summary().reason()).isEqualTo("changed my mind");
  }

  // -- What was selected --------------------------------------------------------------------------

  @Test
  void moreThanAllowedStartsNothing() {
    world.lamps = 10;

    Run run = runToItsEnd(engine(task -> task.maxResources("19")));

    assertThat(run.state()).isEqualTo(State.FAILED);
    assertThat(run.summary().reason())
        .isEqualTo("nothing was started: 20 resources were selected, and maxResources is 19");
    assertThat(begun).isEmpty();
  }

  @Test
  void aPlanSaysThatNothingWouldBeStarted() {
    world.lamps = 10;
    OpsAutomator engine = engine(task -> task.maxResources("19"));

    assertThat(engine.plan(engine.tasks().get(0)).problems())
        .containsExactly("20 resources were selected, and maxResources is 19");
  }

  @Test
  void aPopulationThatShrankStopsTheRunAndTheNextOneToo() {
    world.lamps = 10;
    OpsAutomator engine = engine(task -> task.maxShrink(20));
    assertThat(runToItsEnd(engine).state()).isEqualTo(State.COMPLETE);

    world.lamps = 7;
    assertThat(runToItsEnd(engine).summary().reason()).contains("only 14 resources");
    assertThat(runToItsEnd(engine).state()).isEqualTo(State.FAILED);

    world.lamps = 8;
    assertThat(runToItsEnd(engine).state()).isEqualTo(State.COMPLETE);
  }

  // -- Again --------------------------------------------------------------------------------------

  @Test
  void whatHasFailedIsDoneAgainAndNothingElse() {
    world.lamps = 4;
    broken.add(World.HOME.key() + "/lamp-1");
    OpsAutomator engine = engine(UnaryOperator.identity());
    Run run = runToItsEnd(engine);
    assertThat(run.state()).isEqualTo(State.PARTIAL);
    broken.clear();

    engine.redrive(run.id(), Set.of());
    world.pass(Duration.ofHours(1));

    assertThat(find(engine, run.id()).state()).isEqualTo(State.COMPLETE);
    assertThat(find(engine, run.id()).summary().succeeded()).isEqualTo(8);
    assertThat(begun).as("its first step had been done already").hasSize(8);
    assertThat(turns()).containsExactly("REDRIVEN");
  }

  @Test
  void whatWasNotStartedBecauseOthersFailedIsStartedByTheNextDrive() {
    world.lamps = 6;
    breakAll();
    OpsAutomator engine = engine(task -> task.maxErrors("2").maxConcurrent(1));
    Run run = runToItsEnd(engine);
    broken.clear();

    engine.redrive(run.id(), Set.of());
    world.pass(Duration.ofHours(2));

    Run again = find(engine, run.id());
    assertThat(again.state()).isEqualTo(State.COMPLETE);
    assertThat(again.summary().succeeded()).isEqualTo(12);
  }

  @Test
  void aNewDriveHasAThresholdOfItsOwn() {
    world.lamps = 6;
    breakAll();
    OpsAutomator engine = engine(task -> task.maxErrors("2").maxConcurrent(1));
    Run run = runToItsEnd(engine);

    engine.redrive(run.id(), Set.of());
    world.pass(Duration.ofHours(2));

    Run again = find(engine, run.id());
    assertThat(again.state()).isEqualTo(State.FAILED);
    assertThat(again.summary().failed()).isEqualTo(2);
    assertThat(again.summary().notStarted()).isEqualTo(10);
  }

  @Test
  void whatSucceededIsNotDrivenAgain() {
    OpsAutomator engine = engine(UnaryOperator.identity());
    Run run = runToItsEnd(engine);

    assertThatThrownBy(() -> engine.redrive(run.id(), Set.of()))
        .isInstanceOf(ActionException.class)
        .hasMessageContaining("is COMPLETE; only what has failed can be done again");
  }

  @Test
  void onlyWhatIsUncertainCanBeNamedAsSuch() {
    broken.add(World.HOME.key() + "/lamp-1");
    OpsAutomator engine = engine(UnaryOperator.identity());
    Run run = runToItsEnd(engine);
    ExecutionId failed =
        engine.executions(run.id()).stream()
            .filter(execution -> execution.status() == Status.FAILED)
            .map(Execution::id)
            .findFirst()
            .orElseThrow();

    assertThatThrownBy(() -> engine.redrive(run.id(), Set.of(failed)))
        .isInstanceOf(ActionException.class)
        .hasMessageContaining("not an uncertain execution")
        .hasMessageContaining(failed.value());
  }
}
