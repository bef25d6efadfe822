package io.opsautomator.engine.internal;

import static io.opsautomator.action.Evidence.confirmed;
import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.OpsAutomator;
import io.opsautomator.action.ActionContext;
import io.opsautomator.action.Completion;
import io.opsautomator.action.Outcome;
import io.opsautomator.action.RefusedException;
import io.opsautomator.action.TransientException;
import io.opsautomator.audit.AuditEvent;
import io.opsautomator.engine.internal.World.Lamp;
import io.opsautomator.resource.Aggregation;
import io.opsautomator.schedule.Schedule;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.store.Run;
import io.opsautomator.store.Run.State;
import io.opsautomator.task.RunId;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class EngineTest {
  private static final TaskName NAME = new TaskName("lights");
  private final World world = new World();
  private final List<String> calls = new ArrayList<>();

  private Outcome switchOff(ActionContext<Switch.Params> context) {
    String id =
        context.resource(Lamp.TYPE).scope().region().value()
            + "/"
            + context.resource(Lamp.TYPE).id();
    return context
        .effects()
        .idempotent(
            "off",
            String.class,
            () -> {
              calls.add(id);
              return "off";
            })
        .outcome(state -> Outcome.of(id, confirmed(state)));
  }

  private static Task.Builder task() {
    return task("*", "*");
  }

  private static Task.Builder task(String filter, String regions) {
    return Task.named("lights").action("Switch").where(filter).regions(regions);
  }

  private Run runOnce(OpsAutomator engine) {
    RunId run = engine.run(NAME, "r1");
    world.pass(Duration.ofHours(3));
    return engine.history(Optional.of(NAME), 1).stream()
        .filter(r -> r.id().equals(run))
        .findFirst()
        .orElseThrow();
  }

  private OpsAutomator engine(Task task, Switch action) {
    OpsAutomator engine = world.engine(action);
    assertThat(engine.put(task)).isEmpty();
    engine.work();
    return engine;
  }

  @Test
  void everySelectedResourceIsActedOnOnce() {
    Run run = runOnce(engine(task().build(), Switch.each(this::switchOff)));

    assertThat(run.state()).isEqualTo(State.COMPLETE);
    assertThat(run.summary().succeeded()).isEqualTo(6);
    assertThat(calls).hasSize(6).doesNotHaveDuplicates();
  }

  @Test
  void theTagFilterDecides() {
    runOnce(engine(task("room=attic", "*").build(), Switch.each(this::switchOff)));

    assertThat(calls).containsExactlyInAnyOrder("eu-west-1/lamp-1", "eu-north-1/lamp-1");
  }

  @Test
  void askingTwiceRunsOnce() {
    OpsAutomator engine = engine(task().build(), Switch.each(this::switchOff));

    assertThat(engine.run(NAME, "x")).isEqualTo(engine.run(NAME, "x"));
    world.pass(Duration.ofMinutes(1));
    assertThat(calls).hasSize(6);
  }

  @Test
  void aLimitIsKeptAndEverybodyGetsATurn() {
    world.lamps = 40;
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Switch slow =
        Switch.each(
                ctx -> {
                  ctx.effects()
                      .idempotent(
                          "begin",
                          () -> most.accumulateAndGet(running.incrementAndGet(), Math::max));
                  ctx.effects().await(Completion.when("done", waited -> true));
                  ctx.effects().idempotent("end", running::decrementAndGet);
                  return Outcome.of(ctx.unit().key(), confirmed("off"));
                })
            .atMost(3);

    Run run = runOnce(engine(task().build(), slow));

    assertThat(run.summary().succeeded()).isEqualTo(80);
    assertThat(most).hasValue(3);
  }

  @Test
  void aRefusalFailsOneExecutionAndNoOther() {
    Switch moody =
        Switch.each(
            ctx -> {
              if (ctx.unit().key().endsWith("lamp-1")) {
                ctx.effects()
                    .idempotent(
                        "off",
                        () -> {
                          throw new RefusedException("Stuck", "the switch is stuck");
                        });
              }
              return switchOff(ctx);
            });

    Run run = runOnce(engine(task().build(), moody));

    assertThat(run.state()).isEqualTo(State.PARTIAL);
    assertThat(run.summary().failed()).isEqualTo(2);
    assertThat(world.events(AuditEvent.Moved.class))
        .filteredOn(moved -> moved.to() == Status.FAILED)
        .allSatisfy(moved -> assertThat(moved.reason()).contains("Stuck: the switch is stuck"));
  }

  @Test
  void whatIsThrottledIsAskedAgain() {
    AtomicInteger tries = new AtomicInteger();
    Switch throttled =
        Switch.each(
            ctx ->
                ctx.effects()
                    .idempotent(
                        "off",
                        String.class,
                        () -> {
                          if (tries.incrementAndGet() % 3 != 0) {
                            throw new TransientException(
                                TransientException.Kind.THROTTLED, "Throttling", "slow down", null);
                          }
                          return "off";
                        })
                    .outcome(state -> Outcome.of("x", confirmed(state))));

    Run run = runOnce(engine(task().build(), throttled));

    assertThat(run.state()).isEqualTo(State.COMPLETE);
    assertThat(tries).hasValue(18);
  }

  @Test
  void w22_aWaitThatNeverEndsTimesOut() {
    Switch never =
        Switch.each(
            ctx -> {
              ctx.effects()
                  .await(Completion.when("dark", waited -> false).within(Duration.ofMinutes(20)))
                  .get();
              return Outcome.of("x", confirmed("dark"));
            });

    OpsAutomator engine = engine(task().build(), never);
    Run run = runOnce(engine);

    assertThat(run.state()).isEqualTo(State.FAILED);
    assertThat(engine.executions(run.id()))
        .extracting(Execution::status)
        .containsOnly(Status.TIMED_OUT);
  }

  @Test
  void w13_aSliceThatCannotBeReadMakesTheRunPartial_andTheOthersGoOn() {
    world.unreadable.put(
        World.NORTH.key(), new RefusedException("UnauthorizedOperation", "no permission"));

    Run run = runOnce(engine(task().build(), Switch.each(this::switchOff)));

    assertThat(run.state()).isEqualTo(State.PARTIAL);
    assertThat(run.summary().reason())
        .contains("111122223333/eu-north-1 could not be listed")
        .contains("UnauthorizedOperation");
    assertThat(calls).hasSize(3);
  }

  @Test
  void w15_aScheduleFiresWhenItIsDueAndItsSelectionIsNotLost() {
    OpsAutomator engine = world.engine(Switch.each(this::switchOff));
    engine.put(task().on(Schedule.cron("0 */6 * * *", "UTC")).build());
    engine.start();
    world.pass(Duration.ofDays(1));

    assertThat(engine.history(Optional.of(NAME), 10))
        .extracting(Run::state)
        .containsOnly(State.COMPLETE)
        .hasSize(4);
    assertThat(calls).hasSize(24);
  }

  @Test
  void aPlanListsStepsAndCallsNothing() {
    var plan = engine(task().build(), Switch.each(this::switchOff)).plan(task().build());

    assertThat(plan.units()).hasSize(6);
    assertThat(plan.units().get(0).steps()).extracting("name").containsExactly("off");
    assertThat(calls).isEmpty();
  }

  @Test
  void w72_cancellingTakesBackWhatWasDone() {
    Switch waiting =
        Switch.each(
            ctx -> {
              ctx.effects()
                  .idempotent("off", () -> calls.add("off"))
                  .undo(() -> calls.add("on again"));
              ctx.effects().await(Completion.when("dark", waited -> false));
              return Outcome.of("x", confirmed("dark"));
            });
    OpsAutomator engine = engine(task("*", "eu-west-1").build(), waiting);
    RunId run = engine.run(NAME, "r1");
    world.pass(Duration.ofMinutes(1));

    engine.cancel(run, "changed my mind", true);
    world.pass(Duration.ofHours(1));

    assertThat(calls).containsExactly("off", "off", "off", "on again", "on again", "on again");
    assertThat(engine.history(Optional.of(NAME), 1).get(0).state()).isEqualTo(State.CANCELLED);
  }

  @Test
  void w3_whatNoMessageSpeaksOfAnyMoreIsFoundAndGoesOn() {
    Switch steps =
        Switch.each(
            ctx -> {
              ctx.effects().idempotent("one", () -> calls.add("one"));
              ctx.effects().await(Completion.when("between", waited -> true));
              ctx.effects().idempotent("two", () -> calls.add("two"));
              return Outcome.of(ctx.unit().key(), confirmed("done"));
            });
    OpsAutomator first = engine(task("*", "eu-west-1").build(), steps);
    RunId run = first.run(NAME, "r1");
    world.pass(Duration.ofSeconds(5));
    world.kill();

    OpsAutomator second = world.engine(steps);
    second.work();
    world.pass(Duration.ofHours(1));

    assertThat(second.history(Optional.of(NAME), 1).get(0).state()).isEqualTo(State.COMPLETE);
    assertThat(second.executions(run)).hasSize(3);
    assertThat(calls).containsExactly("one", "one", "one", "two", "two", "two");
  }

  @Test
  void w1_aServiceThatIsDownForLongIsAskedUntilTheDeadlineAndNoLonger() {
    AtomicInteger tries = new AtomicInteger();
    Switch down =
        Switch.each(
            ctx -> {
              ctx.effects()
                  .idempotent(
                      "off",
                      () -> {
                        tries.incrementAndGet();
                        throw new TransientException(
                            TransientException.Kind.IN_DOUBT, "ServiceUnavailable", "down", null);
                      });
              return Outcome.of("x", confirmed("off"));
            });
    world.lamps = 1;
    OpsAutomator engine = engine(task("*", "eu-west-1").build(), down);
    Run run = runOnce(engine);

    assertThat(run.state()).isEqualTo(State.FAILED);
    assertThat(tries.get()).isGreaterThan(50);
    assertThat(engine.executions(run.id()).get(0).progress().outcome())
        .hasValueSatisfying(
            json -> assertThat(json).contains("ServiceUnavailable").contains("no answer after"));
  }

  @Test
  void w36_everyUnitCarriesItsOwnScope() {
    List<String> scopes = new ArrayList<>();
    Switch telling =
        Switch.each(
            ctx -> {
              scopes.add(ctx.scope().key() + "=" + ctx.resource(Lamp.TYPE).scope().key());
              return Outcome.of("x", confirmed("seen"));
            });
    runOnce(engine(task().build(), telling));

    assertThat(scopes)
        .hasSize(6)
        .allSatisfy(scope -> assertThat(scope.split("=")[0]).isEqualTo(scope.split("=")[1]));
  }

  @Test
  void aRegionIsOneUnitWhenTheActionSaysSo() {
    Switch regional =
        new Switch(
            "Switch",
            Aggregation.REGION,
            0,
            ctx -> {
              calls.add(ctx.unit().key() + ":" + ctx.resources(Lamp.TYPE).size());
              return Outcome.of("x", confirmed("done"));
            });
    world.lamps = 5;
    Run run = runOnce(engine(task().batchSize(2).build(), regional));

    assertThat(run.state()).isEqualTo(State.COMPLETE);
    assertThat(calls)
        .hasSize(6)
        .contains("111122223333/eu-west-1#0:2", "111122223333/eu-west-1#2:1");
  }

  @Test
  void whatIsAboveARegionStartsNothingWhenASliceCannotBeRead() {
    world.unreadable.put(World.NORTH.key(), new RefusedException("Denied", "no"));
    Switch all =
        new Switch(
            "Switch",
            Aggregation.TASK,
            0,
            ctx -> Outcome.of("x", confirmed(calls.add("called") + "")));
    Run run = runOnce(engine(task().build(), all));

    assertThat(run.state()).isEqualTo(State.FAILED);
    assertThat(run.summary().reason()).contains("nothing was started");
    assertThat(calls).isEmpty();
  }

  @Test
  void secretsAppearInNoEventAndNoOutcome() {
    Switch leaky =
        Switch.each(
            ctx -> {
              ctx.warn("WARN_LEAK", "the key is " + ctx.parameters().key());
              ctx.effects().fact("key", String.class, () -> "read " + ctx.parameters().key());
              throw new RefusedException("Denied", "wrong key " + ctx.parameters().key());
            });
    OpsAutomator engine = engine(task().with("Key", "s3cr3t-value").build(), leaky);
    Run run = runOnce(engine);

    assertThat(world.events).isNotEmpty();
    assertThat(world.events.toString()).doesNotContain("s3cr3t-value").contains("****");
    assertThat(engine.executions(run.id()))
        .allSatisfy(x -> assertThat(x.progress().outcome().orElse("")).doesNotContain("s3cr3t"));
  }

  @Test
  void closingHandsUnstartedAndFreeWorkBack() {
    Switch slow =
        Switch.each(
            ctx -> {
              ctx.effects().idempotent("one", () -> calls.add("one"));
              ctx.effects().await(Completion.when("between", waited -> true));
              return Outcome.of("x", confirmed("done"));
            });
    OpsAutomator first = engine(task().build(), slow);
    RunId run = first.run(NAME, "r");
    world.pass(Duration.ofSeconds(1));
    first.close();

    OpsAutomator second = world.engine(slow);
    second.work();
    world.pass(Duration.ofHours(1));

    assertThat(second.executions(run))
        .hasSize(6)
        .extracting(Execution::status)
        .containsOnly(Status.SUCCEEDED);
    assertThat(calls).hasSize(6);
  }
}
