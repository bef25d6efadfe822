package io.opsautomator.engine.internal;

import io.opsautomator.audit.AuditEvent;
import io.opsautomator.audit.AuditSink;
import io.opsautomator.notify.Notification;
import io.opsautomator.notify.Notification.NothingHappened;
import io.opsautomator.notify.Notification.Why;
import io.opsautomator.notify.Notifier;
import io.opsautomator.store.Run;
import io.opsautomator.store.StoredTask;
import io.opsautomator.store.StoredTask.State;
import io.opsautomator.store.StoredTask.Told;
import io.opsautomator.store.Write;
import io.opsautomator.task.Ids;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskCodec;
import io.opsautomator.task.TaskName;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells people what happened to tasks, and what did not.
 *
 * <p>An event says only which task to look at; what there is to tell is read from the store, from
 * where people had been told up to. How far that is, is stored after they have been told: so what a
 * process has died before telling, another tells, and what it has told just before it died is told
 * twice, under one id. What one process has told it does not tell again, whatever the store says.
 */
final class Herald implements AuditSink {
  private static final Logger LOG = LoggerFactory.getLogger(Herald.class);

  /** How often all tasks are looked at. */
  static final Duration LOOK = Duration.ofMinutes(5);

  private static final int RUNS = 200;
  private static final int REMEMBERED = 10_000;

  private final Kernel kernel;
  private final List<Notifier> notifiers;
  private final Executor executor;
  private final Tidings tidings;
  private final Set<TaskName> pending = new LinkedHashSet<>();
  private final Set<TaskName> failed = new LinkedHashSet<>();
  private final Lock telling = new ReentrantLock();
  private final Set<String> told = Collections.newSetFromMap(new Latest());
  private boolean busy;
  private volatile Instant nextLook = Instant.MIN;

