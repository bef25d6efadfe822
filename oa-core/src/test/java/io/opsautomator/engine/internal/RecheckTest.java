package io.opsautomator.engine.internal;

import static io.opsautomator.action.Evidence.confirmed;
import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.OpsAutomator;
import io.opsautomator.action.Outcome;
import io.opsautomator.action.RefusedException;
import io.opsautomator.action.TransientException;
import io.opsautomator.action.TransientException.Kind;
import io.opsautomator.audit.AuditEvent;
import io.opsautomator.resource.Aggregation;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.store.Run;
import io.opsautomator.task.RunId;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Resources are looked at again just before they are acted on. */
final class RecheckTest {
  private static final String FIRST = World.HOME.key() + "/lamp-0";
  private static final String SECOND = World.HOME.key() + "/lamp-2";

  private final World world = new World();
  private final List<String> switched = new ArrayList<>();
  private Runnable meanwhile = () -> {};

  private final Switch action = new Switch("Switch", Aggregation.RESOURCE, 0, this::act);

  private Outcome act(io.opsautomator.action.ActionContext<Switch.Params> ctx) {
    ctx.unit().resources().forEach(lamp -> switched.add(lamp.id()));
    ctx.effects().idempotent("switch", () -> meanwhile.run());
    return Outcome.of("x", confirmed("done"));
  }

  @BeforeEach
  void theHallHasTwoLamps() {
    world.findable = true;
  }

  private static Task.Builder task() {
    return Task.named("lights")
        .action("Switch")
        .where("room=hall")
        .regions("eu-west-1")
        .maxConcurrent(1);
  }

  private List<Execution> executions(OpsAutomator engine, Task task) {
    engine.put(task);
    engine.work();
    RunId run = engine.run(new TaskName("lights"), "now");
    world.pass(Duration.ofMinutes(10));
    assertThat(world.store.runs().find(run).orElseThrow().state().ended()).isTrue();
    return engine.executions(run);
  }

  private void whileTheFirstIsSwitchedTheSecondMovesTo(String room) {
    meanwhile = () -> world.moved.put(SECOND, room);
  }

  @Test
  void whatIsNotSelectedAnyMoreWhenItsTurnComesIsLeftAlone() {
    whileTheFirstIsSwitchedTheSecondMovesTo("attic");

    List<Execution> all = executions(world.engine(action), task().recheck(true).build());

    assertThat(switched).containsExactly("lamp-0");
    assertThat(all).extracting(Execution::status).containsOnly(Status.SUCCEEDED);
    assertThat(all.get(1).progress().outcome().orElseThrow())
        .contains("left alone: lamp-2", "room", "since it was selected", "\"left-alone\":1");
    assertThat(world.events(AuditEvent.Warned.class))
        .singleElement()
        .satisfies(event -> assertThat(event.code()).isEqualTo("WARN_LEFT_ALONE"));
    assertThat(world.events(AuditEvent.RunEnded.class))
        .extracting(AuditEvent.RunEnded::state)
        .containsExactly(Run.State.COMPLETE);
  }

  @Test
  void whatIsGoneWhenItsTurnComesIsNoFailure() {
    whileTheFirstIsSwitchedTheSecondMovesTo("");
    List<Execution> all = executions(world.engine(action), task().recheck(true).build());
    assertThat(switched).containsExactly("lamp-0");
    assertThat(all.get(1).status()).isEqualTo(Status.SUCCEEDED);
    assertThat(all.get(1).progress().outcome().orElseThrow()).contains("is gone");
  }

  @Test
  void anActionThatDestroysNothingIsNotCheckedUnlessItsTaskSaysSo() {
    whileTheFirstIsSwitchedTheSecondMovesTo("attic");
    executions(world.engine(action), task().build());
    assertThat(switched).containsExactly("lamp-0", "lamp-2");
    assertThat(world.looks).isZero();
  }

  @Test
  void whereNobodyCanLookAgainTheSelectionCounts() {
    world.findable = false;
    whileTheFirstIsSwitchedTheSecondMovesTo("attic");
    executions(world.engine(action), task().recheck(true).build());
    assertThat(switched).containsExactly("lamp-0", "lamp-2");
  }

  @Test
  void ofSeveralOnlyThoseThatAreStillSelectedAreActedOn() {
    world.moved.put(SECOND, "attic");
    Switch region = new Switch("Switch", Aggregation.REGION, 0, this::act);
    executions(world.engine(region), task().recheck(true).build());
    assertThat(switched).containsExactly("lamp-0");
  }

  @Test
  void whoTakesOverLeavesTheSameAloneWithoutLookingAgain() {
    world.moved.put(SECOND, "attic");
    OpsAutomator first = world.engine(action);
    first.put(task().recheck(true).build());
    first.work();
    RunId run = first.run(new TaskName("lights"), "now");
    meanwhile =
        () -> {
          world.moved.put(FIRST, "attic");
          throw new CountingStore.Death();
        };
    try {
      world.pass(Duration.ofMinutes(1));
    } catch (CountingStore.Death died) {
      world.kill();
    }
    meanwhile = () -> {};
    OpsAutomator second = world.engine(action);
    second.work();
    world.pass(Duration.ofMinutes(30));

    assertThat(switched).containsExactly("lamp-0", "lamp-0");
    assertThat(second.executions(run)).extracting(Execution::status).containsOnly(Status.SUCCEEDED);
    assertThat(world.looks).isEqualTo(2);
  }

  @Test
  void whatCannotBeLookedAtIsNotActedOn() {
    meanwhile =
        () ->
            world.unreadable.put(
                World.HOME.key(), new RefusedException("AccessDenied", "not for you"));
    List<Execution> all = executions(world.engine(action), task().recheck(true).build());
    assertThat(switched).containsExactly("lamp-0");
    assertThat(all).extracting(Execution::status).containsExactly(Status.SUCCEEDED, Status.FAILED);
  }

  /** What was seen is known to who tries again, though it is not stored yet. */
  @Test
  void whatWasSeenBeforeACancellationIsNotForgottenByIt() {
    Switch throttled =
        Switch.each(
            ctx -> {
              ctx.effects()
                  .fact(
                      "state",
                      String.class,
                      () -> {
                        throw new TransientException(
                            Kind.THROTTLED, "Throttling", "slow down", new RuntimeException());
                      });
              return Outcome.of("x", confirmed("done"));
            });
    OpsAutomator engine = world.engine(throttled);
    engine.put(task().recheck(true).build());
    engine.work();
    RunId run = engine.run(new TaskName("lights"), "now");
    world.pass(Duration.ofSeconds(1));
    engine.cancel(run, "changed my mind", true);
    world.pass(Duration.ofMinutes(30));

    assertThat(engine.executions(run)).extracting(Execution::status).containsOnly(Status.CANCELLED);
  }
}
