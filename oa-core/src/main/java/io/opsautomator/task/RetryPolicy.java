package io.opsautomator.task;

import io.opsautomator.action.TransientException.Kind;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/**
 * How often, and after how long, an execution asks again. Immutable.
 *
 * <p>What may be asked again is not a matter of taste. A call that was turned away for its rate has
 * not happened, and one that got no answer is resolved by the kind of its effect; both are asked
 * again by default, until the deadline of the execution, and what can be chosen is how patiently. A
 * refusal is an answer, and part of what the action knows: it is asked again only for codes that
 * are named, and then by beginning anew behind the last step that succeeded. No policy makes an
 * execution outlive its deadline, or repeats a step that may be done at most once.
 *
 * @param throttled when a service turned a call away for its rate
 * @param inDoubt after time-outs, broken connections and server errors
 * @param refused for failures with one of the codes
 * @param codes of failures after which the action may begin anew, as the service or the action
 *     spells them; empty unless named
 */
public record RetryPolicy(Rule throttled, Rule inDoubt, Rule refused, Set<String> codes) {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** Until the deadline for what has not been answered; never after a refusal. */
  public static final RetryPolicy DEFAULT =
      new RetryPolicy(
          new Rule(0, Duration.ofSeconds(2), MINUTE, true),
          new Rule(0, Duration.ofSeconds(1), MINUTE, true),
          new Rule(3, MINUTE, Duration.ofMinutes(10), true),
          Set.of());

  private static final String CODE = "[A-Za-z0-9_.:-]{1,128}";

  /** Throws IllegalArgumentException for what cannot be a code. */
  public RetryPolicy {
    for (String code : codes) {
      if (!code.matches(CODE)) {
        throw new IllegalArgumentException(
            "'" + code + "' is not an error code: 1 to 128 letters, digits and _.:-");
      }
    }
    codes = Collections.unmodifiableSet(new TreeSet<>(codes));
  }

  public RetryPolicy throttled(Rule rule) {
    return new RetryPolicy(rule, inDoubt, refused, codes);
  }

  public RetryPolicy inDoubt(Rule rule) {
    return new RetryPolicy(throttled, rule, refused, codes);
  }

  public RetryPolicy refused(Rule rule, String... codes) {
    return new RetryPolicy(throttled, inDoubt, rule, Set.of(codes));
  }

  /** For calls that got no answer that can be relied on. */
  public Rule of(Kind kind) {
    return kind == Kind.THROTTLED ? throttled : inDoubt;
  }

  /** For failures of this code; empty if these end an execution. */
  public Optional<Rule> of(String code) {
    return codes.contains(code) ? Optional.of(refused) : Optional.empty();
  }

  /**
   * How patiently. Each pause is twice the one before, up to the longest.
   *
   * @param attempts at the same step and in a row, the first one included, at most 1000; 0 for as
   *     many as there is time for. Those without an answer are counted anew by a worker that takes
   *     over from one that died, and after a wait
   * @param first the pause after the first failure, at least a millisecond
   * @param longest at least {@code first}, at most an hour
   * @param jitter whether each pause is spread over its upper half, so that those who failed
   *     together do not come back together
   */
  public record Rule(int attempts, Duration first, Duration longest, boolean jitter) {
    static final int MOST_ATTEMPTS = 1000;
    static final Duration LONGEST = Duration.ofHours(1);
    private static final int DOUBLINGS = 30;

    /** Throws IllegalArgumentException for a number or a length out of range. */
    public Rule {
      if (attempts < 0 || attempts > MOST_ATTEMPTS) {
        throw new IllegalArgumentException(
            "attempts: '" + attempts + "' is not from 0 to " + MOST_ATTEMPTS);
      }
      if (first.toMillis() < 1) {
        throw new IllegalArgumentException("first: '" + first + "' is not a millisecond or more");
      }
      if (longest.compareTo(first) < 0 || longest.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException(
            "longest: '" + longest + "' is not between the first pause, " + first + ", and 1 hour");
      }
    }

    public Rule attempts(int most) {
      return new Rule(most, first, longest, jitter);
    }

    public Rule pauses(Duration first, Duration longest) {
      return new Rule(attempts, first, longest, jitter);
    }

    public Rule withoutJitter() {
      return new Rule(attempts, first, longest, false);
    }

    /** Whether there is another attempt after so many failures in a row. */
    public boolean goesOn(int failures) {
      return attempts == 0 || failures < attempts;
    }

    /**
     * How long to wait, in whole milliseconds.
     *
     * @param failures how many there have been in a row, at least 1
     */
    public Duration pause(int failures, RandomGenerator random) {
      long grown = Math.min(first.toMillis(), LONGEST.toMillis());
      grown <<= Math.min(failures - 1, DOUBLINGS);
      long full = Math.min(grown, longest.toMillis());
      return Duration.ofMillis(jitter ? full / 2 + random.nextLong(full / 2 + 1) : full);
    }
  }
}
