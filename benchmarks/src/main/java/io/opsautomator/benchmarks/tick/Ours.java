package io.opsautomator.benchmarks.tick;

import io.opsautomator.schedule.Schedule;
import io.opsautomator.store.InMemoryStore;
import io.opsautomator.store.Run;
import io.opsautomator.store.Run.Cause;
import io.opsautomator.store.Run.Missed;
import io.opsautomator.store.Run.Summary;
import io.opsautomator.store.Store;
import io.opsautomator.store.StoredTask;
import io.opsautomator.store.StoredTask.Clock;
import io.opsautomator.store.Write;
import io.opsautomator.task.RunId;
import io.opsautomator.task.TaskName;
import io.opsautomator.task.Trigger;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the engine's scheduler asks of the store in memory: what is due, and for each a write that
 * moves the task's clock on and makes the record of the run.
 */
final class Ours implements Scheduler {
  private static final int AT_ONCE = 200;

  private final Store store = new InMemoryStore();
  private final Map<String, Schedule> schedules = new HashMap<>();

  @Override
  public void register(String task, int minuteOfDay, ZoneId zone, Instant after) {
    String text = minuteOfDay % 60 + " " + minuteOfDay / 60 + " * * ?";
    Schedule.Cron schedule = Schedule.cron(text, zone.getId());
    schedules.put(task, schedule);
    Clock clock = Clock.STOPPED.withNext(schedule.nextAfter(after));
    store
        .tasks()
        .put(new StoredTask(new TaskName(task), 1, "1", StoredTask.State.ENABLED, "", clock), 0);
  }

  @Override
  public int tick(Instant now) {
    int fired = 0;
    List<StoredTask> due = store.tasks().due(now, AT_ONCE);
    while (!due.isEmpty()) {
      for (StoredTask task : due) {
        fire(task, now);
      }
      fired += due.size();
      due = due.size() < AT_ONCE ? List.of() : store.tasks().due(now, AT_ONCE);
    }
    return fired;
  }

  private void fire(StoredTask task, Instant now) {
    Instant due = task.clock().next().orElseThrow();
    Optional<Instant> next = schedules.get(task.name().value()).nextAfter(due);
    Clock moved = new Clock(next, Optional.of(due), Optional.empty(), List.of());
    if (!(store.runs().fire(task, moved, List.of(run(task, due, now)))
        instanceof Write.Applied<StoredTask>)) {
      throw new IllegalStateException(task + " was fired by somebody else");
    }
  }

  /** One that has ended, since nobody is there to drive it. */
  private static Run run(StoredTask task, Instant due, Instant now) {
    Trigger trigger = new Trigger.Firing(due);
    return new Run(
        RunId.of(task.name(), task.incarnation(), trigger),
        task.name(),
        new Cause(task.revision(), task.definition(), trigger, now, Missed.NONE),
        Run.State.PASSED,
        now,
        Summary.NONE.endedAt(now),
        Run.Drive.FIRST);
  }
}
