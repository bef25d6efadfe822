package io.opsautomator.testkit.simulation;

import java.util.List;

/** All that is watched in every world. */
final class Invariants {
  private Invariants() {}

  /** Fresh ones for one world. */
  static List<Watcher> watchers() {
    return List.of();
  }
}
