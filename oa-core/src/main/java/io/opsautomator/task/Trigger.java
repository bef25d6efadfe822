package io.opsautomator.task;

import java.time.Instant;

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
   */
  record Manual(String requestId, String by) implements Trigger {
    @Override
    public String key() {
      return "manual/" + requestId;
    }
  }
}
