package io.opsautomator.aws.budget;

import java.time.Instant;
import java.util.Optional;

/**
 * What a worker has heard from a service since its last report. Immutable.
 *
 * @param generation of the limit under which it was working
 * @param perSecond calls it made in a second, on average
 * @param pressed whether it could have used more than its share
 * @param throttling since when the service turned calls away; empty if it did not
 * @param refused how many
 */
record Heard(
    long generation,
    double perSecond,
    boolean pressed,
    Optional<Instant> throttling,
    long refused) {
  static final Heard NOTHING = new Heard(0, 0, false, Optional.empty(), 0);
}
