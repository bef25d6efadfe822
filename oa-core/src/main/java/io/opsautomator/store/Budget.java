package io.opsautomator.store;

import io.opsautomator.task.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * What runs have reserved in one window of time, all tasks together. Immutable.
 *
 * @param window the name of the window; see {@link #window}
 * @param reserved by run, none below zero
 */
public record Budget(String window, Map<RunId, Integer> reserved) {
  public Budget {
    reserved = Map.copyOf(reserved);
  }

  /** The name of a window: {@code 2026-11-21T00:00:00Z/PT24H}. */
  public static String window(Instant start, Duration length) {
    return start + "/" + length;
  }

  /** What all runs have reserved together. */
  public int used() {
    return reserved.values().stream().mapToInt(Integer::intValue).sum();
  }
}
