package io.opsautomator.store;

import io.opsautomator.store.StoredTask.Clock;
import io.opsautomator.task.ExecutionId;
import io.opsautomator.task.RunId;
import io.opsautomator.task.TaskName;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Tasks and runs. Guarded by itself, since a firing is one step over both. Two sorted indexes - of
 * tasks by their next firing, of open runs by when to look at them - are kept with every write, so
 * that a tick reads only what is due.
 */
final class InMemoryRuns implements Runs {
  private final Map<String, StoredTask> tasks = new HashMap<>();
  private final Map<RunId, Run> runs = new HashMap<>();
  private final Agenda due = new Agenda();
  private final Agenda watch = new Agenda();

  /** Tasks that follow any, or did. */
  private final Set<String> followers = new TreeSet<>();

  Tasks tasks() {
    return new View();
  }

  @Override
  public synchronized Write<StoredTask> fire(StoredTask asRead, Clock after, List<Run> fresh) {
    StoredTask stored = tasks.get(asRead.name().value());
    if (stored == null) {
      return new Write.Absent<>();
    }
    if (!RunRules.mayFire(stored, asRead)) {
      return new Write.Refused<>(stored);
    }
    List<Run> made = fresh.stream().filter(run -> !runs.containsKey(run.id())).toList();
    boolean known = made.isEmpty() && !fresh.isEmpty();
    Clock clock = RunRules.fired(stored.clock(), after, known);
    if (known && clock.equals(stored.clock())) {
      return new Write.Refused<>(stored);
    }
    made.forEach(this::keep);
    return new Write.Applied<>(keep(stored.withClock(clock)));
  }

  @Override
  public synchronized Write<Run> insert(Run run) {
    Run there = runs.get(run.id());
    return there == null ? new Write.Applied<>(keep(run)) : new Write.Refused<>(there);
  }

  @Override
  public synchronized Write<Moved> move(
      RunId id, int drive, Run.State from, Run.State to, Run.Summary summary) {
    Run stored = runs.get(id);
    if (stored == null) {
      return new Write.Absent<>();
    }
    if (!RunRules.mayMove(stored, drive, from)) {
      return new Write.Refused<>(new Moved(stored, Optional.empty()));
    }
    Run moved = keep(stored.with(to, summary));
    return new Write.Applied<>(new Moved(moved, to.ended() ? succeed(moved) : Optional.empty()));
  }

  private Optional<Run> succeed(Run ended) {
    StoredTask task = tasks.get(ended.task().value());
    if (task == null) {
      return Optional.empty();
    }
    Optional<Run> opened =
        RunRules.successor(task, ended.id())
            .map(runs::get)
            .map(run -> keep(run.with(Run.State.SELECTING, run.summary())));
    keep(task.withClock(RunRules.without(task.clock(), ended.id())));
    return opened;
  }

  @Override
  public synchronized Write<Run> redrive(
      RunId id, int expectedDrive, Set<ExecutionId> uncertain, Instant watchAt, boolean alone) {
    Run stored = runs.get(id);
    if (stored == null) {
      return new Write.Absent<>();
    }
    boolean may = RunRules.mayRedrive(stored, expectedDrive) && (!alone || open(stored));
    return may
        ? new Write.Applied<>(keep(RunRules.redriven(stored, uncertain, watchAt)))
        : new Write.Refused<>(stored);
  }

  /** Whether its task, if there is one, has this run open now. */
  private boolean open(Run run) {
    StoredTask task = tasks.get(run.task().value());
    if (task == null) {
      return true;
    }
    Optional<Clock> clock = RunRules.opening(task.clock(), run.id());
    clock.ifPresent(opened -> keep(task.withClock(opened)));
    return clock.isPresent();
  }

  @Override
  public synchronized Write<Run> settled(RunId id, int drive) {
    Run stored = runs.get(id);
    if (stored == null) {
      return new Write.Absent<>();
    }
    return RunRules.settled(stored, drive)
        .<Write<Run>>map(run -> new Write.Applied<>(keep(run)))
        .orElseGet(() -> new Write.Refused<>(stored));
  }

