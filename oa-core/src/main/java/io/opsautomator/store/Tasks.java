package io.opsautomator.store;

import io.opsautomator.task.TaskName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Task definitions and the clocks that say when they fire. */
public interface Tasks {

  /** Tombstones too. */
  Optional<StoredTask> find(TaskName name);

  /** Without tombstones, by name. For display and for checks over all tasks. */
  List<StoredTask> all();

  /**
   * Those of {@link #all} that follow a task. Asked at the end of every run, so a store of many
   * tasks reads only those that follow any.
   */
  default List<StoredTask> following(TaskName task) {
    return all().stream().filter(each -> each.follows().contains(task)).toList();
  }

  /**
   * Enabled tasks whose next firing is not after {@code upTo}, the longest overdue first. Never
   * reads the others.
   */
  List<StoredTask> due(Instant upTo, int limit);

  /** The earliest next firing of any enabled task. */
  Optional<Instant> nextDue();

  /**
   * Stores {@code task} over revision {@code expected}; 0 when no task of that name, or only its
   * tombstone, may be there. Open and queued runs are kept as stored, whatever {@code task} says of
   * them.
   */
  Write<StoredTask> put(StoredTask task, long expected);
}
