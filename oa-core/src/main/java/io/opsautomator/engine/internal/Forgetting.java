package io.opsautomator.engine.internal;

import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forgets what is older than history is kept, every few hours. The scheduler has to wait for it, so
 * it takes a few seconds at most; the next look goes on.
 */
final class Forgetting {
  private static final Logger LOG = LoggerFactory.getLogger(Forgetting.class);
  private static final Duration EVERY = Duration.ofHours(6);
  private static final Duration LONGEST = Duration.ofSeconds(5);
  private static final int RUNS_AT_ONCE = 10;

  private final Kernel kernel;
  private final Duration kept;
  private volatile Instant next = Instant.MIN;

  /**
   * @param kept for how long, from the end of a run
   */
  Forgetting(Kernel kernel, Duration kept) {
    this.kernel = kernel;
    this.kept = kept;
  }

  void look() {
    Instant now = kernel.now();
    if (now.isBefore(next)) {
      return;
    }
    int some = RUNS_AT_ONCE;
    while (some == RUNS_AT_ONCE && kernel.now().isBefore(now.plus(LONGEST))) {
      some = kernel.store().purge(now.minus(kept), RUNS_AT_ONCE);
      LOG.debug("{} ended runs are no longer remembered", some);
    }
    next = some == RUNS_AT_ONCE ? now : now.plus(EVERY);
  }
}
