package io.opsautomator.task;

import java.time.Instant;
import java.util.Optional;

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
