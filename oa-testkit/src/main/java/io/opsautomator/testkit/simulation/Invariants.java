package io.opsautomator.testkit.simulation;

import java.util.List;

/** All that is watched in every world. */
final class Invariants {
  private Invariants() {}

  /** Fresh ones for one world. */
  static List<Watcher> watchers() {
    Knowledge known = new Knowledge();
    return List.of(
        known,
        new InvariantsOfExecutions(),
        new InvariantsOfGates(known),
        new InvariantsOfFirings(known),
        new InvariantsOfSelections(known),
        new InvariantsOfRuns(known),
        new InvariantsOfFollowers(known),
        new InvariantsOfEffects(known),
        new InvariantsOfOutcomes(known),
        new InvariantsOfMessages(known),
        new InvariantsOfAudit(known),
        new InvariantsOfLimits(known),
        new InvariantsAtRest(known));
  }
}