  @Override
  public synchronized List<Run> toWatch(Instant upTo, int limit) {
    return watch.upTo(upTo, limit).stream().map(id -> runs.get(new RunId(id))).toList();
  }

  @Override
  public synchronized Optional<Instant> nextWatch() {
    return watch.first();
  }

  @Override
  public synchronized Write<Run> watched(RunId id, Instant asRead, Instant next) {
    Run stored = runs.get(id);
    if (stored == null) {
      return new Write.Absent<>();
    }
    return stored.watchAt().equals(asRead)
        ? new Write.Applied<>(keep(stored.watchedNext(next)))
        : new Write.Refused<>(stored);
  }

  @Override
  public synchronized Optional<Run> find(RunId run) {
    return Optional.ofNullable(runs.get(run));
  }

  @Override
  public synchronized List<Run> history(Optional<TaskName> task, int limit) {
    return runs.values().stream()
        .filter(run -> task.filter(name -> !name.equals(run.task())).isEmpty())
        .sorted(
            Comparator.<Run, Instant>comparing(run -> run.cause().at())
                .reversed()
                .thenComparing(run -> run.id().value()))
        .limit(limit)
        .toList();
  }

  synchronized List<RunId> purge(Instant endedBefore, int atMost) {
    List<RunId> ended =
        runs.values().stream()
            .filter(run -> RunRules.endedAt(run).filter(endedBefore::isAfter).isPresent())
            .map(Run::id)
            .limit(atMost)
            .toList();
    ended.forEach(runs::remove);
    return ended;
  }

  private Run keep(Run run) {
    Run was = runs.put(run.id(), run);
    if (was != null) {
      watch.remove(was.watchAt(), was.id().value());
    }
    if (run.watched()) {
      watch.add(run.watchAt(), run.id().value());
    }
    return run;
  }

  private StoredTask keep(StoredTask task) {
    StoredTask was = tasks.put(task.name().value(), task);
    if (was != null) {
      was.clock().next().ifPresent(next -> due.remove(next, was.name().value()));
    }
    if (!task.follows().isEmpty()) {
      followers.add(task.name().value());
    }
    if (task.state() == StoredTask.State.ENABLED) {
      task.clock().next().ifPresent(next -> due.add(next, task.name().value()));
    }
    return task;
  }

  /** The same items, seen as tasks. */
  private final class View implements Tasks {
    @Override
    public Optional<StoredTask> find(TaskName name) {
      synchronized (InMemoryRuns.this) {
        return Optional.ofNullable(tasks.get(name.value()));
      }
    }

    @Override
    public List<StoredTask> all() {
      synchronized (InMemoryRuns.this) {
        return tasks.values().stream()
            .filter(task -> task.state() != StoredTask.State.DELETED)
            .sorted(Comparator.comparing(task -> task.name().value()))
            .toList();
      }
    }

    @Override
    public List<StoredTask> following(TaskName name) {
      synchronized (InMemoryRuns.this) {
        return followers.stream()
            .map(tasks::get)
            .filter(task -> task.state() != StoredTask.State.DELETED)
            .filter(task -> task.follows().contains(name))
            .toList();
      }
    }

    @Override
    public List<StoredTask> due(Instant upTo, int limit) {
      synchronized (InMemoryRuns.this) {
        return due.upTo(upTo, limit).stream().map(tasks::get).toList();
      }
    }

    @Override
    public Optional<Instant> nextDue() {
      synchronized (InMemoryRuns.this) {
        return due.first();
      }
    }

    @Override
    public Write<StoredTask> put(StoredTask task, long expected) {
      synchronized (InMemoryRuns.this) {
        Optional<StoredTask> stored = Optional.ofNullable(tasks.get(task.name().value()));
        Write<StoredTask> write = RunRules.put(stored, task, expected);
        if (write instanceof Write.Applied<StoredTask> applied) {
          keep(applied.now());
        }
        return write;
      }
    }
  }
}
