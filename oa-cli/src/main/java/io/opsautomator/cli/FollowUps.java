package io.opsautomator.cli;

import io.opsautomator.OpsAutomator;
import io.opsautomator.store.Run;
import io.opsautomator.task.After;
import io.opsautomator.task.RunId;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskName;
import io.opsautomator.task.Trigger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Tasks that are run once, and in which order: those that follow others run after them. */
final class FollowUps {
  private static final int LATEST = 20;

  private final OpsAutomator engine;
  private final List<Task> tasks;
  private final Set<TaskName> names;

  FollowUps(OpsAutomator engine, List<Task> tasks) {
    this.engine = engine;
    this.tasks = List.copyOf(tasks);
    this.names = tasks.stream().map(Task::name).collect(Collectors.toUnmodifiableSet());
  }

  /** Those that follow none of the others. */
  List<Task> first() {
    return tasks.stream().filter(task -> followed(task).isEmpty()).toList();
  }

  private List<TaskName> followed(Task task) {
    return task.flow().after().stream().map(After::task).filter(names::contains).toList();
  }

  /** Waits for a run, and for those of the tasks that follow it; all of them, ended. */
  List<Run> await(RunId first) throws InterruptedException {
    List<Run> ended = new ArrayList<>();
    ended.add(engine.await(first));
    for (int i = 0; i < ended.size(); i++) {
      Run before = ended.get(i);
      for (Task task : tasks) {
        if (followed(task).contains(before.task())) {
          await(task, before.id(), ended);
        }
      }
    }
    return ended;
  }

  private void await(Task task, RunId before, List<Run> ended) throws InterruptedException {
    for (Run run : engine.history(Optional.of(task.name()), LATEST)) {
      boolean follows =
          run.cause().trigger() instanceof Trigger.Chained chained && chained.run().equals(before);
      if (follows) {
        ended.add(engine.await(run.id()));
      }
    }
  }
}
