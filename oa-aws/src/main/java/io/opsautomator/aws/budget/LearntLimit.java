package io.opsautomator.aws.budget;

import java.time.Duration;
import java.time.Instant;

/**
 * What is believed of a service's limit: additive increase, multiplicative decrease, with a memory.
 *
 * <p>Only refusals tell where a limit is, so the belief moves like this. It grows quickly as long
 * as nothing was ever refused and somebody wants more. When calls are refused it drops, by the
 * share of them that was: what went through is what the service gives, and is remembered as
 * <em>known</em>. From a tenth below it climbs back in twenty seconds and stays there for ten
 * minutes; then it feels its way upwards, slowly, until calls are refused again - or so far that
 * what was known is no longer true, and it grows quickly again.
 *
 * <p>One cause must not count twice. Workers hear of a new limit when they renew their shares, so
 * each drop begins a new <em>generation</em>; what is reported under an older one is not counted,
 * nor what comes before everybody can have renewed. And those who were refused report it while
 * others do not, so refusals are held against what all workers together may have called in that
 * time, and against a few calls more: one refusal among few is no proof. Pure and immutable.
 *
 * @param perSecond all that is believed to be there, headroom included
 * @param known what went through when calls were last refused; 0 if they never were
 * @param lowered when it last dropped
 * @param grown up to when growth has been counted
 * @param generation how often it has dropped
 * @param tally refusals that have been reported but not yet acted upon
 */
record LearntLimit(
    double perSecond, double known, Instant lowered, Instant grown, long generation, Tally tally) {
  private static final double DROP = 0.9;
  private static final double DEEPEST = 0.5;
  private static final double SMALLEST = 0.05;
  private static final double UNPROVEN = 2;
  private static final double SEARCH = 0.02;
  private static final double CLIMB = 0.005;
  private static final double OUTGROWN = 1.3;
  private static final Duration HOLD = Duration.ofMinutes(10);
  private static final Duration LISTEN = Duration.ofSeconds(6);

  /**
   * @param since when the first of them was refused
   */
  record Tally(long refused, Instant since) {
    static final Tally NONE = new Tally(0, Instant.EPOCH);

    boolean isEmpty() {
      return refused == 0;
    }

    Tally plus(Heard heard, Instant now) {
      Instant first = heard.throttling().orElse(now);
      return new Tally(
          refused + heard.refused(), isEmpty() || first.isBefore(since) ? first : since);
    }

    private boolean tells(Instant now) {
      return !isEmpty() && !now.isBefore(since.plus(LISTEN));
    }
  }

  static LearntLimit documented(Rate rate, Instant now) {
    return new LearntLimit(rate.perSecond(), 0, Instant.EPOCH, now, 0, Tally.NONE);
  }

  /** What may be used of it. */
  double usable(double headroom) {
    return perSecond * (1 - headroom);
  }

  LearntLimit after(Heard heard, double headroom, Instant now) {
    Tally all = counts(heard, now) ? tally.plus(heard, now) : tally;
    if (all.tells(now)) {
      return lowered(all, headroom, now);
    }
    double next = all.isEmpty() && heard.pressed() ? grownTo(now) : perSecond;
    boolean obsolete = next * (1 - headroom) > known * OUTGROWN;
    return new LearntLimit(next, obsolete ? 0 : known, lowered, now, generation, all);
  }

  private boolean counts(Heard heard, Instant now) {
    boolean settled = !now.isBefore(lowered.plus(Pool.RENEWAL));
    return heard.refused() > 0 && heard.generation() == generation && settled;
  }

  private LearntLimit lowered(Tally all, double headroom, Instant now) {
    double calls = usable(headroom) * seconds(Duration.between(all.since(), now)) + UNPROVEN;
    double through = usable(headroom) * (1 - Math.min(DEEPEST, (double) all.refused() / calls));
    double next = through * Math.min(DROP, 1 - headroom) / (1 - headroom);
    return new LearntLimit(Math.max(SMALLEST, next), through, now, now, generation + 1, Tally.NONE);
  }

  private double grownTo(Instant now) {
    double seconds = seconds(Duration.between(grown, now));
    if (known == 0) {
      return Math.min(Rate.FASTEST, perSecond * (1 + SEARCH * seconds));
    }
    double more = perSecond + known * CLIMB * seconds;
    if (now.isBefore(lowered.plus(HOLD))) {
      return Math.max(perSecond, Math.min(known, more));
    }
    return Math.min(Rate.FASTEST, more);
  }

  /**
   * Of growth that is counted at once: nobody has tried what would have been allowed longer ago.
   */
  private static double seconds(Duration time) {
    double seconds = time.toMillis() / 1e3;
    return Math.max(0, Math.min(seconds, (double) Pool.LEASE.toSeconds()));
  }
}
