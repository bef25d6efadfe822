package io.opsautomator.store;

import io.opsautomator.task.RunId;
import java.util.Map;

/**
 * What runs have reserved in one window of time, all tasks together. Immutable.
 *
 * @param window its name: when it begins and how long it is, such as {@code
 *     2026-11-21T00:00:00Z/PT24H}
 * @param reserved by run, none below zero
 */
public record Budget(String window, Map<RunId, Integer> reserved) {
  public Budget {
    reserved = Map.copyOf(reserved);
  }

  /** What all runs have reserved together. */
  public int used() {
    return reserved.values().stream().mapToInt(Integer::intValue).sum();
  }
}
