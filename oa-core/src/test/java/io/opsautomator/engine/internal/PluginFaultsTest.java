package io.opsautomator.engine.internal;

import static io.opsautomator.action.Evidence.confirmed;
import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.OpsAutomator;
import io.opsautomator.action.Action;
import io.opsautomator.action.ActionContext;
import io.opsautomator.action.ActionMetadata;
import io.opsautomator.action.Completion;
import io.opsautomator.action.Invocation;
import io.opsautomator.action.Outcome;
import io.opsautomator.audit.AuditEvent;
import io.opsautomator.dispatch.ConcurrencyKey;
import io.opsautomator.engine.internal.World.Lamp;
import io.opsautomator.resource.Aggregation;
import io.opsautomator.resource.Choice;
import io.opsautomator.resource.Resource;
import io.opsautomator.resource.Unit;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Execution.Status;
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

  private static OpsAutomator begun(OpsAutomator.Builder builder, Action<?> action) {
    OpsAutomator engine = builder.action(action).build();
    Task.Builder task = Task.named("lights").action("Switch").where("*");
    boolean wide = action instanceof Action.Regrouping<?, ?>;
    assertThat(engine.put((wide ? task.regions("eu-west-1", "eu-north-1") : task).build()))
        .isEmpty();
    engine.work();
    engine.run(NAME, "r");
    return engine;
  }

  private Run run(OpsAutomator.Builder builder, Action<?> action) {
    OpsAutomator engine = begun(builder, action);
    world.pass(Duration.ofHours(3));
    return engine.history(Optional.of(NAME), 1).get(0);
  }

  private record Refining(Switch like) implements Action.Refining<Switch.Params, Lamp> {
    @Override
    public ActionMetadata<Switch.Params> metadata() {
      return like.metadata();
    }

    @Override
    public Choice<Lamp> refine(Resource<Lamp> lamp, Switch.Params parameters, Invocation caller) {
      if (lamp.id().equals("lamp-1")) {
        throw new IllegalStateException(lamp.id() + " is odd");
      }
      return Choice.keep(lamp);
    }

    @Override
    public Outcome execute(ActionContext<Switch.Params> context) {
      return like.execute(context);
    }
  }

  private record Regrouping(Switch like) implements Action.Regrouping<Switch.Params, Lamp> {
    @Override
    public ActionMetadata<Switch.Params> metadata() {
      return like.metadata();
    }

    @Override
    public List<List<Resource<Lamp>>> regroup(
        List<Resource<Lamp>> group, Switch.Params parameters) {
      if (group.stream().anyMatch(lamp -> lamp.scope().equals(World.NORTH))) {
        throw new UnsupportedOperationException("no groups today");
      }
      return List.of(group);
    }

    @Override
    public Outcome execute(ActionContext<Switch.Params> context) {
      return like.execute(context);
    }
  }

  private record Keyed(Switch like) implements Action.Keyed<Switch.Params> {
    @Override
    public ActionMetadata<Switch.Params> metadata() {
      return like.metadata();
    }

    @Override
    public ConcurrencyKey concurrencyKey(Unit unit, Switch.Params parameters) {
      if (unit.key().endsWith("lamp-1")) {
        throw new IllegalStateException("no key for " + unit.key());
      }
      return new ConcurrencyKey("lamps");
    }

    @Override
    public Outcome execute(ActionContext<Switch.Params> context) {
      return like.execute(context);
    }
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

  @Test
  void aRefinementThatFailsFailsItsSlice() {
    Run run = run(world.builder(), new Refining(off));

    assertThat(run.state()).isEqualTo(State.FAILED);
    assertThat(run.summary().reason())
        .contains(World.HOME.key() + " could not be listed: ERR_UNEXPECTED")
        .contains("IllegalStateException: lamp-1 is odd");
  }

  @Test
  void aRegroupingThatFailsFailsTheRunBeforeAnythingIsStarted() {
    Run run =
        run(world.builder(), new Regrouping(new Switch("Switch", Aggregation.TASK, 0, off.body())));

    assertThat(run.state()).isEqualTo(State.FAILED);
    assertThat(run.summary().reason()).contains("ERR_UNEXPECTED").contains("no groups today");
    assertThat(calls).isEmpty();
  }

  @Test
  void aRegroupingThatFailsForOneRegionCancelsWhatHasNotBegunInTheOthers() {
    Run run =
        run(
            world.builder(),
            new Regrouping(new Switch("Switch", Aggregation.REGION, 0, off.body())));

    assertThat(run.state()).isEqualTo(State.CANCELLED);
    assertThat(run.summary().reason()).contains("ERR_UNEXPECTED").contains("no groups today");
  }

  @Test
  void aConcurrencyKeyThatCannotBeWorkedOutStartsNothingWithoutIt() {
    Run run = run(world.builder(), new Keyed(off.atMost(1)));

    assertThat(run.state()).isIn(State.FAILED, State.PARTIAL);
    assertThat(run.summary().reason()).contains("ERR_UNEXPECTED").contains("no key for");
    assertThat(calls).noneMatch(key -> key.endsWith("lamp-1"));
  }

  @Test
  void anActionWhoseClassesAreMissingFailsAtOnce() {
    Switch incomplete =
        Switch.each(
            ctx -> {
              calls.add("tried");
              throw new NoClassDefFoundError("com/example/Client");
            });
    world.lamps = 1;
    Run run = run(world.builder(), incomplete);

    assertThat(run.state()).isEqualTo(State.FAILED);
    assertThat(calls).containsExactly("tried");
    assertThat(world.events(AuditEvent.Moved.class))
        .filteredOn(moved -> moved.to() == Status.FAILED)
        .extracting(AuditEvent.Moved::reason)
        .containsExactly("ERR_UNEXPECTED: java.lang.NoClassDefFoundError: com/example/Client");
  }

  @Test
  void whatCouldNotBeReplayedIsNotSaidToBeTakenBack() {
    Switch forgetful =
        Switch.each(
            ctx -> {
              if (!calls.isEmpty()) {
                throw new IllegalStateException("I do not do this any more");
              }
              ctx.effects().idempotent("off", () -> calls.add("off")).undo(() -> calls.add("on"));
              ctx.effects().await(Completion.when("dark", waited -> false));
              return Outcome.of("x", confirmed("dark"));
            });
    world.lamps = 1;
    OpsAutomator engine = begun(world.builder(), forgetful);
    world.pass(Duration.ofSeconds(5));
    RunId run = engine.history(Optional.of(NAME), 1).get(0).id();
    engine.cancel(run, "changed my mind", true);
    world.pass(Duration.ofHours(1));

    Execution execution = engine.executions(run).get(0);
    assertThat(execution.status()).isEqualTo(Status.FAILED);
    assertThat(execution.progress().outcome().orElseThrow())
        .contains("what was done cannot be taken back")
        .contains("I do not do this any more");
    assertThat(calls).containsExactly("off");
  }

  // -- Actions that are no longer there -----------------------------------------------------------

  private final Switch waiting =
      Switch.each(
              ctx -> {
                ctx.effects().idempotent("off", () -> calls.add(ctx.unit().key()));
                ctx.effects()
                    .await(
                        Completion.when(
                            "dark", waited -> waited.compareTo(Duration.ofMinutes(5)) > 0));
                ctx.effects().idempotent("tell", () -> calls.add("told"));
                return Outcome.of("x", confirmed("dark"));
              })
          .atMost(2);

  private static Run only(OpsAutomator engine) {
    List<Run> runs = engine.history(Optional.of(NAME), 9);
    assertThat(runs).hasSize(1);
    return runs.get(0);
  }

  @Test
  void whatIsLeftOfARunWhoseActionIsGoneFailsAndGoesOnWhenItIsBack() {
    begun(world.builder(), waiting);
    world.pass(Duration.ofMinutes(1));
    world.kill();
    OpsAutomator without = world.engine();
    without.work();
    world.pass(Duration.ofHours(1));

    assertThat(only(without).state()).isEqualTo(State.FAILED);
    assertThat(without.executions(only(without).id()))
        .hasSize(3)
        .allSatisfy(
            execution ->
                assertThat(execution.progress().outcome().orElseThrow())
                    .contains("no action Switch is installed here; redrive the run"));
    assertThat(world.store.gates().find(new GateKey("action/Switch")).orElseThrow().held())
        .isEmpty();
    without.close();

    OpsAutomator with = world.engine(waiting);
    with.work();
    with.redrive(only(with).id(), Set.of());
    world.pass(Duration.ofHours(1));
    assertThat(only(with).state()).isEqualTo(State.COMPLETE);
    assertThat(calls).hasSize(6).containsOnlyOnce(World.HOME.key() + "/lamp-0");
  }

  @Test
  void aRunWhoseActionIsGoneBeforeItsSelectionEnds() {
    begun(world.builder(), waiting);
    world.kill();
    OpsAutomator without = world.engine();
    without.work();
    world.pass(Duration.ofHours(1));

    assertThat(only(without).state()).isEqualTo(State.FAILED);
    assertThat(only(without).summary().reason()).contains("no action Switch is installed here");
  }
}
