package io.opsautomator.testkit.simulation;

import io.opsautomator.store.StoredTask;
import io.opsautomator.store.Tasks;
import io.opsautomator.store.Write;
import io.opsautomator.task.TaskName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Tasks as one process sees them. */
final class PortTasks implements Tasks {
  private final Tasks shared;
  private final Node node;
  private final Seams seams;

  PortTasks(Tasks shared, Node node, Seams seams) {
    this.shared = shared;
    this.node = node;
    this.seams = seams;
  }

  @Override
  public Optional<StoredTask> find(TaskName name) {
    return seams.read(node, "tasks.find", () -> shared.find(name));
  }

  @Override
  public List<StoredTask> all() {
    return seams.read(node, "tasks.all", () -> shared.all());
  }

  @Override
  public List<StoredTask> following(TaskName task) {
    return seams.read(node, "tasks.following", () -> shared.following(task));
  }

  @Override
  public List<StoredTask> due(Instant upTo, int limit) {
    return seams.read(node, "tasks.due", () -> shared.due(upTo, limit));
  }

  @Override
  public Optional<Instant> nextDue() {
    return seams.read(node, "tasks.nextDue", () -> shared.nextDue());
  }

  @Override
  public Write<StoredTask> put(StoredTask task, long expected) {
    return seams.write(node, "tasks.put", () -> shared.put(task, expected));
  }
}
