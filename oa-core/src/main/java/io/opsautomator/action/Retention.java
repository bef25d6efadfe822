package io.opsautomator.action;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * How long things are kept that are made again and again, such as snapshots: each is kept that is
 * among the {@code newest}, or not older than {@code age}. What is neither has been kept long
 * enough. Immutable; a pure function, whatever the order in which the things come.
 *
 * @param newest so many are kept however old they are; from 0
 * @param age all are kept up to this age, exactly this age included; zero when age keeps none
 */
public record Retention(int newest, Duration age) {
  public Retention {
    if (newest < 0) {
      throw new IllegalArgumentException("cannot keep the " + newest + " newest");
    }
    if (age.isNegative()) {
      throw new IllegalArgumentException("cannot keep what is not older than " + age);
    }
    if (newest == 0 && age.isZero()) {
      throw new IllegalArgumentException("this retention would keep nothing at all");
    }
  }

  /** All but the newest. */
  public static Retention ofNewest(int count) {
    return new Retention(count, Duration.ZERO);
  }

  /** All that are older. */
  public static Retention ofAge(Duration age) {
    return new Retention(0, age);
  }

  /** The same, but so many of the newest are kept however old they are. */
  public Retention keepingAtLeast(int count) {
    return new Retention(count, age);
  }

  /**
   * Those that have been kept long enough, oldest first.
   *
   * @param made when a thing was made
   * @param id of two things from one instant, that with the greater id counts as the newer
   * @param now what was made after it has no age yet, and is kept if age keeps anything
   */
  public <T> List<T> expired(
      Collection<T> things, Function<T, Instant> made, Function<T, String> id, Instant now) {
    Comparator<T> oldestFirst = Comparator.comparing(made).thenComparing(id);
    List<T> beyondNewest = things.stream().sorted(oldestFirst.reversed()).skip(newest).toList();
    return beyondNewest.stream()
        .filter(thing -> age.isZero() || made.apply(thing).isBefore(now.minus(age)))
        .sorted(oldestFirst)
        .toList();
  }
}
