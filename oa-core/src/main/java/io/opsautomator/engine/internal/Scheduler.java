package io.opsautomator.engine.internal;

import io.opsautomator.action.ActionException;
import io.opsautomator.audit.AuditEvent;
import io.opsautomator.audit.AuditEvent.Subject;
import io.opsautomator.dispatch.Message;
import io.opsautomator.schedule.MisfirePolicy;
import io.opsautomator.schedule.OverlapPolicy;
import io.opsautomator.schedule.Suppression;
import io.opsautomator.store.Run;
import io.opsautomator.store.Run.Cause;
import io.opsautomator.store.Run.Missed;
import io.opsautomator.store.Run.State;
import io.opsautomator.store.Run.Summary;
import io.opsautomator.store.StoreException;
import io.opsautomator.store.StoredTask;
import io.opsautomator.store.StoredTask.Clock;
import io.opsautomator.store.Write;
import io.opsautomator.task.RunId;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskName;
import io.opsautomator.task.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes runs of due instants and of requests.
 *
 * <p>A run comes into being in the one write that moves its task's clock on, under the condition
 * that the task is still as it was read: so no instant is lost or doubled, by however many
 * schedulers, and no run is made of a definition that is no longer in force. What is held back gets
 * a record too. A task that fails here does not keep the others from firing.
 */
final class Scheduler {
  private static final Logger LOG = LoggerFactory.getLogger(Scheduler.class);
  private static final int AT_ONCE = 200;
  private static final int QUEUED = 1;
  private static final int QUEUED_AT_MOST = 100;
  private static final int RACES = 10;
  private static final Duration AFTER_A_TICK = Duration.ofMillis(100);
  private static final Duration LONGEST_TICK = Duration.ofSeconds(1);
  private static final Duration AFTER_A_FAILURE = Duration.ofSeconds(5);

  private final Kernel kernel;
  private volatile Duration soonest = AFTER_A_TICK;

  Scheduler(Kernel kernel) {
    this.kernel = kernel;
  }

  /** What a task's clock and a new run come to. */
  private record Draft(Clock clock, Run run) {}

  /**
   * Fires all that is due, however much was missed; but for what cannot be fired now, and for what
   * is left after {@link #LONGEST_TICK}: the next tick goes on with that.
   */
  void fireDue() {
    Instant now = kernel.now();
    Instant stop = now.plus(LONGEST_TICK);
    boolean failed = false;
    boolean more = true;
    while (more) {
      List<StoredTask> due = kernel.store().tasks().due(now, AT_ONCE);
      for (StoredTask task : due) {
        failed |= !fired(task, now);
      }
      more = due.size() == AT_ONCE && !failed && kernel.now().isBefore(stop);
    }
    soonest = failed ? AFTER_A_FAILURE : AFTER_A_TICK;
  }

  private boolean fired(StoredTask task, Instant now) {
    try {
      fireOrPark(task, now);
      return true;
    } catch (StoreException e) {
      LOG.error("{} cannot be fired now and stays due", task.name().value(), e);
      return false;
    }
  }

  /** Only what is wrong with the task itself takes it off the clock. */
  private void fireOrPark(StoredTask task, Instant now) {
    try {
      fire(task, now);
    } catch (StoreException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.error("{} cannot be fired and is taken off the clock", task.name().value(), e);
      park(task, now, e);
    }
  }

  /** Claims every instant that is due; who loses a race leaves the rest to the winner. */
  private void fire(StoredTask due, Instant now) {
    StoredTask stored = due;
    while (stored.due(now)) {
      Task task = kernel.jobs().of(stored.definition()).task();
      Firings.Decision decision =
          Firings.decide(
              task.timetable(), task.when().misfire(), stored.clock().next().orElseThrow(), now);
      Draft draft = draft(stored, task, decision, now);
      Write<StoredTask> write =
          kernel.store().runs().fire(stored, draft.clock(), List.of(draft.run()));
      if (!(write instanceof Write.Applied<StoredTask> applied)) {
        return;
      }
      announce(draft.run());
      stored = applied.now();
    }
  }