  private static final class Latest extends LinkedHashMap<String, Boolean> {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
      return size() > REMEMBERED;
    }
  }

  Herald(Kernel kernel, List<Notifier> notifiers, Executor executor) {
    this.kernel = kernel;
    this.notifiers = List.copyOf(notifiers);
    this.executor = executor;
    this.tidings = new Tidings(kernel);
  }

  @Override
  public void accept(AuditEvent event) {
    boolean ofInterest =
        event instanceof AuditEvent.Triggered
            || event instanceof AuditEvent.HeldBack
            || event instanceof AuditEvent.RunEnded;
    if (ofInterest && !notifiers.isEmpty()) {
      synchronized (this) {
        pending.add(event.of().task());
      }
      wake();
    }
  }

  /** From time to time: tells what could not be told, and looks for what should have happened. */
  void look() {
    if (notifiers.isEmpty()) {
      return;
    }
    Instant now = kernel.now();
    if (!now.isBefore(nextLook)) {
      nextLook = now.plus(LOOK);
      List<StoredTask> all = kernel.store().tasks().all();
      synchronized (this) {
        all.forEach(task -> pending.add(task.name()));
      }
    }
    wake();
  }

  private synchronized void wake() {
    if (!busy && !pending.isEmpty()) {
      executor.execute(this::tellInTurn);
      busy = true;
    }
  }

  /** Before the store is closed: what there is to tell by now. */
  void last() {
    telling.lock();
    try {
      tellPending();
    } finally {
      telling.unlock();
    }
  }

  /** One at a time: the order of what happened is that of telling it. */
  private void tellInTurn() {
    boolean more;
    telling.lock();
    try {
      tellPending();
    } finally {
      telling.unlock();
      synchronized (this) {
        busy = false;
        more = !pending.isEmpty();
        pending.addAll(failed); // At the next tick.
        failed.clear();
      }
    }
    if (more) {
      wake();
    }
  }

  private void tellPending() {
    Set<TaskName> tasks;
    synchronized (this) {
      tasks = new LinkedHashSet<>(pending);
      pending.clear();
    }
    for (TaskName name : tasks) {
      if (!told(name)) {
        synchronized (this) {
          failed.add(name);
        }
      }
    }
  }

  private boolean told(TaskName name) {
    try {
      Optional<StoredTask> stored = kernel.store().tasks().find(name);
      return stored.isEmpty() || told(stored.get());
    } catch (RuntimeException e) {
      LOG.error("It cannot be told now what happened to {}", name.value(), e);
      return false;
    }
  }

  private boolean told(StoredTask stored) {
    Task task = TaskCodec.read(stored.definition());
    Told was = stored.clock().told().orElse(Told.NOTHING);
    List<Run> runs = kernel.store().runs().history(Optional.of(stored.name()), RUNS);
    Told now = was;
    Instant after = was.upTo().orElse(Instant.EPOCH);
    Set<Notifier> waiting = new HashSet<>();
    for (Notification each : tidings.since(after.minus(Settings.MARGIN), runs)) {
      tell(each, waiting);
      if (waiting.isEmpty() && each.at().isAfter(after)) {
        after = each.at();
        now = now.upTo(after);
      }
    }
    now = expected(stored, task, runs, now);
    return mark(stored, was, now) && waiting.isEmpty();
  }

  /** What should have happened to a task that is free to run. */
  private Told expected(StoredTask stored, Task task, List<Run> runs, Told was) {
    if (stored.state() != State.ENABLED) {
      return was;
    }
    Told now = task.options().notifications() ? fired(stored, was) : was;
    Optional<Duration> bound = task.options().expectSuccessWithin();
    return bound.isPresent() ? succeeded(stored, bound.get(), runs, now) : now;
  }

  private Told fired(StoredTask stored, Told was) {
    Instant late = kernel.now().minus(Settings.LATE);
    Optional<Instant> due = stored.clock().next().filter(next -> next.isBefore(late));
    if (due.isEmpty() || was.due().equals(due)) {
      return was;
    }
    NothingHappened nothing =
        new NothingHappened(
            Tidings.notFired(stored.name().value(), due.get()),
            kernel.now(),
            stored.name(),
            Why.NOT_FIRED,
            Optional.empty(),
            "was due at " + due.get() + ", and has not fired; is a scheduler at work?");
    return tell(nothing) ? was.notFired(due.get()) : was;
  }

  private Told succeeded(StoredTask stored, Duration bound, List<Run> runs, Told was) {
    Instant now = kernel.now();
    Optional<Instant> last =
        runs.stream()
            .filter(run -> run.state() == Run.State.COMPLETE)
            .flatMap(run -> run.summary().ended().stream())
            .max(Instant::compareTo);
    Instant since = was.since().orElse(last.orElse(now));
    if (last.isPresent() && last.get().isAfter(since)) {
      since = last.get();
    }
    boolean known = was.silence() && was.since().equals(Optional.of(since));
    if (known || !since.plus(bound).isBefore(now)) {
      return was.noSuccess(since, known);
    }
    String words = "no run has ended well since " + since + ", for longer than " + bound;
    NothingHappened nothing =
        new NothingHappened(
            Ids.derive("no-success", stored.name().value(), since.toString()),
            now,
            stored.name(),
            Why.NO_SUCCESS,
            Optional.empty(),
            words);
    return was.noSuccess(since, tell(nothing));
  }

  /** True when all have been told. */
  private boolean tell(Notification notification) {
    Set<Notifier> failing = new HashSet<>();
    tell(notification, failing);
    return failing.isEmpty();
  }

  /**
   * A notifier that fails keeps no other from being told.
   *
   * @param waiting those that are not told now, since they have failed before; who fails becomes
   *     one of them
   */
  private void tell(Notification notification, Set<Notifier> waiting) {
    for (int i = 0; i < notifiers.size(); i++) {
      Notifier notifier = notifiers.get(i);
      String key = i + "/" + notification.id();
      if (!waiting.contains(notifier) && !told.contains(key)) {
        if (told(notifier, notification)) {
          told.add(key);
        } else {
          waiting.add(notifier);
        }
      }
    }
  }

  private static boolean told(Notifier notifier, Notification notification) {
    try {
      notifier.tell(notification);
      return true;
    } catch (Exception e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      LOG.warn("A notifier failed on {}, which is told again later", notification.id(), e);
      return false;
    }
  }

  /** False when the task has moved on meanwhile, or may not be written now. */
  private boolean mark(StoredTask stored, Told was, Told now) {
    if (now.equals(was) || stored.state() != State.ENABLED) {
      return true;
    }
    return kernel.store().runs().fire(stored, stored.clock().withTold(now), List.of())
        instanceof Write.Applied<StoredTask>;
  }
}
