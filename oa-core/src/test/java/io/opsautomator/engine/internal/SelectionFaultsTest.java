package io.opsautomator.engine.internal;

import static io.opsautomator.action.Evidence.confirmed;
import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.OpsAutomator;
import io.opsautomator.action.ActionContext;
import io.opsautomator.action.Outcome;
import io.opsautomator.action.RefusedException;
import io.opsautomator.action.TransientException;
import io.opsautomator.audit.AuditEvent;
import io.opsautomator.engine.internal.World.Lamp;
import io.opsautomator.resource.Aggregation;
import io.opsautomator.resource.Scope;
import io.opsautomator.resource.Territory;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.store.Run;
import io.opsautomator.store.Run.State;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What is selected, and what must not be mistaken for "nothing". */
final class SelectionFaultsTest {
  private static final TaskName NAME = new TaskName("lights");
  private static final TransientException SLOWLY =
      new TransientException(TransientException.Kind.THROTTLED, "Throttling", "slowly", null);

  private final World world = new World();
  private final List<String> calls = new ArrayList<>();
  private final Switch off = Switch.each(this::switchOff);

  private Outcome switchOff(ActionContext<Switch.Params> ctx) {
    ctx.effects().idempotent("off", () -> calls.add(ctx.unit().key()));
    return Outcome.of(ctx.unit().key(), confirmed("off"));
  }

  private static Task.Builder task() {
    return Task.named("lights").action("Switch").where("*");
  }

  private OpsAutomator begun(Task task, Switch action) {
    OpsAutomator engine = world.engine(action);
    assertThat(engine.put(task)).isEmpty();
    engine.work();
    engine.run(NAME, "r");
    return engine;
  }

  private Run run(Task task, Switch action) {
    OpsAutomator engine = begun(task, action);
    world.pass(Duration.ofHours(3));
    return engine.history(Optional.of(NAME), 1).get(0);
  }

  @Test
  void c7n2204_aListingThatStaysThrottledIsNeverAnEmptyOne() {
    world.unreadable.put(World.HOME.key(), SLOWLY);
    world.unreadable.put(World.NORTH.key(), SLOWLY);

    Run run = run(task().regions("*").build(), off);

    assertThat(run.state()).isEqualTo(State.FAILED);
    assertThat(run.summary().reason())
        .contains(World.HOME.key() + " could not be listed: Throttling")
        .contains(World.NORTH.key() + " could not be listed: Throttling")
        .doesNotContain("nothing was selected");
    assertThat(world.events(AuditEvent.Selected.class)).isEmpty();
    assertThat(world.events(AuditEvent.Unreadable.class)).hasSize(2);
  }

  @Test
  void c7n2204_whatWasThrottledForAWhileIsListedInTheEnd() {
    world.unreadable.put(World.HOME.key(), SLOWLY);
    OpsAutomator engine = begun(task().build(), off);
    world.pass(Duration.ofSeconds(20));
    world.unreadable.clear();
    world.pass(Duration.ofHours(3));

    Run run = engine.history(Optional.of(NAME), 1).get(0);
    assertThat(run.state()).isEqualTo(State.COMPLETE);
    assertThat(run.summary().succeeded()).isEqualTo(3);
  }

  @Test
  void c7n2204_aListOfRegionsThatIsThrottledIsAskedForAgain() {
    AtomicInteger asked = new AtomicInteger();
    Territory all = world.territory;
    world.territory =
        new Territory() {
          @Override
          public Scope home() {
            return all.home();
          }

          @Override
          public Set<Scope.Region> regions(Scope.AccountId account) {
            if (asked.incrementAndGet() < 4) {
              throw SLOWLY;
            }
            return all.regions(account);
          }
        };

    Run run = run(task().regions("*").build(), off);

    assertThat(run.state()).isEqualTo(State.COMPLETE);
    assertThat(run.summary().succeeded()).isEqualTo(6);
  }

  @Test
  void c7n2204_aListingThatIsCutShortIsNeverAWholeOne() {
    world.unreadable.put(
        World.HOME.key() + "@2", new RefusedException("UnauthorizedOperation", "no more"));
    Switch all = new Switch("Switch", Aggregation.ACCOUNT, 0, this::switchOff);

    Run run = run(task().build(), all);

    assertThat(run.state()).isEqualTo(State.FAILED);
    assertThat(run.summary().reason())
        .startsWith("nothing was started, since not everything could be listed");
    assertThat(calls).isEmpty();
  }

  @Test
  void c7n2892_whatFailsForSomeIsDoneForTheOthersAndToldOfAll() {
    Switch twoSteps =
        Switch.each(
            ctx -> {
              String id = ctx.resource(Lamp.TYPE).id();
              ctx.effects()
                  .idempotent(
                      "off",
                      () -> {
                        if (id.equals("lamp-1")) {
                          throw new RefusedException("Stuck", "the switch of " + id + " is stuck");
                        }
                      });
              ctx.effects().idempotent("tell", () -> calls.add(id));
              return Outcome.of(id, confirmed("off"));
            });

    Run run = run(task().build(), twoSteps);

    assertThat(run.state()).isEqualTo(State.PARTIAL);
    assertThat(calls).containsExactlyInAnyOrder("lamp-0", "lamp-2");
    assertThat(world.events(AuditEvent.Moved.class))
        .filteredOn(moved -> moved.to().ended())
        .extracting(AuditEvent.Moved::to)
        .containsExactlyInAnyOrder(Status.SUCCEEDED, Status.FAILED, Status.SUCCEEDED);
  }

  @Test
  void w37_withoutRegionsATaskWorksInItsHomeRegion() {
    Run run = run(task().build(), off);

    assertThat(run.summary().succeeded()).isEqualTo(3);
    assertThat(calls).allSatisfy(key -> assertThat(key).startsWith(World.HOME.key()));
  }

  @Test
  void w39_aUnitOfThousandsOfResourcesKeepsToTheLimitLikeAnyOther() {
    world.lamps = 3_000;
    AtomicInteger most = new AtomicInteger();
    Switch regional =
        new Switch(
            "Switch",
            Aggregation.REGION,
            1,
            ctx -> {
              most.accumulateAndGet(ctx.resources(Lamp.TYPE).size(), Math::max);
              return switchOff(ctx);
            });

    Run run = run(task().regions("*").build(), regional);

    assertThat(run.state()).isEqualTo(State.COMPLETE);
    assertThat(most).hasValue(3_000);
    assertThat(calls).hasSize(2);
  }

  @Test
  void d08_aDryRunCallsNothingAndSaysWhatItWouldHaveDone() {
    OpsAutomator engine = begun(task().dryrun().build(), off);
    world.pass(Duration.ofHours(1));

    Run run = engine.history(Optional.of(NAME), 1).get(0);
    assertThat(run.state()).isEqualTo(State.COMPLETE);
    assertThat(calls).isEmpty();
    assertThat(engine.executions(run.id()))
        .hasSize(3)
        .extracting(Execution::progress)
        .allSatisfy(
            progress ->
                assertThat(progress.outcome().orElseThrow())
                    .contains("\"dryrun\":true")
                    .contains("\"name\":\"off\""));
  }
}
