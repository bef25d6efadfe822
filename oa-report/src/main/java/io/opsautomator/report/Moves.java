package io.opsautomator.report;

import java.util.Set;

/** What the statuses that the audit names mean for how long something took, and what it held. */
final class Moves {
  static final String ENDED = "ended";
  static final String RUNNING = "RUNNING";

  private static final Set<String> BEFORE = Set.of("READY", "WAITING");
  private static final Set<String> BUSY = Set.of(RUNNING, "COMPLETING");

  private Moves() {}

  static boolean waits(String status) {
    return BEFORE.contains(status);
  }

  /** Statuses of later versions are ends: better a bar that is too short than one without end. */
  static boolean ended(String status) {
    return !BEFORE.contains(status) && !BUSY.contains(status);
  }
}
