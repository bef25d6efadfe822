package io.opsautomator.action;

import io.opsautomator.event.EventKey;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * When something started counts as finished: a check, how often to look, which events say so
 * sooner, and how long to be patient. Immutable. The check only reads; it runs again after every
 * look, and its answer is journalled.
 */
public record Completion<T>(
    String name,
    Class<T> type,
    Check<T> check,
    Pace pace,
    Duration patience,
    Supplier<? extends Collection<EventKey>> events,
    Optional<Supplier<T>> otherwise) {
  /** Empty means "not yet". Throw {@link ActionException} to fail at once. */
  @FunctionalInterface
  public interface Check<T> {
    Optional<T> look(Duration waited);
  }

  /**
   * The first look comes after {@code first}; every further one half as long again later, up to
   * {@code longest}.
   */
  public record Pace(Duration first, Duration longest) {
    public static final Pace DEFAULT = new Pace(Duration.ofSeconds(10), Duration.ofMinutes(5));

    /**
     * The pause after {@code waited} so far. The sum of pauses that grow by a half each says how
     * long the next one is, so that nobody has to count them.
     */
    public Duration after(Duration waited) {
      Duration grown = first.plus(waited.dividedBy(2));
      return grown.compareTo(longest) < 0 ? grown : longest;
    }
  }

  public static <T> Completion<T> of(String name, Class<T> type, Check<T> check) {
    return new Completion<>(
        name, type, check, Pace.DEFAULT, Duration.ofHours(1), List::of, Optional.empty());
  }

  /** For conditions without a value of their own. */
  public static Completion<Boolean> when(String name, Predicate<Duration> reached) {
    return of(
        name, Boolean.class, waited -> reached.test(waited) ? Optional.of(true) : Optional.empty());
  }

  public Completion<T> every(Duration first, Duration longest) {
    return new Completion<>(
        name, type, check, new Pace(first, longest), patience, events, otherwise);
  }

  /**
   * After this the execution is timed out, unless {@link #otherwise} is given. The task may shorten
   * it, not extend it.
   */
  public Completion<T> within(Duration patience) {
    return new Completion<>(name, type, check, pace, patience, events, otherwise);
  }

  /**
   * Look as soon as one of these arrives; polling goes on as the safety net. Lazy, since a plan
   * knows no ids yet.
   */
  public Completion<T> soonerOn(Supplier<? extends Collection<EventKey>> events) {
    return new Completion<>(name, type, check, pace, patience, events, otherwise);
  }

  /** What to go on with when patience ends. */
  public Completion<T> otherwise(Supplier<T> value) {
    return new Completion<>(name, type, check, pace, patience, events, Optional.of(value));
  }

  /** The same under another name. */
  public Completion<T> named(String name) {
    return new Completion<>(name, type, check, pace, patience, events, otherwise);
  }
}
