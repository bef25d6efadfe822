package io.opsautomator.task;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Why a run exists. Immutable; equal causes have equal keys. */
public sealed interface Trigger {
  String key();

  /** A schedule firing, by the instant it was due, however late it was noticed. */
  record Firing(Instant due) implements Trigger {
    @Override
    public String key() {
      return "at/" + due;
    }
  }

  record Event(String eventId) implements Trigger {
    @Override
    public String key() {
      return "event/" + eventId;
    }
  }

  /**
   * Asked for; {@code requestId} comes from who asks, so that asking again after a time-out asks
   * once.
   *
   * @param changes what the run does differently from its task
   */
  record Manual(String requestId, String by, Optional<Changes> changes) implements Trigger {
    public Manual(String requestId, String by) {
      this(requestId, by, Optional.empty());
    }

    @Override
    public String key() {
      return "manual/" + requestId;
    }
  }

  /**
   * A run of a task that this one follows has ended.
   *
   * @param run the one that ended
   * @param drive in which it did
   * @param results of it, by the names of placeholders such as {@code after.run}
   */
  record Chained(RunId run, int drive, Map<String, String> results) implements Trigger {
    public Chained {
      results = Collections.unmodifiableMap(new TreeMap<>(results));
    }

    @Override
    public String key() {
      return "after/" + run.value() + (drive == 0 ? "" : "/" + drive);
    }
  }

  /**
   * What one run does differently from its task; how exactly, its definition says.
   *
   * @param words for people, without secrets
   * @param retarget whether it is about other resources
   */
  record Changes(String words, boolean retarget) {}

  /** What a run of this trigger does differently from its task. */
  default Optional<Changes> changed() {
    return this instanceof Manual manual ? manual.changes() : Optional.empty();
  }
}
