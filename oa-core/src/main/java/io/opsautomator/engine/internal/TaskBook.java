package io.opsautomator.engine.internal;

import io.opsautomator.action.ParameterSchema.Violation;
import io.opsautomator.audit.AuditEvent;
import io.opsautomator.audit.AuditEvent.Subject;
import io.opsautomator.store.StoredTask;
import io.opsautomator.store.StoredTask.Clock;
import io.opsautomator.store.StoredTask.State;
import io.opsautomator.store.Tasks;
import io.opsautomator.store.Write;
import io.opsautomator.task.Ids;
import io.opsautomator.task.InvalidTaskException;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskCodec;
import io.opsautomator.task.TaskName;
import io.opsautomator.task.TaskValidator;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The tasks as users see them: validated before they are stored, and never firing for an instant
 * before they were.
 */
final class TaskBook {
  private static final int RACES = 10;
  private final Kernel kernel;

  TaskBook(Kernel kernel) {
    this.kernel = kernel;
  }

  /** Stores all of them, or none. */
  void require(List<Task> tasks) {
    for (Task task : tasks) {
      List<Violation> wrong = violations(task);
      if (!wrong.isEmpty()) {
        throw new InvalidTaskException(task.name().value(), wrong);
      }
    }
    tasks.forEach(this::store);
  }

  List<Violation> put(Task task) {
    List<Violation> wrong = violations(task);
    if (wrong.isEmpty()) {
      store(task);
    }
    return wrong;
  }

  private List<Violation> violations(Task task) {
    return violations(kernel, task);
  }

  static List<Violation> violations(Kernel kernel, Task task) {
    return new TaskValidator(kernel.jobs().actions()).validate(task, kernel.now()).violations();
  }

  private void store(Task task) {
    String definition = TaskCodec.write(task);
    for (int i = 0; i < RACES; i++) {
      Optional<StoredTask> stored = tasks().find(task.name());
      if (stored.filter(s -> same(s, task, definition)).isPresent()) {
        return;
      }
      StoredTask next = next(task, definition, stored);
      long expected = stored.filter(TaskBook::exists).map(StoredTask::revision).orElse(0L);
      if (tasks().put(next, expected) instanceof Write.Applied<StoredTask> applied) {
        changed(applied.now(), expected == 0 ? "created" : "changed");
        return;
      }
    }
    throw new IllegalStateException(
        task.name().value() + " is being changed by others all the time");
  }

  private static boolean exists(StoredTask task) {
    return task.state() != State.DELETED;
  }

  private boolean same(StoredTask stored, Task task, String definition) {
    return stored.state() == state(task)
        && stored.definition().equals(definition)
        && !isParked(stored, task);
  }

  /** Whether it was taken off the clock, though its schedules have more to come. */
  private boolean isParked(StoredTask stored, Task task) {
    return stored.clock().next().isEmpty()
        && Firings.next(task.when().schedules(), kernel.now()).isPresent();
  }

  private static State state(Task task) {
    return task.options().enabled() ? State.ENABLED : State.DISABLED;
  }

  private StoredTask next(Task task, String definition, Optional<StoredTask> stored) {
    Instant now = kernel.now();
    Instant after =
        stored.flatMap(s -> s.clock().lastDue()).filter(due -> due.isAfter(now)).orElse(now);
    String incarnation =
        stored
            .filter(TaskBook::exists)
            .map(StoredTask::incarnation)
            .orElseGet(() -> incarnation(task.name(), now));
    Clock clock = Clock.STOPPED.withNext(Firings.next(task.when().schedules(), after));
    return new StoredTask(task.name(), 1, incarnation, state(task), definition, clock);
  }

  private String incarnation(TaskName name, Instant now) {
    return Ids.derive(name.value(), now.toString(), Long.toString(kernel.random().nextLong()));
  }

  boolean remove(TaskName name) {
    for (int i = 0; i < RACES; i++) {
      Optional<StoredTask> stored = tasks().find(name).filter(TaskBook::exists);
      if (stored.isEmpty()) {
        return false;
      }
      StoredTask task = stored.get();
      StoredTask tombstone =
          new StoredTask(
              name,
              task.revision(),
              task.incarnation(),
              State.DELETED,
              task.definition(),
              Clock.STOPPED);
      if (tasks().put(tombstone, task.revision()) instanceof Write.Applied<StoredTask> applied) {
        changed(applied.now(), "removed");
        return true;
      }
    }
    throw new IllegalStateException(name.value() + " is being changed by others all the time");
  }

  private void changed(StoredTask task, String change) {
    kernel
        .reporter()
        .report(
            new AuditEvent.TaskChanged(
                kernel.now(), Subject.task(task.name()), task.revision(), change));
  }

  List<Task> all() {
    return tasks().all().stream().map(task -> TaskCodec.read(task.definition())).toList();
  }

  private Tasks tasks() {
    return kernel.store().tasks();
  }
}
