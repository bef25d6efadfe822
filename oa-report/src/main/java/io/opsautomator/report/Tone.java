package io.opsautomator.report;

import io.opsautomator.store.Execution;
import io.opsautomator.store.Run;
import java.util.Locale;

/** How something went, which is shown by a word, a colour and, in the timeline, a height. */
enum Tone {
  GOOD,
  ODD,
  BAD,
  QUIET,
  OPEN;

  static Tone of(Run.State state) {
    return switch (state.name()) {
      case "COMPLETE" -> GOOD;
      case "PARTIAL" -> ODD;
      case "FAILED" -> BAD;
      case "CANCELLED", "PASSED" -> QUIET;
      default -> OPEN;
    };
  }

  static Tone of(Execution.Status status) {
    return switch (status.name()) {
      case "SUCCEEDED" -> GOOD;
      case "FAILED", "TIMED_OUT" -> BAD;
      case "UNCERTAIN" -> ODD;
      case "CANCELLED", "NOT_STARTED" -> QUIET;
      default -> OPEN;
    };
  }

  /** As a class of the style sheet. */
  String css() {
    return name().toLowerCase(Locale.ROOT);
  }
}
