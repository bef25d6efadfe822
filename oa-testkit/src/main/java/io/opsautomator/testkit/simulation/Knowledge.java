package io.opsautomator.testkit.simulation;

import io.opsautomator.store.Execution;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.store.Gate;
import io.opsautomator.store.GateKey;
import io.opsautomator.store.Grant;
import io.opsautomator.store.Run;
import io.opsautomator.store.StoredTask;
import io.opsautomator.task.ExecutionId;
import io.opsautomator.task.RunId;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskCodec;
import io.opsautomator.task.TaskName;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;

/**
 * What the invariants share: the latest image of everything, as the writes told it. Told of each
 * event before they are, so they see the world after it; what was before is in the event.
 */
final class Knowledge implements Watcher {
  private final Map<String, Task> byDefinition = new HashMap<>();
  private final Map<TaskName, StoredTask> tasks = new LinkedHashMap<>();
  private final Map<RunId, Run> runs = new LinkedHashMap<>();
  private final Map<ExecutionId, Execution> executions = new LinkedHashMap<>();
  private final Map<RunId, Set<ExecutionId>> made = new HashMap<>();
  private final Map<GateKey, Gate> gates = new LinkedHashMap<>();
  private final Map<GateKey, Map<ExecutionId, Grant>> inside = new HashMap<>();
  private final Set<Grant> belated = new HashSet<>();
  private Optional<World> world = Optional.empty();

  @Override
  public void begun(World world) {
    this.world = Optional.of(world);
  }

  World world() {
    return world.orElseThrow();
  }

  @Override
  public void written(StoreWrite write) {
    for (Change change : write.changes()) {
      if (change instanceof Change.OfTask of) {
        tasks.put(of.after().name(), of.after());
      } else if (change instanceof Change.OfRun of) {
        runs.put(of.after().id(), of.after());
      } else if (change instanceof Change.OfGate of) {
        belated(of);
        gates.put(of.after().key(), of.after());
      } else if (change instanceof Change.OfExecution of) {
        learn(of.before(), of.after());
      }
    }
  }

  private void belated(Change.OfGate of) {
    List<Grant> before = of.before().map(Gate::held).orElse(List.of());
    of.after().held().stream()
        .filter(grant -> !before.contains(grant))
        .filter(grant -> closed(grant.holder().execution()))
        .forEach(belated::add);
  }

  private boolean closed(ExecutionId id) {
    return execution(id).filter(x -> run(x.origin().run()).state().ended()).isPresent();
  }

  /**
   * Whether a slot was granted after the run of its holder had been closed, to a ticket that was
   * queued by somebody slow.
   */
  boolean belated(Grant grant) {
    return belated.contains(grant);
  }

  private void learn(Optional<Execution> before, Execution now) {
    executions.put(now.id(), now);
    made.computeIfAbsent(now.origin().run(), run -> new LinkedHashSet<>()).add(now.id());
    before.ifPresent(was -> was.grants().forEach(grant -> inside(grant).remove(was.id())));
    if (!now.status().ended()) {
      now.grants().forEach(grant -> inside(grant).put(now.id(), grant));
    }
  }

  private Map<ExecutionId, Grant> inside(Grant grant) {
    return inside.computeIfAbsent(grant.gate(), key -> new HashMap<>());
  }

  static boolean atWork(Status status) {
    return status == Status.RUNNING || status == Status.COMPLETING;
  }

  static boolean failed(Status status) {
    return status == Status.FAILED || status == Status.TIMED_OUT || status == Status.UNCERTAIN;
  }

  Collection<StoredTask> tasks() {
    return tasks.values();
  }

  Optional<StoredTask> task(TaskName name) {
    return Optional.ofNullable(tasks.get(name));
  }

  Collection<Run> runs() {
    return runs.values();
  }

  Run run(RunId id) {
    Run run = runs.get(id);
    if (run == null) {
      throw new NoSuchElementException("no write has told of run " + id.value());
    }
    return run;
  }

  /** The task as a run has it, whatever became of it since. */
  Task taskOf(RunId run) {
    return definition(run(run).cause().definition());
  }

  Task definition(String text) {
    return byDefinition.computeIfAbsent(text, TaskCodec::read);
  }

  Collection<Execution> executions() {
    return executions.values();
  }

  Optional<Execution> execution(ExecutionId id) {
    return Optional.ofNullable(executions.get(id));
  }

  /** The executions that a run has made so far. */
  Collection<Execution> madeBy(RunId run) {
    return made.getOrDefault(run, Set.of()).stream().map(executions::get).toList();
  }

  Collection<Gate> gates() {
    return gates.values();
  }

  Optional<Gate> gate(GateKey key) {
    return Optional.ofNullable(gates.get(key));
  }

  /** Who has got into a gate and has not ended, and under which grant. */
  Map<ExecutionId, Grant> inside(GateKey key) {
    return inside.getOrDefault(key, Map.of());
  }

  static String words(Execution execution) {
    return "execution "
        + execution.id().value()
        + " ("
        + execution.status()
        + ", epoch "
        + execution.progress().epoch()
        + ")";
  }
}
