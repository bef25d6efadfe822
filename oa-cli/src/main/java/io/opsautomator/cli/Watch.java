package io.opsautomator.cli;

import io.opsautomator.OpsAutomator;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskFile.Located;
import io.opsautomator.task.TaskFile.Parsed;
import io.opsautomator.task.TaskName;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
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
 * Keeps an engine's tasks equal to those of a file, as long as the thread is not interrupted. A
 * file with problems changes nothing: the tasks stay as they were, and the problems are told.
 */
final class Watch {

  /** Leap days come at most eight years apart. */
  private static final Duration AHEAD = Duration.ofDays(8 * 366);

  private static final Duration SETTLED = Duration.ofMillis(200);

  private final Surroundings world;
  private final OpsAutomator engine;
  private final Progress progress;
  private final Path file;

  Watch(Surroundings world, OpsAutomator engine, Progress progress, Path file) {
    this.world = world;
    this.engine = engine;
    this.progress = progress;
    this.file = file;
  }

  void follow(List<Task> first) throws IOException {
    Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file);
    try (WatchService edits = file.getFileSystem().newWatchService()) {
      folder.register(
          edits, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
      use(first);
      engine.start();
      progress.note("Watching " + file + "; Ctrl-C ends it.");
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
    while (!concerns(edits.take())) {
      Thread.onSpinWait();
    }
    WatchKey more = edits.poll(SETTLED.toMillis(), TimeUnit.MILLISECONDS);
    while (more != null) {
      concerns(more);
      more = edits.poll(SETTLED.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private boolean concerns(WatchKey key) {
    boolean ours = false;
    for (WatchEvent<?> event : key.pollEvents()) {
      ours |= event.context() == null || event.context().equals(file.getFileName());
    }
    key.reset();
    return ours;
  }

  private void reload() {
    TaskSource source = new TaskSource(world, engine.actions());
    Parsed parsed = source.read(file);
    progress.clear();
    source.print(parsed);
    if (parsed.valid()) {
      use(parsed.tasks().stream().map(Located::task).toList());
    } else {
      progress.note(TaskSource.verdict(parsed) + "; the tasks stay as they were.");
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
        progress.note("Removed " + old.name().value() + ", which " + file + " does not name.");
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
