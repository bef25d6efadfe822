package io.opsautomator.engine.internal;

import io.opsautomator.action.ActionException;
import io.opsautomator.action.ParameterSchema.Violation;
import io.opsautomator.audit.AuditEvent;
import io.opsautomator.audit.AuditEvent.Subject;
import io.opsautomator.store.StoredTask;
import io.opsautomator.store.StoredTask.Clock;
import io.opsautomator.store.StoredTask.State;
import io.opsautomator.store.Tasks;
import io.opsautomator.store.Write;
import io.opsautomator.task.Cycles;
import io.opsautomator.task.Ids;
import io.opsautomator.task.InvalidTaskException;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskCodec;
import io.opsautomator.task.TaskName;
import io.opsautomator.task.TaskValidator;
import java.time.Instant;
import java.util.ArrayList;
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
      List<Violation> wrong = violations(task, tasks);
      if (!wrong.isEmpty()) {
        throw new InvalidTaskException(task.name().value(), wrong);
      }
    }
    tasks.forEach(this::store);
  }

  List<Violation> put(Task task) {
    List<Violation> wrong = violations(task, List.of());
    if (wrong.isEmpty()) {
      store(task);
    }
    return wrong;
  }

  /**
   * @param beside others that are going to be stored with it
   */
  private List<Violation> violations(Task task, List<Task> beside) {
    List<Violation> wrong = new ArrayList<>(violations(kernel, task));
    Cycles.check(task, name -> followed(name, beside)).ifPresent(wrong::add);
    return wrong;
  }

  private List<TaskName> followed(TaskName name, List<Task> beside) {
    return beside.stream()
        .filter(task -> task.name().equals(name))
        .findFirst()
        .map(Cycles::followed)
        .orElseGet(
            () ->
                tasks().find(name).filter(TaskBook::exists).stream()
                    .flatMap(task -> task.follows().stream())
                    .toList());
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
        long revision = applied.now().revision();
        changed(task.name(), revision, expected == 0 ? "created" : "changed");
        return;
      }
    }
    throw busy(task.name());
  }

  private static boolean exists(StoredTask task) {
    return task.state() != State.DELETED;
  }

  private boolean same(StoredTask stored, Task task, String definition) {
    return stored.state() == state(task, Optional.of(stored))
        && stored.definition().equals(definition)
        && !isParked(stored, task);
  }

  /** Whether it was taken off the clock, though its schedules have more to come. */
  private boolean isParked(StoredTask stored, Task task) {
    return stored.clock().next().isEmpty()
        && Firings.next(task.timetable(), kernel.now()).isPresent();
  }

  private static State state(Task task) {
    return task.options().enabled() ? State.ENABLED : State.DISABLED;
  }

  /** An edit does not end a pause: who writes task files need not know of it. */
  private static State state(Task task, Optional<StoredTask> stored) {
    return stored.filter(TaskBook::paused).map(StoredTask::state).orElseGet(() -> state(task));
  }

  private static boolean paused(StoredTask task) {
    return task.state() == State.PAUSED;
  }

  private StoredTask next(Task task, String definition, Optional<StoredTask> stored) {
    Instant now = kernel.now();
    String incarnation =
        stored
            .filter(TaskBook::exists)
            .map(StoredTask::incarnation)
            .orElseGet(() -> incarnation(task.name(), now));
    State state = state(task, stored);
    return new StoredTask(task.name(), 1, incarnation, state, definition, clock(task, stored));
  }

  /** On from now: never back to an instant that has been accounted for. */
  private Clock clock(Task task, Optional<StoredTask> stored) {
    Instant now = kernel.now();
    Instant after =
        stored.flatMap(s -> s.clock().lastDue()).filter(due -> due.isAfter(now)).orElse(now);
    return Clock.STOPPED.withNext(Firings.next(task.timetable(), after));
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
      if (put(stored.get(), State.DELETED, Clock.STOPPED, "removed")) {
        return true;
      }
    }
    throw busy(name);
  }

  /** Whether somebody holds the task; false when there is none. */
  boolean isPaused(TaskName name) {
    return tasks().find(name).filter(TaskBook::paused).isPresent();
  }

  /** False when it was paused already. */
  boolean pause(TaskName name) {
    for (int i = 0; i < RACES; i++) {
      StoredTask stored = required(name);
      if (paused(stored)) {
        return false;
      }
      if (put(stored, State.PAUSED, stored.clock(), "paused")) {
        return true;
      }
    }
    throw busy(name);
  }

  /**
   * What was due meanwhile is left out, whatever the misfire policy: that is for instants which
   * nobody meant to miss. False when it was not paused.
   */
  boolean resume(TaskName name) {
    for (int i = 0; i < RACES; i++) {
      StoredTask stored = required(name);
      if (!paused(stored)) {
        return false;
      }
      Task task = TaskCodec.read(stored.definition());
      Clock clock = clock(task, Optional.of(stored));
      if (put(stored, state(task), clock, "resumed" + leftOut(task, stored))) {
        return true;
      }
    }
    throw busy(name);
  }

  private String leftOut(Task task, StoredTask stored) {
    int missed =
        stored.clock().next().map(n -> Firings.due(task.timetable(), n, kernel.now())).orElse(0);
    return switch (missed) {
      case 0 -> "";
      case 1 -> "; what was due once meanwhile is left out";
      default -> "; what was due " + missed + " times meanwhile is left out";
    };
  }

  private StoredTask required(TaskName name) {
    return tasks()
        .find(name)
        .filter(TaskBook::exists)
        .orElseThrow(
            () ->
                new ActionException("ERR_TASK_DOES_NOT_EXIST", "there is no task " + name.value()));
  }

  /** Stores the same definition in another state; false when somebody else was quicker. */
  private boolean put(StoredTask was, State state, Clock clock, String change) {
    StoredTask next =
        new StoredTask(
            was.name(), was.revision(), was.incarnation(), state, was.definition(), clock);
    boolean done = tasks().put(next, was.revision()) instanceof Write.Applied<StoredTask>;
    if (done) {
      changed(was.name(), was.revision() + 1, change);
    }
    return done;
  }

  private static ActionException busy(TaskName name) {
    return new ActionException(
        "ERR_BUSY", "task " + name.value() + " is being changed all the time; try again");
  }

  private void changed(TaskName task, long revision, String change) {
    kernel
        .reporter()
        .report(new AuditEvent.TaskChanged(kernel.now(), Subject.task(task), revision, change));
  }

  List<Task> all() {
    return tasks().all().stream().map(task -> TaskCodec.read(task.definition())).toList();
  }

  private Tasks tasks() {
    return kernel.store().tasks();
  }
}