  private Draft draft(StoredTask stored, Task task, Firings.Decision decision, Instant now) {
    Clock moved =
        new Clock(
            decision.next(),
            Optional.of(decision.due()),
            stored.clock().open(),
            stored.clock().queued(),
            stored.clock().told());
    Trigger trigger = new Trigger.Firing(decision.due());
    if (!decision.fires()) {
      String why =
          decision
              .suppressed()
              .map(Suppression::inWords)
              .orElseGet(() -> "missed: due " + decision.due() + ", found " + now);
      return new Draft(moved, run(stored, trigger, decision.missed(), now, State.PASSED, why));
    }
    return admit(stored.withClock(moved), task, trigger, decision.missed(), now);
  }

  /**
   * How many runs may wait for the open one. Firings that are caught up with are many at once by
   * their nature: all that the misfire rule grants may wait.
   */
  private static int mayWait(Task task, Trigger trigger, Instant now) {
    return trigger instanceof Trigger.Firing firing
            && task.when().misfire() instanceof MisfirePolicy.All all
            && task.timetable().wake(firing.due()).isBefore(now.minus(Settings.LATE))
        ? Math.min(all.atMost(), QUEUED_AT_MOST)
        : QUEUED;
  }

  /** Applies the overlap rule. */
  private Draft admit(StoredTask stored, Task task, Trigger trigger, Missed missed, Instant now) {
    Clock clock = stored.clock();
    Run run = run(stored, trigger, missed, now, State.SELECTING, "");
    OverlapPolicy overlap = task.when().overlap();
    if (overlap == OverlapPolicy.ALLOW) {
      return new Draft(clock, run);
    }
    if (clock.open().isEmpty()) {
      return new Draft(
          new Clock(
              clock.next(), clock.lastDue(), Optional.of(run.id()), clock.queued(), clock.told()),
          run);
    }
    if (overlap == OverlapPolicy.QUEUE && clock.queued().size() < mayWait(task, trigger, now)) {
      List<RunId> queued = new ArrayList<>(clock.queued());
      queued.add(run.id());
      return new Draft(
          new Clock(clock.next(), clock.lastDue(), clock.open(), queued, clock.told()),
          run.with(State.QUEUED, Summary.NONE));
    }
    String why = "run " + clock.open().get().value() + " of the task has not ended";
    return new Draft(clock, run(stored, trigger, missed, now, State.PASSED, why));
  }

  private Run run(
      StoredTask task, Trigger trigger, Missed missed, Instant now, State state, String why) {
    Summary summary = Summary.of(why);
    return new Run(
        RunId.of(task.name(), task.incarnation(), trigger),
        task.name(),
        new Cause(task.revision(), task.definition(), trigger, now, missed),
        state,
        now.plus(kernel.settings().watch()),
        state.ended() ? summary.endedAt(now) : summary,
        Run.Drive.FIRST);
  }

  private void announce(Run run) {
    Subject subject = Subject.run(run);
    Trigger trigger = run.cause().trigger();
    if (run.state() == State.PASSED || run.state() == State.QUEUED) {
      String why =
          run.state() == State.QUEUED ? "waits for the open run to end" : run.summary().reason();
      kernel.reporter().report(new AuditEvent.HeldBack(kernel.now(), subject, trigger, why));
    } else {
      int missed = run.cause().missed().count();
      kernel.reporter().report(new AuditEvent.Triggered(kernel.now(), subject, trigger, missed));
      kernel.send(new Message.Select(run.id(), Optional.empty()));
    }
  }

  /**
   * Triggers a run by request; the same request gives the same run.
   *
   * @throws ActionException if there is no such task, it is disabled, or the request has made a run
   *     before that does something else
   * @throws io.opsautomator.task.InvalidTaskException if it asks for what no run may do
   */
  RunId trigger(TaskName name, Request request) {
    for (int i = 0; i < RACES; i++) {
      StoredTask stored = enabled(name);
      StoredTask asked = request.applyTo(stored);
      Trigger trigger = request.trigger(stored);
      RunId id = RunId.of(name, stored.incarnation(), trigger);
      Optional<Run> made = kernel.store().runs().find(id);
      if (made.isPresent()) {
        request.requireSame(made.get(), asked);
        return id;
      }
      Task task = kernel.jobs().of(asked.definition()).task();
      Draft draft = admit(asked, task, trigger, Missed.NONE, kernel.now());
      if (kernel.store().runs().fire(stored, draft.clock(), List.of(draft.run()))
          instanceof Write.Applied<StoredTask>) {
        announce(draft.run());
        return id;
      }
    }
    throw new ActionException(
        "ERR_BUSY", "task " + name.value() + " is being changed all the time; try again");
  }

