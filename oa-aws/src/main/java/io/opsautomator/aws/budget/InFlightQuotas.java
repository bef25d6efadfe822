package io.opsautomator.aws.budget;

import io.opsautomator.action.ActionException;
import io.opsautomator.aws.budget.BudgetStore.Entry;
import io.opsautomator.resource.Scope;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Quotas on how much may be open at once, such as snapshot copies into one region: an action begins
 * by name before it calls, and ends that name when what it started is over. What the service
 * refuses lowers the limit to what is open then; it recovers by one a minute. Thread-safe.
 *
 * <p>A quota is the service's to enforce. This only keeps from asking in vain, so where the store
 * cannot be asked everything may begin.
 */
public final class InFlightQuotas {
  private static final int TRIES = 20;
  private static final Duration KEPT = Duration.ofDays(2);
  private static final Set<String> REFUSALS =
      Set.of(
          "ConcurrentCopyLimitExceeded",
          "ConcurrentSnapshotLimitExceeded",
          "PendingSnapshotLimitExceeded",
          "ResourceLimitExceeded");

  private final BudgetStore store;
  private final InstantSource clock;

  InFlightQuotas(BudgetStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * One quota of each account and region. Immutable.
   *
   * @param name such as {@code ec2/snapshot-copies}
   * @param most what AWS documents, at least 1
   */
  public record Quota(String name, int most) {
    /**
     * Concurrent snapshot copies per destination region, 20 by default ("Quotas for Amazon EBS" in
     * the Amazon EBS User Guide). Its scope is the destination's.
     */
    public static final Quota SNAPSHOT_COPIES = new Quota("ec2/snapshot-copies", 20);

    public Quota {
      if (most < 1) {
        throw new IllegalArgumentException(name + ": a quota is at least 1, not " + most);
      }
    }
  }

  /** Whether a failed call says that too much was open, rather than that calls came too fast. */
  public static boolean isRefusal(ActionException failure) {
    return REFUSALS.contains(failure.code());
  }

  /**
   * Whether the holder may begin. Beginning twice is beginning once.
   *
   * @param holder names one piece of work, such as an execution's id
   * @param atMost after this it is taken to have ended, whoever forgot to say so
   */
  public boolean begin(Quota quota, Scope where, String holder, Duration atMost) {
    Instant now = clock.instant();
    OpenWork after =
        change(quota, where, open -> open.begun(holder, now.plus(atMost), quota.most(), now));
    return after.holders().containsKey(holder);
  }

  /** What the holder began is over. Ending twice, or what never began, changes nothing. */
  public void end(Quota quota, Scope where, String holder) {
    Instant now = clock.instant();
    change(
        quota, where, open -> open.holders().containsKey(holder) ? open.ended(holder, now) : open);
  }

  /** The service had no room for what the holder wanted to begin, see {@link #isRefusal}. */
  public void refused(Quota quota, Scope where, String holder) {
    Instant now = clock.instant();
    change(quota, where, open -> open.refused(holder, quota.most(), now));
  }

  /** How much may be open now. */
  public int limit(Quota quota, Scope where) {
    return read(store.find(key(quota, where)), quota).limit(quota.most(), clock.instant());
  }

  private OpenWork change(Quota quota, Scope where, UnaryOperator<OpenWork> step) {
    String key = key(quota, where);
    Instant until = clock.instant().plus(KEPT);
    OpenWork after = OpenWork.none(quota.most());
    for (int i = 0; i < TRIES; i++) {
      Optional<Entry> found = store.find(key);
      OpenWork before = read(found, quota);
      after = step.apply(before);
      long seen = found.map(Entry::version).orElse(BudgetStore.ABSENT);
      if (after.equals(before) || store.replace(key, seen, after.write(), until)) {
        return after;
      }
    }
    return after;
  }

  private static OpenWork read(Optional<Entry> found, Quota quota) {
    try {
      return found.map(entry -> OpenWork.read(entry.text())).orElse(OpenWork.none(quota.most()));
    } catch (IllegalArgumentException other) {
      return OpenWork.none(quota.most());
    }
  }

  private static String key(Quota quota, Scope where) {
    return where.key() + "/open/" + quota.name();
  }
}
