package io.opsautomator.engine.internal;

import static io.opsautomator.action.Evidence.confirmed;
import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.OpsAutomator;
import io.opsautomator.action.Completion;
import io.opsautomator.action.Outcome;
import io.opsautomator.audit.AuditEvent;
import io.opsautomator.resource.Aggregation;
import io.opsautomator.resource.Scope;
import io.opsautomator.schedule.OverlapPolicy;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.store.Gate;
import io.opsautomator.store.GateKey;
import io.opsautomator.task.ExecutionId;
import io.opsautomator.task.RunId;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskName;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** So many executions of one run at work at once in each account and region. */
final class PairLimitTest {
  private static final TaskName NAME = new TaskName("lights");

  private final World world = new World();

  /** Takes a minute each. */
  private static Switch slow(Aggregation aggregation, int limit) {
    return new Switch(
        "Switch",
        aggregation,
        limit,
        ctx -> {
          ctx.effects()
              .await(
                  Completion.when("done", waited -> waited.compareTo(Duration.ofMinutes(1)) >= 0)
                      .within(Duration.ofHours(1)));
          return Outcome.of("x", confirmed("done"));
        });
  }

  private OpsAutomator engine(Switch action, UnaryOperator<Task.Builder> with) {
    OpsAutomator engine = world.engine(action);
    Task.Builder task = Task.named("lights").action("Switch").where("*");
    task.regions("eu-west-1", "eu-north-1");
    assertThat(engine.put(with.apply(task).build())).isEmpty();
    engine.work();
    return engine;
  }

  /** The most that were at work at once, in all and in each region, once all have ended. */
  private record Most(int all, int home, int north) {}

  private Most most(Switch action, UnaryOperator<Task.Builder> with) {
    OpsAutomator engine = engine(action, with);
    RunId run = engine.run(NAME, "now");
    world.pass(Duration.ofHours(5));
    List<Execution> executions = engine.executions(run);
    assertThat(executions).extracting(Execution::status).containsOnly(Status.SUCCEEDED);
    assertThat(world.events(AuditEvent.RunEnded.class)).hasSize(1);
    requireFree(run);
    return most(executions);
  }

  private void requireFree(RunId run) {
    for (Scope scope : List.of(World.HOME, World.NORTH)) {
      Optional<Gate> gate = world.store.gates().find(GateKey.ofPair(run, scope));
      assertThat(gate.map(Gate::held).orElse(List.of())).as(scope.key()).isEmpty();
    }
  }

  private Most most(List<Execution> executions) {
    Map<ExecutionId, String> where = new HashMap<>();
    executions.forEach(x -> where.put(x.id(), x.origin().batch().group()));
    Map<String, Set<ExecutionId>> now = new HashMap<>();
    Map<String, Integer> most = new HashMap<>();
    for (AuditEvent.Moved moved : world.events(AuditEvent.Moved.class)) {
      ExecutionId id = moved.of().execution().orElseThrow();
      for (String group : List.of("all", where.get(id))) {
        Set<ExecutionId> some = now.computeIfAbsent(group, g -> new HashSet<>());
        if (moved.to() == Status.RUNNING) {
          some.add(id);
        } else if (moved.to().ended()) {
          some.remove(id);
        }
        most.merge(group, some.size(), Math::max);
      }
    }
    return new Most(
        most.get("all"), most.get(World.HOME.key()), most.getOrDefault(World.NORTH.key(), 0));
  }

  @Test
  void eachRegionHasAsManyAtOnce() {
    world.lamps = 9;
    assertThat(most(slow(Aggregation.RESOURCE, 0), task -> task.maxConcurrentPerRegion(2)))
        .isEqualTo(new Most(4, 2, 2));
  }

  @Test
  void theLimitOfTheKeyHoldsBesides() {
    world.lamps = 9;
    assertThat(most(slow(Aggregation.RESOURCE, 3), task -> task.maxConcurrentPerRegion(2)))
        .isEqualTo(new Most(3, 2, 2));
  }

  @Test
  void thereMayBeThreeGates() {
    world.lamps = 9;
    Most most =
        most(slow(Aggregation.RESOURCE, 3), task -> task.maxConcurrentPerRegion(2).maxErrors("3"));
    assertThat(most.all()).isEqualTo(3);
    assertThat(List.of(most.home(), most.north())).allSatisfy(it -> assertThat(it).isBetween(1, 2));
  }

  @Test
  void ofSeveralBatchesInARegionAsManyAreAtWork() {
    world.lamps = 6;
    assertThat(
            most(slow(Aggregation.REGION, 0), task -> task.batchSize(1).maxConcurrentPerRegion(2)))
        .isEqualTo(new Most(4, 2, 2));
  }

  @Test
  void anyThreeLimitsHoldAndEverythingEnds() {
    Random random = new Random(17);
    for (int i = 0; i < 40; i++) {
      PairLimitTest one = new PairLimitTest();
      one.world.lamps = 1 + random.nextInt(12);
      int pair = 1 + random.nextInt(4);
      int key = random.nextInt(5);
      int share = 1 + random.nextInt(100);
      Most most =
          one.most(
              slow(Aggregation.RESOURCE, key),
              task -> task.maxConcurrentPerRegion(pair).maxConcurrent(share + "%"));
      int width = Math.max(1, 2 * one.world.lamps * share / 100);
      String limits = "%d lamps: %d, %d, %d".formatted(one.world.lamps, width, pair, key);
      assertThat(most.all())
          .as(limits)
          .isLessThanOrEqualTo(key == 0 ? width : Math.min(width, key));
      assertThat(most.home()).as(limits).isLessThanOrEqualTo(pair);
      assertThat(most.north()).as(limits).isLessThanOrEqualTo(pair);
    }
  }

  @Test
  void twoRunsHaveTheirOwn() {
    world.lamps = 5;
    OpsAutomator engine =
        engine(
            slow(Aggregation.RESOURCE, 0),
            task -> task.maxConcurrentPerRegion(2).overlap(OverlapPolicy.ALLOW));
    RunId one = engine.run(NAME, "one");
    RunId two = engine.run(NAME, "two");
    world.pass(Duration.ofSeconds(30));
    for (RunId run : List.of(one, two)) {
      assertThat(engine.executions(run))
          .filteredOn(x -> x.status() == Status.COMPLETING)
          .hasSize(4)
          .allSatisfy(x -> assertThat(x.gates()).hasSize(1));
    }
    world.pass(Duration.ofHours(1));
    assertThat(world.events(AuditEvent.RunEnded.class)).hasSize(2);
  }

  @Test
  void aRunThatIsCancelledLeavesNothingInIt() {
    world.lamps = 6;
    OpsAutomator engine =
        engine(slow(Aggregation.RESOURCE, 3), task -> task.maxConcurrentPerRegion(2));
    RunId run = engine.run(NAME, "now");
    world.pass(Duration.ofSeconds(30));
    engine.cancel(run, "enough", false);
    world.pass(Duration.ofHours(2));
    assertThat(engine.executions(run)).extracting(Execution::status).contains(Status.CANCELLED);
    assertThat(world.events(AuditEvent.RunEnded.class)).hasSize(1);
    requireFree(run);
  }
}