  private StoredTask enabled(TaskName name) {
    StoredTask stored =
        kernel
            .store()
            .tasks()
            .find(name)
            .filter(task -> task.state() != StoredTask.State.DELETED)
            .orElseThrow(
                () ->
                    new ActionException(
                        "ERR_TASK_DOES_NOT_EXIST", "there is no task " + name.value()));
    if (stored.state() == StoredTask.State.PAUSED) {
      throw new ActionException(
          "ERR_TASK_PAUSED",
          "task " + name.value() + " is paused; resume it to run it: oa resume " + name.value());
    }
    if (stored.state() != StoredTask.State.ENABLED) {
      throw new ActionException(
          "ERR_TASK_DISABLED", "task " + name.value() + " is disabled; enable it to run it");
    }
    return stored;
  }

  /**
   * Makes a run of a task that follows another one; the same trigger gives the same run. One that
   * may not be made has a record in the audit, or of itself when its task cannot be read here.
   */
  void follow(StoredTask found, Trigger trigger) {
    Optional<StoredTask> stored = Optional.of(found);
    for (int i = 0; i < RACES && stored.isPresent(); i++) {
      StoredTask task = stored.get();
      RunId id = RunId.of(task.name(), task.incarnation(), trigger);
      if (task.state() != StoredTask.State.ENABLED) {
        heldBack(task, trigger);
        return;
      }
      if (kernel.store().runs().find(id).isPresent()) {
        return;
      }
      Draft draft = followUp(task, trigger);
      if (kernel.store().runs().fire(task, draft.clock(), List.of(draft.run()))
          instanceof Write.Applied<StoredTask>) {
        announce(draft.run());
        return;
      }
      stored = kernel.store().tasks().find(found.name()).filter(now -> sameTask(now, found));
    }
    if (stored.isPresent()) {
      throw new StoreException(found.name().value() + " is being changed by others all the time");
    }
  }

  private static boolean sameTask(StoredTask now, StoredTask found) {
    return now.state() != StoredTask.State.DELETED && now.incarnation().equals(found.incarnation());
  }

  private Draft followUp(StoredTask task, Trigger trigger) {
    Instant now = kernel.now();
    try {
      return admit(task, kernel.jobs().of(task.definition()).task(), trigger, Missed.NONE, now);
    } catch (ActionException e) {
      LOG.error("{} cannot follow {}", task.name().value(), trigger.key(), e);
      String why = "cannot be fired: " + e;
      return new Draft(task.clock(), run(task, trigger, Missed.NONE, now, State.PASSED, why));
    }
  }

  private void heldBack(StoredTask task, Trigger trigger) {
    Subject subject = Subject.task(task.name());
    String why = "the task is " + task.state().name().toLowerCase(java.util.Locale.ROOT);
    kernel.reporter().report(new AuditEvent.HeldBack(kernel.now(), subject, trigger, why));
  }

  /** Takes a task that cannot be fired off the clock, with a record that says why. */
  private void park(StoredTask task, Instant now, RuntimeException e) {
    Trigger trigger = new Trigger.Firing(task.clock().next().orElse(now));
    Run run = run(task, trigger, Missed.NONE, now, State.PASSED, "cannot be fired: " + e);
    Clock clock = task.clock().withNext(Optional.empty());
    if (kernel.store().runs().fire(task, clock, List.of(run))
        instanceof Write.Applied<StoredTask>) {
      announce(run);
    }
  }

  /** Has every open run looked at whose time has come. */
  void watchDue() {
    Instant now = kernel.now();
    for (Run run : kernel.store().runs().toWatch(now, AT_ONCE)) {
      if (kernel.store().runs().watched(run.id(), run.watchAt(), nextLook(run, now))
          instanceof Write.Applied<Run>) {
        kernel.send(new Message.Watch(run.id()));
      }
    }
  }

  private Instant nextLook(Run run, Instant now) {
    Duration tenth = Duration.between(run.cause().at(), now).dividedBy(10);
    Duration least = kernel.settings().watch();
    return now.plus(tenth.compareTo(least) > 0 ? tenth : least);
  }

  /** When to look again. */
  Instant nextTick(boolean schedules) {
    Instant now = kernel.now();
    return Firings.earliest(
        now.plus(kernel.settings().watch()),
        List.of(
            schedules ? kernel.store().tasks().nextDue() : Optional.empty(),
            kernel.store().runs().nextWatch()),
        soonest,
        now);
  }
}
