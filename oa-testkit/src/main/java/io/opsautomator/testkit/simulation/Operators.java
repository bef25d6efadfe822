package io.opsautomator.testkit.simulation;

import io.opsautomator.OpsAutomator;
import io.opsautomator.action.ActionException;
import io.opsautomator.store.Execution;
import io.opsautomator.task.ExecutionId;
import io.opsautomator.task.RunId;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The people of a world: they ask some process for something, and if it dies or fails ask again,
 * perhaps another one.
 */
final class Operators {
  private static final long PATIENCE = 20_000;
  private static final int TRIES = 6;

  private final Conductor conductor;
  private final Chance chance;
  private final Chronicler chronicler;
  private final Blueprint blueprint;
  private final Map<Node, OpsAutomator> engines = new LinkedHashMap<>();
  private int requests;
  private boolean closing;

  Operators(Conductor conductor, Chance chance, Chronicler chronicler, Blueprint blueprint) {
    this.conductor = conductor;
    this.chance = chance;
    this.chronicler = chronicler;
    this.blueprint = blueprint;
  }

  /** A process that can be asked. */
  void knows(Node node, OpsAutomator engine) {
    engines.put(node, engine);
  }

  Optional<OpsAutomator> engine(Node node) {
    return Optional.ofNullable(engines.get(node));
  }

  void forgets(Node node) {
    engines.remove(node);
  }

  /** Something that somebody wants; done once a process has answered, be it with a no. */
  private final class Wish {
    private final String what;
    private final Consumer<OpsAutomator> request;
    private int tries;
    private boolean done;

    Wish(String what, int tries, Consumer<OpsAutomator> request) {
      this.what = what;
      this.tries = tries;
      this.request = request;
    }

    void ask() {
      if (done || tries-- <= 0) {
        return;
      }
      List<Node> there = new ArrayList<>(engines.keySet());
      there.removeIf(node -> !node.atWork());
      conductor.in(PATIENCE, this::ask);
      if (!there.isEmpty()) {
        Node node = chance.of(there);
        engine(node).ifPresent(engine -> conductor.spawn(node, () -> ask(engine)));
      }
    }

    private void ask(OpsAutomator engine) {
      chronicler.said(() -> "OPERATOR " + what);
      try {
        request.accept(engine);
        done = true;
      } catch (ActionException | IllegalArgumentException e) {
        chronicler.said(() -> "OPERATOR is told: " + e.getMessage());
        done = true;
      } catch (RuntimeException e) {
        chronicler.said(() -> "OPERATOR is told: " + e);
      }
    }

    boolean done() {
      return done;
    }
  }

  /** The tasks of the world, as it begins. */
  void storeTasks() {
    for (Task task : blueprint.tasks) {
      new Wish("stores " + task.name().value(), TRIES, engine -> engine.put(task)).ask();
    }
  }

  /** Disables all tasks; the answer says whether that has been done. */
  Supplier<Boolean> disableTasks() {
    closing = true;
    List<Wish> wishes = new ArrayList<>();
    for (int i = 0; i < blueprint.tasks.size(); i++) {
      Task disabled = blueprint.task(i, 99, true);
      wishes.add(
          new Wish(
              "disables " + disabled.name().value(),
              Integer.MAX_VALUE,
              engine -> engine.put(disabled)));
    }
    wishes.forEach(Wish::ask);
    return () -> wishes.stream().allMatch(Wish::done);
  }

  /** Any of the things that operators do. */
  void act() {
    if (blueprint.tasks.isEmpty()) {
      return;
    }
    int index = chance.below(blueprint.tasks.size());
    Task task = blueprint.tasks.get(index);
    String name = task.name().value();
    int number = ++requests;
    switch (chance.below(13)) {
      case 0, 1, 2, 3 -> want("runs " + name, e -> e.run(task.name(), "request-" + number));
      case 4, 5 -> cancel(chance.in(0.5));
      case 6, 7 -> edit(index, number, false, 0);
      case 10, 11, 12 -> redrive();
      case 8 -> hold(index, number, chance.between(5_000L, 240_000L));
      default -> {
        want("removes " + name, e -> e.remove(task.name()));
        edit(index, number, false, chance.between(5_000L, 120_000L));
      }
    }
  }

  /** Disables or pauses a task for a while. */
  private void hold(int index, int number, long time) {
    if (number % 2 == 0) {
      edit(index, number, true, 0);
      edit(index, number, false, time);
      return;
    }
    TaskName task = blueprint.tasks.get(index).name();
    want("pauses " + task.value(), engine -> engine.pause(task));
    conductor.in(time, () -> want("resumes " + task.value(), engine -> engine.resume(task)));
  }

  private void want(String what, Consumer<OpsAutomator> request) {
    new Wish(what, TRIES, request).ask();
  }

  private void edit(int index, int edition, boolean disabled, long after) {
    Task edited = blueprint.task(index, edition, disabled);
    String what = (disabled ? "disables " : "edits ") + edited.name().value();
    conductor.in(after, () -> want(what, engine -> put(engine, edited)));
  }

  /** Not any more, once all tasks are being disabled for good. */
  private void put(OpsAutomator engine, Task edited) {
    if (!closing) {
      engine.put(edited);
    }
  }

  /** Lets the next wave of a run go. */
  void approve(RunId run) {
    want("lets a wave go", engine -> engine.approve(run));
  }

  /** What has failed, or one that is in doubt. */
  private void redrive() {
    List<RunId> failed = new ArrayList<>(chronicler.failed());
    if (!failed.isEmpty()) {
      RunId run = chance.of(failed);
      boolean uncertainToo = chance.in(0.5);
      want(
          "drives a run again",
          engine -> engine.redrive(run, uncertainToo ? uncertain(engine, run) : Set.of()));
    }
  }

  private static Set<ExecutionId> uncertain(OpsAutomator engine, RunId run) {
    return engine.executions(run).stream()
        .filter(execution -> execution.status() == Execution.Status.UNCERTAIN)
        .map(Execution::id)
        .collect(Collectors.toSet());
  }

  private void cancel(boolean undo) {
    List<RunId> open = new ArrayList<>(chronicler.open());
    if (!open.isEmpty()) {
      RunId run = chance.of(open);
      want("cancels a run" + (undo ? ", with undo" : ""), e -> e.cancel(run, "not wanted", undo));
    }
  }
}
