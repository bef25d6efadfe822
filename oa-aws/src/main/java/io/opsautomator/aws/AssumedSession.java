package io.opsautomator.aws;

import io.opsautomator.action.ActionException;
import io.opsautomator.action.TransientException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/**
 * The session of one role, for whoever calls under it.
 *
 * <p>It is renewed by a call that comes within five minutes of its end, while all others go on with
 * what is there; only in the last minute do they wait for the new one. So an account costs no
 * thread and one role is assumed by one thread at a time, however many want it. A session that a
 * service no longer accepts is given up at once - credentials may be revoked, a role made anew,
 * long before their time - but not more often than every ten seconds, since many calls hear of it.
 * A role that was refused is not asked for again for half a minute: it would be asked for by every
 * call. Nor is one for a second that got no answer: all who stood in line meanwhile have waited
 * long enough. Thread-safe.
 */
final class AssumedSession implements AwsCredentialsProvider {
  private static final Logger LOG = LoggerFactory.getLogger(AwsConnection.class);
  private static final Duration EARLY = Duration.ofMinutes(5);
  private static final Duration LAST = Duration.ofMinutes(1);
  private static final Duration DOUBTED_AFTER = Duration.ofSeconds(10);
  private static final Duration REFUSED_FOR = Duration.ofSeconds(30);
  private static final Duration UNANSWERED_FOR = Duration.ofSeconds(1);

  private final Supplier<AwsSessionCredentials> role;
  private final InstantSource clock;
  private final ReentrantLock assuming = new ReentrantLock();
  private volatile Optional<Held> held = Optional.empty();
  private volatile Optional<Failed> failed = Optional.empty();

  private record Held(AwsSessionCredentials credentials, Instant since, Instant until) {
    boolean usable(Instant now) {
      return now.isBefore(until.minus(LAST));
    }

    boolean fresh(Instant now) {
      return now.isBefore(until.minus(EARLY));
    }
  }

  private record Failed(ActionException why, Instant until) {}

  /**
   * @param role assumes it; of what it throws a {@link TransientException} may be better next time,
   *     any other {@link ActionException} is an answer
   */
  AssumedSession(Supplier<AwsSessionCredentials> role, InstantSource clock) {
    this.role = role;
    this.clock = clock;
  }

  @Override
  public AwsCredentials resolveCredentials() {
    Instant now = clock.instant();
    Optional<Held> usable = held.filter(session -> session.usable(now));
    if (usable.isEmpty()) {
      return waited();
    }
    if (!usable.get().fresh(now) && assuming.tryLock()) {
      renew(now);
    }
    return held.filter(session -> session.usable(now)).orElse(usable.get()).credentials();
  }

  private AwsCredentials waited() {
    assuming.lock();
    try {
      Instant now = clock.instant();
      Optional<Held> meanwhile = held.filter(session -> session.usable(now));
      return meanwhile.isPresent() ? meanwhile.get().credentials() : assumed(now).credentials();
    } finally {
      assuming.unlock();
    }
  }

  /** With the lock in hand. There is time: who fails leaves it to one who comes later. */
  private void renew(Instant now) {
    try {
      if (held.filter(session -> session.fresh(now)).isEmpty()) {
        assumed(now);
      }
    } catch (RuntimeException notYet) {
      LOG.debug("A session that ends soon could not be renewed yet", notYet);
    } finally {
      assuming.unlock();
    }
  }

  private Held assumed(Instant now) {
    failed.filter(last -> now.isBefore(last.until())).ifPresent(last -> again(last.why()));
    try {
      AwsSessionCredentials credentials = role.get();
      Instant until = credentials.expirationTime().orElseGet(() -> now.plus(EARLY));
      Held session = new Held(credentials, now, until);
      held = Optional.of(session);
      failed = Optional.empty();
      return session;
    } catch (ActionException why) {
      Duration pause = why instanceof TransientException ? UNANSWERED_FOR : REFUSED_FOR;
      failed = Optional.of(new Failed(why, clock.instant().plus(pause)));
      throw why;
    }
  }

  /** Thrown anew by each thread, with a trace of its own. */
  private static void again(ActionException why) {
    String message = String.valueOf(why.getMessage());
    throw why instanceof TransientException unanswered
        ? new TransientException(unanswered.kind(), why.code(), message, why)
        : new ActionException(why.code(), message, why);
  }

  /** A service has not accepted it. */
  void doubted() {
    Instant now = clock.instant();
    if (held.filter(session -> session.since().plus(DOUBTED_AFTER).isAfter(now)).isEmpty()) {
      held = Optional.empty();
    }
  }
}
