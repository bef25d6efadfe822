package io.opsautomator.engine.internal;

import static io.opsautomator.action.Evidence.confirmed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.opsautomator.OpsAutomator;
import io.opsautomator.action.Completion;
import io.opsautomator.action.Outcome;
import io.opsautomator.action.RefusedException;
import io.opsautomator.action.TransientException;
import io.opsautomator.audit.AuditEvent;
import io.opsautomator.resource.Aggregation;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.store.Page;
import io.opsautomator.store.Run;
import io.opsautomator.store.Run.State;
import io.opsautomator.task.RunId;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskName;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Corners of the engine that the simulator found: each was wrong once. */
final class CornersTest {
  private static final TaskName NAME = new TaskName("lights");
  private final World world = new World();

  private final Switch simple =
      Switch.each(
          ctx -> {
            ctx.effects().idempotent("off", () -> {});
            return Outcome.of("x", confirmed("off"));
          });

  private static Task.Builder task() {
    return Task.named("lights").action("Switch").where("*");
  }

  private OpsAutomator begun(Task task, Switch action) {
    OpsAutomator engine = world.engine(action);
    assertThat(engine.put(task)).isEmpty();
    engine.work();
    return engine;
  }

  private static Run only(OpsAutomator engine) {
    return engine.history(Optional.of(NAME), 1).get(0);
  }

  private void dies(String after, Runnable meanwhile) {
    world.store.dieAfter(after);
    assertThatThrownBy(meanwhile::run).isInstanceOf(CountingStore.Death.class);
    world.kill();
  }

  @Test
  void aTakeOverIsToldAsOneAndNotAsASecondBeginning() {
    world.lamps = 1;
    AtomicInteger calls = new AtomicInteger();
    Switch deadlyOnce =
        Switch.each(
            ctx -> {
              ctx.effects()
                  .idempotent(
                      "off",
                      () -> {
                        if (calls.incrementAndGet() == 1) {
                          throw new CountingStore.Death();
                        }
                      });
              return Outcome.of("x", confirmed("off"));
            });
    OpsAutomator first = begun(task().build(), deadlyOnce);
    first.run(NAME, "r");
    assertThatThrownBy(() -> world.pass(Duration.ofMinutes(1)))
        .isInstanceOf(CountingStore.Death.class);
    world.kill();

    world.engine(deadlyOnce).work();
    world.pass(Duration.ofHours(1));

    assertThat(world.events(AuditEvent.Moved.class))
        .extracting(AuditEvent.Moved::from, AuditEvent.Moved::to)
        .startsWith(tuple(Status.READY, Status.RUNNING), tuple(Status.RUNNING, Status.RUNNING));
  }

  @Test
  void aCancelledRunWhoseListerHasDiedIsClosed() {
    world.lamps = 9;
    OpsAutomator first = begun(task().build(), simple);
    RunId run = first.run(NAME, "r");
    dies("Selections.append", () -> world.pass(Duration.ofHours(1)));

    OpsAutomator second = world.engine(simple);
    second.cancel(run, "enough", false);
    second.work();
    world.pass(Duration.ofHours(2));

    assertThat(only(second).state()).isEqualTo(State.CANCELLED);
    assertThat(second.executions(run)).extracting(Execution::status).allMatch(Status::ended);
  }

  @Test
  void aCancelledRunIsNotClosedWhileSomebodyMayStillMakeExecutionsOfIt() {
    world.lamps = 3;
    Switch whole = new Switch("Switch", Aggregation.ACCOUNT, 0, simple.body());
    OpsAutomator first = begun(task().build(), whole);
    RunId run = first.run(NAME, "r");
    dies("Executions.create", () -> world.pass(Duration.ofHours(1)));

    OpsAutomator second = world.engine(whole);
    second.cancel(run, "enough", false);
    assertThat(only(second).state()).isEqualTo(State.CANCELLING);
    second.work();
    world.pass(Duration.ofHours(2));

    assertThat(only(second).state()).isEqualTo(State.CANCELLED);
    assertThat(second.executions(run))
        .extracting(Execution::status)
        .containsExactly(Status.CANCELLED);
  }

  @Test
  void aSlotThatWasGrantedToOneThatIsCancelledIsNotKeptFromTheEndOfItsRun() {
    world.lamps = 1;
    OpsAutomator first = begun(task().build(), simple.atMost(1));
    RunId run = first.run(NAME, "r");
    dies("Gates.fill", () -> world.pass(Duration.ofHours(1)));

    OpsAutomator second = world.engine(simple.atMost(1));
    second.cancel(run, "enough", false);
    second.work();
    world.pass(Duration.ofHours(2));

    assertThat(only(second).state()).isEqualTo(State.CANCELLED);
  }

  @Test
  void aListingWhoseTokensNeverLastIsGivenUp() {
    world.lamps = 9;
    world.unreadable.put(World.HOME.key() + "@4", new RefusedException("ExpiredToken", "too late"));
    OpsAutomator engine = begun(task().regions("eu-west-1").build(), simple);
    RunId run = engine.run(NAME, "r");
    world.pass(Duration.ofHours(1));

    assertThat(only(engine).state()).isEqualTo(State.PARTIAL);
    assertThat(only(engine).summary().reason()).contains("ExpiredToken");
    assertThat(
            world.store.selections().pages(run, World.HOME, 0, 100).stream()
                .flatMap(page -> page.items().stream())
                .map(Page.Item::key))
        .hasSize(4)
        .doesNotHaveDuplicates();
  }

  @Test
  void aDryRunIsAskedAgainWhenItsFactsGetNoAnswer() {
    world.lamps = 1;
    AtomicInteger asked = new AtomicInteger();
    Switch looking =
        Switch.each(
            ctx -> {
              ctx.effects().fact("state", String.class, () -> answer(asked));
              ctx.effects().idempotent("off", () -> {});
              return Outcome.of("x", confirmed("off"));
            });
    OpsAutomator engine = begun(task().regions("eu-west-1").dryrun().build(), looking);
    engine.run(NAME, "r");
    world.pass(Duration.ofHours(1));

    assertThat(only(engine).state()).isEqualTo(State.COMPLETE);
    assertThat(asked).hasValue(2);
  }

  private static String answer(AtomicInteger asked) {
    if (asked.incrementAndGet() == 1) {
      throw new TransientException(TransientException.Kind.THROTTLED, "Throttling", "slowly", null);
    }
    return "on";
  }

  @Test
  void whoEndedAnExecutionAndDiedLeavesItsSlotToTheNextDeliveryOfTheCheck() {
    world.lamps = 2;
    Switch waiting =
        Switch.each(
                ctx ->
                    ctx.effects()
                        .await(
                            Completion.when(
                                "dark", waited -> waited.compareTo(Duration.ofMinutes(5)) > 0))
                        .outcome(dark -> Outcome.of("x", confirmed("dark"))))
            .atMost(1);
    OpsAutomator first = begun(task().regions("eu-west-1").build(), waiting);
    first.run(NAME, "r");
    world.pass(Duration.ofMinutes(2));
    dies("Executions.advance", () -> world.pass(Duration.ofHours(1)));

    OpsAutomator second = world.engine(waiting);
    second.work();
    world.pass(Duration.ofHours(2));

    assertThat(only(second).state()).isEqualTo(State.COMPLETE);
  }
}
