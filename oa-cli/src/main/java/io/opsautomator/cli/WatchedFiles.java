package io.opsautomator.cli;

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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Task files that are read as if they were one, and watched for edits. At least one. */
final class WatchedFiles {
  private final List<Path> files;

  WatchedFiles(List<Path> files) {
    this.files = List.copyOf(files);
  }

  /** Hears of edits, in all folders of the files. */
  WatchService watched() throws IOException {
    WatchService edits = files.get(0).getFileSystem().newWatchService();
    Set<Path> folders = new LinkedHashSet<>();
    files.forEach(file -> folders.add(folder(file)));
    try {
      for (Path folder : folders) {
        folder.register(
            edits, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
      }
      return edits;
    } catch (IOException e) {
      edits.close();
      throw e;
    }
  }

  private static Path folder(Path file) {
    return Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file);
  }

  /** Whether one of the files may have been edited; the key is ready for more then. */
  boolean concernedBy(WatchKey key) {
    boolean ours = false;
    for (WatchEvent<?> event : key.pollEvents()) {
      ours |= !(event.context() instanceof Path edited) || names(key, edited);
    }
    key.reset();
    return ours;
  }

  private boolean names(WatchKey key, Path edited) {
    return files.stream()
        .anyMatch(
            file -> folder(file).equals(key.watchable()) && edited.equals(file.getFileName()));
  }

  /** All tasks of all files; empty when anything is wrong, which is printed with all warnings. */
  Optional<List<Task>> read(TaskSource source, Surroundings world) {
    List<Parsed> all = files.stream().map(source::read).toList();
    all.forEach(source::print);
    List<String> wrong =
        all.stream()
            .filter(it -> !it.valid())
            .map(TaskSource::verdict)
            .collect(Collectors.toList());
    wrong.addAll(named(all));
    wrong.forEach(verdict -> world.err().println(Told.line(verdict)));
    return wrong.isEmpty()
        ? Optional.of(all.stream().flatMap(it -> it.tasks().stream()).map(Located::task).toList())
        : Optional.empty();
  }

  /** What several files name. */
  private List<String> named(List<Parsed> all) {
    List<String> twice = new ArrayList<>();
    Map<TaskName, Integer> seen = new HashMap<>();
    for (int i = 0; i < all.size(); i++) {
      for (Located located : all.get(i).tasks()) {
        Integer earlier = seen.putIfAbsent(located.task().name(), i);
        if (earlier != null && earlier != i) {
          twice.add(
              files.get(i)
                  + " has a task '"
                  + located.task().name().value()
                  + "', and so has "
                  + files.get(earlier)
                  + "; give one of them another name");
        }
      }
    }
    return twice;
  }

  @Override
  public String toString() {
    return files.stream().map(Path::toString).collect(Collectors.joining(", "));
  }
}
