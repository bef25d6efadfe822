package io.opsautomator.engine.internal;

import static io.opsautomator.action.Evidence.confirmed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsautomator.OpsAutomator;
import io.opsautomator.action.Completion;
import io.opsautomator.action.Outcome;
import io.opsautomator.action.TransientException;
import io.opsautomator.audit.AuditEvent;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the engine costs, and what it keeps when its process dies at a bad moment. */
final class GuaranteesTest {
  private static final TaskName NAME = new TaskName("lights");
  private final World world = new World();
  private final List<String> calls = new ArrayList<>();

  private final Switch simple =
      Switch.each(
          ctx -> {
            ctx.effects().idempotent("off", () -> calls.add(ctx.unit().key()));
            return Outcome.of("x", confirmed("off"));
          });

  private final Switch waiting =
      Switch.each(
          ctx -> {
            ctx.effects().idempotent("off", () -> calls.add(ctx.unit().key()));
            return ctx.effects()
                .await(
                    Completion.when("dark", waited -> waited.compareTo(Duration.ofMinutes(40)) > 0))
                .outcome(dark -> Outcome.of("x", confirmed("dark")));
          });

  private OpsAutomator engine(Switch action) {
    OpsAutomator engine = world.engine(action);
    engine.put(Task.named("lights").action("Switch").where("*").build());
    engine.work();
    return engine;
  }

  private Run run(OpsAutomator engine) {
    engine.run(NAME, "r");
    world.pass(Duration.ofHours(2));
    return engine.history(Optional.of(NAME), 1).get(0);
  }

  @Test
  void aSimpleExecutionCostsTwoWrites() {
    world.lamps = 50;
    assertThat(run(engine(simple)).state()).isEqualTo(State.COMPLETE);

    assertThat(world.store.count("Executions.claim")).isEqualTo(50);
    assertThat(world.store.count("Executions.advance")).isEqualTo(50);
    assertThat(world.store.count("Executions.find")).isZero();
  }

  @Test
  void w49_aPollWritesAndReadsNothing() {
    world.lamps = 50;
    assertThat(run(engine(waiting)).state()).isEqualTo(State.COMPLETE);

    assertThat(world.store.count("Executions.claim")).isEqualTo(50);
    assertThat(world.store.count("Executions.advance")).isEqualTo(100);
    assertThat(calls).hasSize(50);
  }

  @Test
  void w52_aHandOverCostsOneWriteHoweverManyWait() {
    world.lamps = 1_000;
    assertThat(run(engine(simple.atMost(5))).state()).isEqualTo(State.COMPLETE);

    assertThat(world.store.count("Executions.claim")).isEqualTo(1_000);
    assertThat(world.store.count("Executions.advance")).isEqualTo(1_000);
    assertThat(world.store.count("Gates.handOver")).isEqualTo(1_000);
    assertThat(world.store.count("Gates.find"))
        .as("looks before the run ends")
        .isLessThanOrEqualTo(2);
  }

  @Test
  void w16_theEndOfEachExecutionIsToldOnceAndItsSlotIsFree() {
    world.lamps = 20;
    run(engine(waiting.atMost(3)));
    world.pass(Duration.ofHours(10));

    assertThat(world.events(AuditEvent.Moved.class))
        .filteredOn(moved -> moved.to().ended())
        .extracting(moved -> moved.of().execution())
        .hasSize(20)
        .doesNotHaveDuplicates();
    Gate gate = world.store.gates().find(new GateKey("action/Switch")).orElseThrow();
    assertThat(gate.held()).isEmpty();
    assertThat(gate.waiting()).isFalse();
  }

  @Test
  void w47_whatIsToldComesFromChangesNotFromPolls() {
    world.lamps = 1;
    run(engine(waiting));

    assertThat(world.events(AuditEvent.Moved.class))
        .extracting(AuditEvent.Moved::to)
        .containsExactly(Status.RUNNING, Status.COMPLETING, Status.SUCCEEDED);
  }

