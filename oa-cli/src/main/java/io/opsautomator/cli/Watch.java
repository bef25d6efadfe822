package io.opsautomator.cli;

import io.opsautomator.OpsAutomator;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskName;
import java.io.IOException;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Keeps an engine's tasks equal to those of files, as long as the thread is not interrupted. Files
 * with problems change nothing: the tasks stay as they were, and the problems are told.
 */
final class Watch {

  /** Leap days come at most eight years apart. */
  private static final Duration AHEAD = Duration.ofDays(8 * 366);

  private static final Duration SETTLED = Duration.ofMillis(200);

  private final Surroundings world;
  private final OpsAutomator engine;
  private final Progress progress;
  private final WatchedFiles files;

  Watch(Surroundings world, OpsAutomator engine, Progress progress, WatchedFiles files) {
    this.world = world;
    this.engine = engine;
    this.progress = progress;
    this.files = files;
  }

  void follow(List<Task> first) throws IOException {
    try (WatchService edits = files.watched()) {
      use(first);
      engine.start();
      progress.note("Watching " + files + "; Ctrl-C ends it.");
      while (true) {
        awaitEdit(edits);
        reload();
      }
    } catch (InterruptedException e) {
      progress.note("Stopped watching.");
    }
  }

  /** Editors write in several steps; one reload is enough for all that come close together. */
  private void awaitEdit(WatchService edits) throws InterruptedException {
    while (!files.concernedBy(edits.take())) {
      Thread.onSpinWait();
    }
    WatchKey more = edits.poll(SETTLED.toMillis(), TimeUnit.MILLISECONDS);
    while (more != null) {
      files.concernedBy(more);
      more = edits.poll(SETTLED.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void reload() {
    TaskSource source = new TaskSource(world, engine.actions());
    progress.clear();
    Optional<List<Task>> tasks = files.read(source, world);
    if (tasks.isPresent()) {
      use(tasks.get());
    } else {
      progress.note("The tasks stay as they were.");
    }
  }

  private void use(List<Task> tasks) {
    Set<TaskName> named = new HashSet<>();
    for (Task task : tasks) {
      named.add(task.name());
      RunCommand.put(engine, task);
    }
    for (Task old : engine.tasks()) {
      if (!named.contains(old.name())) {
        engine.remove(old.name());
        progress.note("Removed " + old.name().value() + ", which " + files + " does not name.");
      }
    }
    progress.note("Following " + TaskSource.counted(tasks.size(), "task") + ":");
    tasks.forEach(task -> progress.note("  " + task.name().value() + "  " + next(task)));
  }

  private String next(Task task) {
    Instant now = world.clock().instant();
    if (engine.paused(task.name())) {
      return "paused; 'oa resume' ends that";
    }
    return task.options().enabled()
        ? engine
            .forecast(task, now.plus(AHEAD))
            .findFirst()
            .map(at -> "next at " + at + ", in " + inWords(Duration.between(now, at)))
            .orElse("when asked")
        : "disabled";
  }

  private static String inWords(Duration left) {
    if (left.toMinutes() < 1) {
      return "less than a minute";
    }
    return left.toHours() < 1
        ? TaskSource.counted(left.toMinutes(), "minute")
        : left.toDays() < 1
            ? TaskSource.counted(left.toHours(), "hour")
            : TaskSource.counted(left.toDays(), "day");
  }
}
