package io.opsautomator.testkit.simulation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What came of a world.
 *
 * @param counts of faults by kind; those that did not happen are not in it
 * @param faults the numbers of all that happened
 * @param features what kind of world it was, in words that can be counted
 */
record WorldResult(
    long seed,
    Size size,
    Map<Fault, Integer> counts,
    Set<Integer> faults,
    List<String> features,
    Optional<Throwable> failure,
    Trace trace) {

  /**
   * @param nodes processes at a time
   * @param started processes in all
   * @param steps crossings of a seam
   * @param writes of the store, refused ones too
   * @param calls of the cloud
   */
  record Size(int nodes, int started, long steps, long writes, int calls) {}

  /** The number of the invariant that was violated; a failure of another kind by its type. */
  Optional<String> violated() {
    return failure.map(
        cause ->
            cause instanceof Violation violation
                ? violation.invariant()
                : cause.getClass().getSimpleName());
  }
}
