package io.opsautomator.testkit.internal;

import io.opsautomator.resource.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * What is to go wrong. Rules are asked in the order in which they were given; the first that
 * matches a call decides about it. None is part of the world: a replayed ledger brings none back.
 *
 * <p>Not thread-safe: the {@link Gateway} lets in one call at a time.
 */
public final class FaultRules {
  /** The answer is lost on its way: the call happened, the caller gets a time-out. */
  public static final String LOST = "lost";

  public static final String THROTTLED = "RequestLimitExceeded";

  /** The call is answered as if it had been done, and nothing happens. */
  public static final String IDLE = "idle";

  private final List<Rule> rules = new ArrayList<>();
  private final Map<Scope, Bucket> buckets = new HashMap<>();
  private final Set<String> failingSnapshots = new HashSet<>();
  private final Set<String> missingTypes = new HashSet<>();
  private final SplittableRandom random;
  private double throttledShare;
  private @Nullable Rate rate;

  /** Which calls a rule is for; empty parts match all. */
  public record Matching(Optional<Scope> scope, String resource, String operation) {
    boolean matches(Scope where, Attempt attempt) {
      return (operation.isEmpty() || operation.equals(attempt.operation()))
          && (resource.isEmpty() || attempt.concerns(resource))
          && scope.map(where::equals).orElse(true);
    }
  }

  /** Calls that may come at once, and how many a second come to that. */
  public record Rate(int burst, double perSecond) {}

  private static final class Rule {
    final Matching matching;
    final String code;
    int left;

    Rule(Matching matching, String code, int times) {
      this.matching = matching;
      this.code = code;
      this.left = times;
    }
  }

  private record Bucket(double tokens, Instant at) {
    Bucket filled(Instant now, Rate rate) {
      double more = Duration.between(at, now).toNanos() / 1e9 * rate.perSecond();
      return new Bucket(Math.min(rate.burst(), tokens + more), now);
    }
  }

  FaultRules(long seed) {
    this.random = new SplittableRandom(seed);
  }

  public void add(Matching matching, String code, int times) {
    rules.add(new Rule(matching, code, times));
  }

  /** Without regard to who calls; 0 is never, 1 always. */
  public void throttleShare(double share) {
    throttledShare = share;
  }

  /** For each account and region by itself. */
  public void limit(Rate allowed) {
    rate = allowed;
    buckets.clear();
  }

  public void snapshotFails(String volume) {
    failingSnapshots.add(volume);
  }

  /**
   * Whether the next snapshot of the volume ends in error; true once for each time it was asked.
   */
  boolean takeSnapshotFault(String volume) {
    return failingSnapshots.remove(volume);
  }

  public void withoutCapacity(String type) {
    missingTypes.add(type);
  }

  public void withCapacity(String type) {
    missingTypes.remove(type);
  }

  boolean lacksCapacity(String type) {
    return missingTypes.contains(type);
  }

  /** Everything works again. */
  public void clear() {
    rules.clear();
    buckets.clear();
    failingSnapshots.clear();
    missingTypes.clear();
    throttledShare = 0;
    rate = null;
  }

  /** What goes wrong with this call: a code, {@link #LOST}, {@link #IDLE}, or empty. */
  String decide(Scope scope, Attempt attempt, Instant now) {
    String ruled = rule(scope, attempt);
    return ruled.isEmpty() && throttled(scope, now) ? THROTTLED : ruled;
  }

  private String rule(Scope scope, Attempt attempt) {
    for (Iterator<Rule> each = rules.iterator(); each.hasNext(); ) {
      Rule rule = each.next();
      if (rule.matching.matches(scope, attempt)) {
        if (--rule.left == 0) {
          each.remove();
        }
        return rule.code;
      }
    }
    return "";
  }

  private boolean throttled(Scope scope, Instant now) {
    Rate allowed = rate;
    if (allowed != null) {
      Bucket bucket =
          buckets.getOrDefault(scope, new Bucket(allowed.burst(), now)).filled(now, allowed);
      boolean empty = bucket.tokens() < 1;
      buckets.put(scope, empty ? bucket : new Bucket(bucket.tokens() - 1, now));
      return empty;
    }
    return throttledShare > 0 && random.nextDouble() < throttledShare;
  }
}
