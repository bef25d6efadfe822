package io.opsautomator.aws.budget;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.DoubleStream;

/**
 * One budget and who holds which share of it.
 *
 * <p>A worker leases a rate for {@link #LEASE} and renews it after {@link #RENEWAL}, with one write
 * of the whole pool. Nobody is asked to give anything back: a share ends with its lease, so who
 * died or has no more to do holds nothing. Shares are fair in the sense of max and min: who wants
 * less than an equal part gets what it wants, and the others divide the rest equally. A worker gets
 * no more than is not leased to others - but never less than a quarter of its fair share, so that
 * who comes last does not wait for everybody's next renewal; the sum of all shares is too large by
 * less than that, for that long. Pure and immutable.
 *
 * @param shares by worker, those that have ended included until the next renewal
 */
record Pool(LearntLimit limit, Map<String, Share> shares) {
  static final Duration LEASE = Duration.ofSeconds(20);
  static final Duration RENEWAL = Duration.ofSeconds(12);

  /** The lease of who has just come: nobody knows yet what it will want, or who else comes. */
  static final Duration FIRST_LEASE = Duration.ofSeconds(8);

  private static final Duration SOON = Duration.ofSeconds(3);
  private static final Duration SHORT_OF = Duration.ofSeconds(5);
  private static final double SHORT = 0.8;

  private static final double LEAST = 0.25;
  private static final double AT_FIRST = 0.25;
  private static final double MARGIN = 1.25;
  private static final double NEXT_TO_NOTHING = 0.02;

  /**
   * @param until when it ends
   * @param wanted what the worker would use in a second
   * @param perSecond what it may
   */
  record Share(Instant until, double wanted, double perSecond) {}

  Pool {
    shares = Map.copyOf(shares);
  }

  static Pool fresh(Rate documented, Instant now) {
    return new Pool(LearntLimit.documented(documented, now), Map.of());
  }

  /**
   * @param share the worker's, from now on
   * @param again after which it should renew it
   */
  record Renewed(Pool pool, Share share, Duration again) {}

  Renewed renewed(String worker, Heard heard, double headroom, Instant now) {
    boolean known = shares.containsKey(worker);
    LearntLimit next = limit.after(heard, headroom, now);
    double usable = next.usable(headroom);
    Map<String, Share> live = new TreeMap<>(shares);
    live.values().removeIf(share -> !share.until().isAfter(now));
    live.remove(worker);
    double wanted = known ? wanted(heard, usable) : live.isEmpty() ? usable : usable * AT_FIRST;
    double fair = fair(live.values(), wanted, usable);
    double free = usable - live.values().stream().mapToDouble(Share::perSecond).sum();
    double least = Math.min(fair, Math.max(free, fair * LEAST));
    Share share = new Share(now.plus(known ? LEASE : FIRST_LEASE), wanted, least);
    live.put(worker, share);
    boolean soon = !known || !next.tally().isEmpty();
    Duration again = soon ? SOON : least < fair * SHORT ? SHORT_OF : RENEWAL;
    return new Renewed(new Pool(next, live), share, again);
  }

  private static double wanted(Heard heard, double usable) {
    double used = heard.perSecond() * MARGIN + usable * NEXT_TO_NOTHING;
    return heard.pressed() ? usable : Math.min(used, usable);
  }

  /** The worker's part if each gets the smaller of what it wants and one level for all. */
  private static double fair(Collection<Share> others, double wanted, double usable) {
    double[] wants =
        DoubleStream.concat(DoubleStream.of(wanted), others.stream().mapToDouble(Share::wanted))
            .sorted()
            .toArray();
    double left = usable;
    for (int served = 0; served < wants.length; served++) {
      double level = left / (wants.length - served);
      if (wants[served] >= level) {
        return Math.min(wanted, level);
      }
      left -= wants[served];
    }
    return wanted;
  }
}
