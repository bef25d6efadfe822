package io.opsautomator.task;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * How far a run of a task may go before it is stopped. Immutable.
 *
 * <p>A guard is there for the day on which a task does what it was told, and what it was told is
 * wrong: a tag filter that suddenly matches everything, a listing that suddenly finds nothing, a
 * parameter that breaks each resource it touches. Two kinds of guards hold it back. Those on what
 * was <em>selected</em> ({@code maxResources}, {@code maxPerAccount}, {@code maxPerRegion}, {@code
 * maxShrink}) strike before anything has happened. Those on what <em>happens</em> ({@code
 * maxErrors}, {@code rollout}) strike after a little of it has.
 *
 * <p>The first kind needs the whole selection before it can be judged, and percentages need the
 * whole number; hence a run with any guard is sealed: nothing starts before everything was listed
 * to its end.
 *
 * @param maxResources most resources that a run may act on; a percentage is of all resources that
 *     were listed in the run's accounts and regions, before filtering, rounded down. With more than
 *     these nothing is started
 * @param maxErrors after so many recorded failures of a run nothing more of it is started; what is
 *     at work by then goes on to its end. A percentage is of the run's executions, rounded down,
 *     and at least one
 * @param maxPerAccount most resources in any one account; with more than these nothing is started,
 *     in no account
 * @param maxPerRegion most resources in any one region of an account; with more than these nothing
 *     is started, in no region
 * @param maxShrink percent, from 0 to 99: if fewer resources were selected than in the last run
 *     that went ahead, by more than that, nothing is started
 * @param rollout the executions go in waves
 */
public record Guards(
    Optional<Amount> maxResources,
    Optional<Amount> maxErrors,
    OptionalInt maxPerAccount,
    OptionalInt maxPerRegion,
    OptionalInt maxShrink,
    Optional<Rollout> rollout) {
  private static final int ALL = 100;

  /** Nothing holds a run back. */
  public static final Guards NONE =
      new Guards(
          Optional.empty(),
          Optional.empty(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          Optional.empty());

  /** Throws IllegalArgumentException for a number that is out of range. */
  public Guards {
    atLeast("maxPerAccount", maxPerAccount, 1);
    atLeast("maxPerRegion", maxPerRegion, 1);
    atLeast("maxShrink", maxShrink, 0);
    if (maxShrink.orElse(0) >= ALL) {
      throw new IllegalArgumentException("maxShrink is " + maxShrink.getAsInt() + ", above 99");
    }
  }

  private static void atLeast(String name, OptionalInt value, int least) {
    if (value.orElse(least) < least) {
      throw new IllegalArgumentException(name + " is " + value.getAsInt() + ", less than " + least);
    }
  }

  Guards withoutMaxShrink() {
    return new Guards(
        maxResources, maxErrors, maxPerAccount, maxPerRegion, OptionalInt.empty(), rollout);
  }

  /** Whether there is any, and runs are sealed therefore. */
  public boolean any() {
    return !equals(NONE);
  }

  /**
   * The number of failures after which nothing more is started: {@code maxErrors}, else 1 if the
   * executions go in waves, else there is none.
   *
   * @param executions of the run
   * @return at least 1
   */
  public OptionalInt stopAfter(int executions) {
    if (maxErrors.isPresent()) {
      return OptionalInt.of(Math.max(1, maxErrors.get().of(executions)));
    }
    return rollout.isPresent() ? OptionalInt.of(1) : OptionalInt.empty();
  }

  /**
   * Whether fewer were selected than {@code maxShrink} allows.
   *
   * @param before resources selected by the last run that went ahead
   * @param now resources selected by this one
   */
  public boolean shrunk(int before, int now) {
    long lost = Math.max(0L, (long) before - now);
    return maxShrink.isPresent() && lost * ALL > (long) before * maxShrink.getAsInt();
  }
}
