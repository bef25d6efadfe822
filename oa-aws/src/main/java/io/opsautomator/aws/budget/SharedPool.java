package io.opsautomator.aws.budget;

import io.opsautomator.aws.budget.BudgetStore.Entry;
import io.opsautomator.aws.budget.Pool.Renewed;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One worker's side of a pool in the store: reads it, takes its share and writes it back, unless
 * another was faster. One read and one write each time, as a rule. Used by one thread at a time.
 */
final class SharedPool {
  private static final Logger LOG = LoggerFactory.getLogger(ApiBudgets.class);
  private static final int TRIES = 3;
  private static final Duration KEPT = Duration.ofDays(2);

  private final BudgetStore store;
  private final String key;
  private final String worker;
  private boolean away;

  SharedPool(BudgetStore store, String key, String worker) {
    this.store = store;
    this.key = key;
    this.worker = worker;
  }

  /** Empty when the store did not answer, or others were faster each time. */
  Optional<Renewed> renew(Heard heard, Allowance.Settings settings, Instant now) {
    try {
      Optional<Renewed> renewed = tried(heard, settings, now);
      away = false;
      return renewed;
    } catch (RuntimeException broken) {
      // Who cannot ask goes on with what it had: a store that is away must not stop the work.
      tell(broken);
      return Optional.empty();
    }
  }

  private Optional<Renewed> tried(Heard heard, Allowance.Settings settings, Instant now) {
    for (int i = 0; i < TRIES; i++) {
      Optional<Entry> found = store.find(key);
      Pool pool = found.flatMap(this::read).orElseGet(() -> Pool.fresh(settings.documented(), now));
      Renewed renewed = pool.renewed(worker, heard, settings.headroom(), now);
      long seen = found.map(Entry::version).orElse(BudgetStore.ABSENT);
      if (store.replace(key, seen, PoolText.write(renewed.pool()), now.plus(KEPT))) {
        return Optional.of(renewed);
      }
    }
    LOG.debug("The budget {} is being changed by others all the time", key);
    return Optional.empty();
  }

  /** Once for each time that it goes away: it is asked again every few seconds. */
  private void tell(RuntimeException broken) {
    if (away) {
      LOG.debug("The budget {} still cannot be shared", key, broken);
    } else {
      LOG.warn(
          "The budget {} cannot be shared for now; work goes on at the last pace", key, broken);
    }
    away = true;
  }

  private Optional<Pool> read(Entry entry) {
    try {
      return Optional.of(PoolText.read(entry.text()));
    } catch (IllegalArgumentException other) {
      LOG.warn("The budget {} is in a form not known here; it begins anew", key, other);
      return Optional.empty();
    }
  }
}
