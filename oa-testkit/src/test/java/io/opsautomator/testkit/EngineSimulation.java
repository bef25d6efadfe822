package io.opsautomator.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.OpsAutomator;
import io.opsautomator.aws.AwsClients;
import io.opsautomator.store.Batch;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.store.Gate;
import io.opsautomator.store.GateKey;
import io.opsautomator.store.InMemoryStore;
import io.opsautomator.store.Run;
import io.opsautomator.store.Store;
import io.opsautomator.task.ExecutionId;
import io.opsautomator.task.RunId;
import io.opsautomator.task.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A random world: some engines over one store and one estate, in one virtual time; calls are
 * throttled, fail or lose their answers, and engines die and are replaced. All of it follows from a
 * seed.
 */
final class EngineSimulation {
  private static final List<String> OPERATIONS =
      List.of("CreateSnapshot", "DescribeSnapshots", "StopInstances", "DescribeInstances");
  private static final Duration TROUBLE = Duration.ofHours(2);
  private static final Duration PATIENCE = Duration.ofDays(4);

  private final VirtualTime time = VirtualTime.startingAt("2026-03-02T08:00:00Z");
  private final Store store = new InMemoryStore();
  private final Map<ExecutionId, Status> atWork = new HashMap<>();
  private final List<SimulatedProcess> processes = new ArrayList<>();
  private final SplittableRandom random;
  private final Estate estate;
  private final int instances;
  private final int limit;
  private int deaths;
  private int most;

  EngineSimulation(long seed) {
    this.random = new SplittableRandom(seed);
    this.estate = Estate.seeded(time, seed);
    this.instances = 1 + random.nextInt(15);
    this.limit = 1 + random.nextInt(4);
  }

  /** What came of it, once the run has ended. */
  record Result(int instances, int limit, int deaths, int most) {}

  Result run() {
    for (int i = 1; i <= instances; i++) {
      estate.instance("i-" + i, "t3.small", Map.of("Name", "n" + i));
    }
    estate.faults().throttleShare(random.nextInt(3) * 0.1);
    List<OpsAutomator> engines = new ArrayList<>();
    int several = 1 + random.nextInt(3);
    for (int i = 0; i < several; i++) {
      engines.add(start());
    }
    assertThat(engines.get(0).put(task())).isEmpty();
    RunId id = engines.get(0).run(task().name(), "simulated");
    Run run = toItsEnd(id);
    time.advance(Duration.ofMinutes(5)); // whoever was slower than the end of the run
    requireNothingLost(run);
    return new Result(instances, limit, deaths, most);
  }

  private Task task() {
    return Task.named("simulated").action("Sample").where("*").maxConcurrent(limit).build();
  }

  private OpsAutomator start() {
    SimulatedProcess process =
        new SimulatedProcess(time, store, random.split(), random.nextInt(4) * 0.01, this::written);
    processes.add(process);
    AwsClients clients = estate.clients();
    OpsAutomator engine =
        OpsAutomator.builder()
            .install(estate)
            .action(new Sample(clients, Sample::snapshotAndStop))
            .store(process)
            .clock(time)
            .timer(process)
            .executor(process)
            .random(random.split())
            .build();
    engine.work();
    return engine;
  }

  /** Counted at every write, so that there is no moment at which there are more. */
  private void written(Execution execution) {
    Status status = execution.status();
    if (status == Status.RUNNING || status == Status.COMPLETING) {
      atWork.put(execution.id(), status);
    } else {
      atWork.remove(execution.id());
    }
    most = Math.max(most, atWork.size());
    assertThat(atWork).hasSizeLessThanOrEqualTo(limit);
  }

  // -- Time ---------------------------------------------------------------------------------------

  private Run toItsEnd(RunId id) {
    Instant start = time.instant();
    while (!find(id).state().ended()) {
      boolean trouble = time.instant().isBefore(start.plus(TROUBLE));
      assertThat(time.instant()).as("%s", find(id)).isBefore(start.plus(PATIENCE));
      if (trouble) {
        spoil();
      } else {
        estate.faults().clear();
        processes.forEach(SimulatedProcess::becomeImmortal);
      }
      pass(Duration.ofSeconds(1 + random.nextInt(90)));
    }
    return find(id);
  }

  private Run find(RunId id) {
    return store.runs().find(id).orElseThrow();
  }

  private void pass(Duration howLong) {
    try {
      time.advance(howLong);
    } catch (SimulatedProcess.Death death) {
      deaths++;
      start();
    }
  }

  private void spoil() {
    String operation = OPERATIONS.get(random.nextInt(OPERATIONS.size()));
    switch (random.nextInt(6)) {
      case 0 -> estate.faults().loseNextAnswer(operation);
      case 1 -> estate.faults().failNext(operation);
      case 2 -> estate.faults().throttleNext(1 + random.nextInt(3));
      default -> {} // nothing, for a while
    }
  }

  // -- The end ------------------------------------------------------------------------------------

  private void requireNothingLost(Run run) {
    if (run.summary().reason().contains("could not be listed")) {
      assertThat(run.state()).isEqualTo(Run.State.FAILED); // said, so not lost
      return;
    }
    List<Batch> batches = store.selections().batches(run.id());
    List<Execution> executions =
        batches.stream()
            .flatMap(batch -> store.executions().find(batch.executions()).stream())
            .toList();
    assertThat(executions)
        .as("%s", run)
        .hasSize(instances)
        .allMatch(execution -> execution.status() == Status.SUCCEEDED);
    assertThat(batches).allMatch(Batch::full);
    assertThat(run.state()).isEqualTo(Run.State.COMPLETE);
    assertThat(run.summary().succeeded()).isEqualTo(instances);
    Gate gate = store.gates().find(new GateKey("task/simulated")).orElseThrow();
    assertThat(gate.held()).isEmpty();
    assertThat(gate.waiting()).isFalse();
    assertThat(estate.calls().stream().flatMap(call -> call.answer().created().stream()))
        .as("one snapshot for each instance")
        .hasSize(instances);
    assertThat(estate.picture()).doesNotContain(" running ");
  }
}