  /** Every write that a process can die just after. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Runs.fire",
        "Selections.fanOut",
        "Selections.claim",
        "Selections.append",
        "Selections.end",
        "Selections.dispatched",
        "Selections.ended",
        "Executions.create",
        "Executions.claim",
        "Executions.advance",
        "Gates.enqueue",
        "Gates.fill",
        "Gates.handOver",
        "Runs.move"
      })
  void w4_aDeathAfterAnyWriteIsMended(String fatal) {
    world.lamps = 9;
    Switch steady = waiting.atMost(2);
    OpsAutomator first = engine(steady);
    world.store.dieAfter(fatal);
    assertThatThrownBy(
            () -> {
              first.run(NAME, "r");
              world.pass(Duration.ofHours(20));
            })
        .isInstanceOf(CountingStore.Death.class);
    world.kill();

    OpsAutomator second = world.engine(steady);
    second.work();
    RunId run = second.run(NAME, "r");
    world.pass(Duration.ofHours(24));

    assertThat(second.history(Optional.of(NAME), 10))
        .extracting(Run::state)
        .containsExactly(State.COMPLETE);
    assertThat(second.executions(run))
        .hasSize(9)
        .extracting(Execution::status)
        .containsOnly(Status.SUCCEEDED);
    assertThat(world.store.gates().find(new GateKey("action/Switch")).orElseThrow().held())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Gates.enqueue", "Gates.fill", "Executions.claim", "Gates.handOver"})
  void w4_aRunThatIsCancelledAfterADeathEndsAndLeavesNoSlotTaken(String fatal) {
    world.lamps = 9;
    Switch steady = waiting.atMost(2);
    OpsAutomator first = engine(steady);
    RunId run = first.run(NAME, "r");
    world.store.dieAfter(fatal);
    assertThatThrownBy(() -> world.pass(Duration.ofHours(20)))
        .isInstanceOf(CountingStore.Death.class);
    world.kill();

    OpsAutomator second = world.engine(steady);
    second.work();
    second.cancel(run, "not now", true);
    world.pass(Duration.ofHours(3));

    assertThat(second.history(Optional.of(NAME), 10))
        .extracting(Run::state)
        .containsExactly(State.CANCELLED);
    assertThat(world.store.gates().find(new GateKey("action/Switch")).orElseThrow().held())
        .isEmpty();
  }

  @Test
  void w12_aListingThatWasBrokenOffGoesOnAfterItsLastPage() {
    world.lamps = 9;
    OpsAutomator first = engine(simple);
    world.store.dieAfter("Selections.append");
    assertThatThrownBy(
            () -> {
              first.run(NAME, "r");
              world.pass(Duration.ofHours(1));
            })
        .isInstanceOf(CountingStore.Death.class);
    world.kill();
    int pages = world.store.count("Selections.append");

    world.engine(simple).work();
    world.pass(Duration.ofHours(2));

    assertThat(world.store.count("Selections.append") - pages).isEqualTo(4);
    assertThat(calls).hasSize(9).doesNotHaveDuplicates();
  }

  @Test
  void w19_anExecutionThatIsDeliveredTwiceIsDoneOnce() {
    world.lamps = 5;
    OpsAutomator one = engine(simple);
    OpsAutomator other = world.engine(simple);
    one.run(NAME, "r");
    other.work();
    world.pass(Duration.ofHours(1));

    assertThat(calls).hasSize(5).doesNotHaveDuplicates();
  }

  @Test
  void messagesDoNotMultiply() {
    world.lamps = 20;
    Map<String, Integer> tries = new HashMap<>();
    Switch throttled =
        Switch.each(
                ctx -> {
                  ctx.effects()
                      .idempotent(
                          "off",
                          () -> {
                            if (tries.merge(ctx.unit().key(), 1, Integer::sum) < 12) {
                              throw new TransientException(
                                  TransientException.Kind.THROTTLED, "Throttling", "slowly", null);
                            }
                          });
                  return Outcome.of("x", confirmed("off"));
                })
            .atMost(5);
    OpsAutomator engine = engine(throttled);
    engine.run(NAME, "r");
    world.pass(Duration.ofHours(6));

    assertThat(engine.history(Optional.of(NAME), 1).get(0).state()).isEqualTo(State.COMPLETE);
    assertThat(world.store.count("Executions.claim")).isLessThan(60);
    assertThat(world.store.count("Gates.handOver")).isLessThan(60);
  }

  @Test
  void w4_anExecutionThatKillsItsWorkersIsGivenUpInTheEnd() {
    world.lamps = 1;
    Switch deadly =
        Switch.each(
            ctx -> {
              ctx.effects()
                  .idempotent(
                      "off",
                      () -> {
                        calls.add("off");
                        throw new CountingStore.Death();
                      });
              return Outcome.of("x", confirmed("off"));
            });
    OpsAutomator engine = engine(deadly);
    engine.put(
        Task.named("lights").action("Switch").where("*").timeout(Duration.ofDays(9)).build());
    RunId run = engine.run(NAME, "r");
    for (int i = 0; i < 2 * Settings.ATTEMPTS; i++) {
      try {
        world.pass(Duration.ofHours(3));
      } catch (CountingStore.Death death) {
        world.kill();
        world.pass(Settings.LEASE.plus(Settings.MARGIN));
        engine = world.engine(deadly);
        engine.work();
      }
    }

    assertThat(calls).hasSize(Settings.ATTEMPTS);
    assertThat(engine.executions(run).get(0).progress().outcome())
        .hasValueSatisfying(json -> assertThat(json).contains("ERR_GIVEN_UP"));
  }
}
