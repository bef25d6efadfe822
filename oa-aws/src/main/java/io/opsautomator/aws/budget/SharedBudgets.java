package io.opsautomator.aws.budget;

import io.opsautomator.action.Deadline;
import io.opsautomator.action.TransientException;
import io.opsautomator.action.TransientException.Kind;
import io.opsautomator.aws.budget.Allowance.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One allowance for each account, region and class of operations that is in use. Those that nobody
 * has used for a lease are forgotten once there are many; what was learnt is in the store.
 */
final class SharedBudgets implements CallBudget {
  private static final int FIRST_SWEEP = 4096;
  private static final Duration SHORTEST = Duration.ofMillis(1);

  private final ApiBudgets.Terms terms;
  private final ApiBudgets.Sharing sharing;
  private final ApiBudgets.Time time;
  private final ConcurrentHashMap<String, Allowance> allowances = new ConcurrentHashMap<>();
  private final AtomicInteger sweepAt = new AtomicInteger(FIRST_SWEEP);

  SharedBudgets(ApiBudgets.Terms terms, ApiBudgets.Sharing sharing, ApiBudgets.Time time) {
    this.terms = terms;
    this.sharing = sharing;
    this.time = time;
  }

  @Override
  public Duration admit(BudgetedCall call, Deadline deadline) {
    Instant began = time.clock().instant();
    Allowance allowance = allowance(call, began);
    Place place = allowance.enter(call.underWay());
    try {
      Instant now = began;
      Duration wait = allowance.ask(place, now);
      while (!wait.isZero()) {
        pause(call, shorter(wait, left(call, allowance, deadline, Duration.between(began, now))));
        now = time.clock().instant();
        wait = allowance.ask(place, now);
      }
      return Duration.between(began, now);
    } finally {
      allowance.leave(place);
    }
  }

  @Override
  public void answered(BudgetedCall call, boolean throttled) {
    Instant now = time.clock().instant();
    allowance(call, now).answered(throttled, now);
  }

  /** How many are remembered. */
  int size() {
    return allowances.size();
  }

  private Duration left(
      BudgetedCall call, Allowance allowance, Deadline deadline, Duration waited) {
    Duration left = shorter(terms.patience().minus(waited), deadline.remaining());
    if (left.isNegative() || left.isZero()) {
      throw spent(call, allowance, waited);
    }
    return left;
  }

  private TransientException spent(BudgetedCall call, Allowance allowance, Duration waited) {
    String message =
        String.format(
            Locale.ROOT,
            "%s was not called: the budget of %s in %s is spent; this worker's share is %.2f calls"
                + " a second, and none came free in %d ms",
            call,
            OperationClass.of(call, terms.rates()),
            call.scope().key(),
            allowance.perSecond(),
            waited.toMillis());
    return new TransientException(
        Kind.THROTTLED, ApiBudgets.SPENT, message, new IllegalStateException("waited " + waited));
  }

  private void pause(BudgetedCall call, Duration wait) {
    try {
      time.pause().pass(wait.compareTo(SHORTEST) < 0 ? SHORTEST : wait);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new TransientException(
          Kind.THROTTLED,
          ApiBudgets.SPENT,
          call + " was not called: this thread was interrupted while it waited for its turn",
          stop);
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }

  private Allowance allowance(BudgetedCall call, Instant now) {
    OperationClass counted = OperationClass.of(call, terms.rates());
    String key = call.scope().key() + "/" + counted;
    Allowance known = allowances.get(key);
    return known == null ? fresh(key, counted, now) : known;
  }

  private Allowance fresh(String key, OperationClass counted, Instant now) {
    int most = sweepAt.get();
    if (allowances.size() >= most && sweepAt.compareAndSet(most, Integer.MAX_VALUE)) {
      allowances.values().removeIf(allowance -> allowance.idle(now));
      sweepAt.set(Math.max(FIRST_SWEEP, 2 * allowances.size()));
    }
    Rate documented = terms.rates().getOrDefault(counted, counted.documented());
    return allowances.computeIfAbsent(
        key,
        k ->
            new Allowance(
                new Allowance.Settings(documented, terms.headroom()),
                new SharedPool(sharing.store(), k, sharing.worker()),
                now));
  }
}
