package io.opsautomator.testkit.simulation;

import io.opsautomator.store.StoredTask;
import io.opsautomator.store.Tasks;
import io.opsautomator.store.Write;
import io.opsautomator.task.TaskName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Tells of every write of a task. */
final class ObservedTasks implements Tasks {
  private final Tasks items;
  private final Recorder recorder;

  ObservedTasks(Tasks items, Recorder recorder) {
    this.items = items;
    this.recorder = recorder;
  }

  @Override
  public Optional<StoredTask> find(TaskName name) {
    return items.find(name);
  }

  @Override
  public List<StoredTask> all() {
    return items.all();
  }

  @Override
  public List<StoredTask> following(TaskName task) {
    return items.following(task);
  }

  @Override
  public List<StoredTask> due(Instant upTo, int limit) {
    return items.due(upTo, limit);
  }

  @Override
  public Optional<Instant> nextDue() {
    return items.nextDue();
  }

  @Override
  public Write<StoredTask> put(StoredTask task, long expected) {
    Optional<StoredTask> before = items.find(task.name());
    Write<StoredTask> answer = items.put(task, expected);
    List<Change> changes =
        answer instanceof Write.Applied<StoredTask> applied
            ? List.of(new Change.OfTask(before, applied.now()))
            : List.of();
    recorder.written(new Request.Put(task, expected), changes, answer);
    return answer;
  }
}
