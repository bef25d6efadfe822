package io.opsautomator.engine.internal;

import static io.opsautomator.action.Evidence.confirmed;
import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.OpsAutomator;
import io.opsautomator.action.Completion;
import io.opsautomator.action.Outcome;
import io.opsautomator.action.TransientException;
import io.opsautomator.audit.AuditEvent;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.store.Lease;
import io.opsautomator.store.Run.State;
import io.opsautomator.task.RunId;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Work that takes its time: longer than a lease, than a process lives, than others wait. */
final class LongWorkTest {
  private static final TaskName NAME = new TaskName("lights");
  private final World world = new World();
  private final List<String> calls = new ArrayList<>();

  private OpsAutomator engine(Switch action) {
    OpsAutomator engine = world.engine(action);
    engine.put(Task.named("lights").action("Switch").where("*").regions("eu-west-1").build());
    engine.work();
    return engine;
  }

  private static State state(OpsAutomator engine) {
    return engine.history(Optional.of(NAME), 1).get(0).state();
  }

  @Test
  void w54_workThatOutlastsItsLeaseByFarKeepsIt() {
    world.lamps = 1;
    List<Execution> seen = new ArrayList<>();
    Switch slow =
        Switch.each(
            ctx -> {
              for (int i = 0; i < 55; i++) {
                ctx.effects()
                    .idempotent(
                        "step " + i,
                        () -> {
                          world.takes(Duration.ofSeconds(60));
                          Execution now =
                              world.store.executions().find(List.of(ctx.execution())).get(0);
                          assertThat(now.lease().map(Lease::until).orElseThrow())
                              .isAfter(world.instant());
                          seen.add(now);
                        });
              }
              return Outcome.of("x", confirmed("done"));
            });
    OpsAutomator engine = engine(slow);
    engine.run(NAME, "r");
    world.pass(Duration.ofHours(2));

    assertThat(state(engine)).isEqualTo(State.COMPLETE);
    assertThat(seen).hasSize(55).extracting(x -> x.progress().epoch()).containsOnly(1L);
  }

  @Test
  void w6_theEndOfOneWaitStopsNobodyElsesPolling() {
    world.lamps = 3;
    Switch patient =
        Switch.each(
            ctx -> {
              int lamp = ctx.unit().key().charAt(ctx.unit().key().length() - 1) - '0';
              Duration needed = Duration.ofMinutes(5).plus(Duration.ofMinutes(20L * lamp));
              ctx.effects()
                  .await(Completion.when("dark", waited -> waited.compareTo(needed) >= 0))
                  .get();
              return Outcome.of("x", confirmed("dark"));
            });
    OpsAutomator engine = engine(patient);
    engine.run(NAME, "first");
    world.pass(Duration.ofMinutes(4));
    engine.run(NAME, "second");
    world.pass(Duration.ofHours(3));

    assertThat(engine.history(Optional.of(NAME), 9))
        .extracting(run -> run.state() + " " + run.summary().succeeded())
        .containsExactly("COMPLETE 3", "COMPLETE 3");
  }

  @Test
  void d64_whatWasLearntBeforeAWaitIsReportedByAnotherProcess() {
    world.lamps = 1;
    Switch telling =
        Switch.each(
            ctx -> {
              String old = ctx.effects().fact("old", String.class, () -> "bulb-" + world.lamps++);
              String fresh =
                  ctx.effects()
                      .idempotent("screw in", String.class, () -> "bulb-" + world.lamps++)
                      .get();
              return ctx.effects()
                  .await(
                      Completion.when(
                          "warm", waited -> waited.compareTo(Duration.ofMinutes(9)) > 0))
                  .outcome(
                      warm -> Outcome.of("x", confirmed("on")).with("Was", old).with("Is", fresh));
            });
    RunId run = engine(telling).run(NAME, "r");
    world.pass(Duration.ofMinutes(1));
    world.kill();

    OpsAutomator second = world.engine(telling);
    second.work();
    world.pass(Duration.ofHours(1));

    assertThat(second.executions(run).get(0).progress().outcome())
        .hasValueSatisfying(
            json -> assertThat(json).contains("\"Was\":\"bulb-1\"").contains("\"Is\":\"bulb-2\""));
  }

  @Test
  void dbs402_aWorkerThatWakesUpAfterItWasTakenOverWritesNothing() {
    world.lamps = 1;
    Switch freezing =
        Switch.each(
            ctx -> {
              ctx.effects()
                  .idempotent(
                      "off",
                      () -> {
                        calls.add("off");
                        if (calls.size() == 1) {
                          world.pass(Duration.ofMinutes(30)); // The others go on meanwhile.
                        }
                      });
              ctx.effects().idempotent("tell", () -> calls.add("told"));
              return Outcome.of("x", confirmed("off"));
            });
    OpsAutomator frozen = engine(freezing);
    OpsAutomator other = world.engine(freezing);
    other.work();
    RunId run = frozen.run(NAME, "r");
    world.pass(Duration.ofHours(2));

    assertThat(calls).containsExactly("off", "off", "told");
    assertThat(other.executions(run).get(0).progress().epoch()).isEqualTo(2);
    assertThat(world.events(AuditEvent.Moved.class))
        .extracting(AuditEvent.Moved::to)
        .containsOnlyOnce(Status.SUCCEEDED)
        .doesNotContain(Status.FAILED);
  }

  @Test
  void is191_aLookUpThatIsThrottledIsAskedAgainAndNeverTakenForANo() {
    world.lamps = 1;
    Switch careful =
        Switch.each(
            ctx -> {
              boolean open =
                  ctx.effects()
                      .fact(
                          "maintenance window is open",
                          Boolean.class,
                          () -> {
                            calls.add("asked");
                            if (calls.size() < 5) {
                              throw new TransientException(
                                  TransientException.Kind.THROTTLED, "Throttling", "slowly", null);
                            }
                            return true;
                          });
              if (!open) {
                ctx.effects().idempotent("off", () -> calls.add("switched off in the window"));
              }
              return Outcome.of("x", confirmed("left alone"));
            });
    OpsAutomator engine = engine(careful);
    engine.run(NAME, "r");
    world.pass(Duration.ofHours(2));

    assertThat(state(engine)).isEqualTo(State.COMPLETE);
    assertThat(calls).hasSize(5).containsOnly("asked");
  }
}
