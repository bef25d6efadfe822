package io.opsautomator.aws.budget;

import io.opsautomator.aws.budget.Pool.Renewed;
import io.opsautomator.aws.budget.Pool.Share;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What this worker may call of one budget: its share as a bucket, and a line of those who wait.
 *
 * <p>Who waits is served in the order of coming, who is under way before everybody else: a caller
 * takes a token only if there is one for each who stands before it. Nothing here blocks but the
 * store, and that is asked by whichever caller finds the share due for renewal, while the others go
 * on with what is left of it; so there is no thread, and a budget that nobody uses costs nothing.
 * Thread-safe.
 */
final class Allowance {
  /** How long refusals are watched before they are reported: one is no rate. */
  static final Duration WATCH = Duration.ofSeconds(3);

  /** Shares may change while one waits. */
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  private static final Duration RENEWING = Duration.ofMillis(10);
  private static final double SAVED_SECONDS = 2;
  private static final double ALMOST_ALL = 0.8;

  private final Settings settings;
  private final SharedPool pool;

  // -- Guarded by this object ---------------------------------------------------------------------

  private final TokenBucket bucket;
  private final Set<Place> underWay = new LinkedHashSet<>();
  private final Set<Place> others = new LinkedHashSet<>();
  private Share share;
  private Instant renewAt;
  private long generation;
  private boolean renewing;
  private boolean fresh = true;
  private Instant since;
  private long granted;
  private boolean waited;
  private Optional<Instant> throttling = Optional.empty();
  private long refused;

  /**
   * @param headroom the part that is never used
   */
  record Settings(Rate documented, double headroom) {}

  /** A caller in the line. */
  static final class Place {
    private final boolean underWay;

    Place(boolean underWay) {
      this.underWay = underWay;
    }
  }

  Allowance(Settings settings, SharedPool pool, Instant now) {
    this.settings = settings;
    this.pool = pool;
    this.bucket = new TokenBucket(now);
    this.share = new Share(now, 0, 0);
    this.renewAt = now;
    this.since = now;
  }

  synchronized Place enter(boolean first) {
    Place place = new Place(first);
    line(place).add(place);
    return place;
  }

  synchronized void leave(Place place) {
    line(place).remove(place);
  }

  private Set<Place> line(Place place) {
    return place.underWay ? underWay : others;
  }

  /** Zero when the call may be made, and then it has left the line; else when to ask again. */
  Duration ask(Place place, Instant now) {
    if (renews(now)) {
      renew(now);
    }
    return turn(place, now);
  }

  private synchronized Duration turn(Place place, Instant now) {
    if (!now.isBefore(share.until())) {
      return RENEWING;
    }
    Duration wait = bucket.until(1.0 + before(place), now);
    if (wait.isZero() && bucket.take(now)) {
      leave(place);
      granted++;
      return Duration.ZERO;
    }
    waited = true;
    return wait.compareTo(LOOK_AGAIN) < 0 ? wait : LOOK_AGAIN;
  }

  private int before(Place place) {
    int before = place.underWay ? 0 : underWay.size();
    Iterator<Place> line = line(place).iterator();
    while (line.hasNext() && line.next() != place) {
      before++;
    }
    return before;
  }

  /** Whether a call of this budget was turned away for its rate. */
  synchronized void answered(boolean throttled, Instant now) {
    if (throttled) {
      bucket.drain();
      refused++;
      if (throttling.isEmpty()) {
        throttling = Optional.of(now);
        Instant report = now.plus(WATCH);
        renewAt = report.isBefore(renewAt) ? report : renewAt;
      }
    }
  }

  /** What it may call in a second, now. */
  synchronized double perSecond() {
    return share.perSecond();
  }

  /** Whether nobody waits and nothing is leased, so that it need not be remembered. */
  synchronized boolean idle(Instant now) {
    return underWay.isEmpty() && others.isEmpty() && !renewing && !now.isBefore(share.until());
  }

  // -- Renewal ------------------------------------------------------------------------------------

  /** True for one caller at a time. */
  private synchronized boolean renews(Instant now) {
    boolean due = !renewing && !now.isBefore(renewAt);
    renewing |= due;
    return due;
  }

  private void renew(Instant now) {
    Heard heard = heard(now);
    Optional<Renewed> renewed = Optional.empty();
    try {
      renewed = pool.renew(heard, settings, now);
    } finally {
      settle(heard, renewed, now);
    }
  }

  private synchronized Heard heard(Instant now) {
    double seconds = Math.max(0.5, Duration.between(since, now).toNanos() / 1e9);
    boolean pressed = waited && granted + 1 >= ALMOST_ALL * share.perSecond() * seconds;
    return new Heard(generation, granted / seconds, pressed, throttling, refused);
  }

  private synchronized void settle(Heard heard, Optional<Renewed> renewed, Instant now) {
    renewing = false;
    if (renewed.isEmpty()) {
      goOnAlone(now);
      return;
    }
    share = renewed.get().share();
    renewAt = now.plus(renewed.get().again());
    generation = renewed.get().pool().limit().generation();
    reported(heard, now);
    refill(now);
  }

  /** Calls that were answered meanwhile belong to the next report. */
  private void reported(Heard heard, Instant now) {
    refused -= heard.refused();
    throttling = refused > 0 ? Optional.of(now) : Optional.empty();
    granted = 0;
    waited = false;
    since = now;
  }

  /** The store does not answer: with what there was, or next to nothing, for a while. */
  private void goOnAlone(Instant now) {
    double little = settings.documented().perSecond() * (1 - settings.headroom()) / 10;
    double perSecond = share.perSecond() > 0 ? share.perSecond() : little;
    share = new Share(now.plus(Pool.FIRST_LEASE), share.wanted(), perSecond);
    renewAt = now.plus(WATCH);
    refill(now);
  }

  private void refill(Instant now) {
    double part =
        settings.documented().burst() * share.perSecond() / settings.documented().perSecond();
    double saved = Math.min(part, SAVED_SECONDS * share.perSecond());
    bucket.set(share.perSecond(), Math.max(1, saved), now);
    if (fresh) {
      bucket.grant(1);
      fresh = false;
    }
  }
}
