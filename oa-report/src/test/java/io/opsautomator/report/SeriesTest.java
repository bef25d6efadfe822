package io.opsautomator.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Counts, levels and durations: small, and right. */
final class SeriesTest {
  private final Random random = new Random(7);

  @Test
  void countsStaySmallAndLoseNothing() {
    Counts counts = new Counts();
    long calls = 0;
    for (int i = 0; i < 50_000; i++) {
      int more = random.nextInt(9);
      calls += more;
      counts.add(Past.BEGIN.plusSeconds(random.nextInt(30_000_000)), more, more / 3);
    }

    List<Counts.Interval> intervals = counts.intervals();
    assertThat(intervals).hasSizeLessThanOrEqualTo(1500);
    assertThat(intervals.stream().mapToLong(Counts.Interval::calls).sum()).isEqualTo(calls);
    assertThat(intervals.stream().mapToLong(Counts.Interval::throttled).sum())
        .isEqualTo(counts.throttled());
    assertThat(counts.width() % 60).isZero();
  }

  @Test
  void minutesAreKeptApartWhileThereAreFew() {
    Counts counts = new Counts();
    counts.add(Past.BEGIN, 2, 1);
    counts.add(Past.BEGIN.plusSeconds(59), 3, 0);
    counts.add(Past.BEGIN.plusSeconds(60), 4, 0);

    assertThat(counts.intervals()).extracting(Counts.Interval::calls).containsExactly(5L, 4L);
  }

  @Test
  void aLevelStaysUntilItChanges() {
    Levels levels = new Levels();
    levels.change(Past.BEGIN, 1);
    levels.change(Past.BEGIN, 1);
    levels.change(Past.BEGIN.plusSeconds(600), -1);
    levels.change(Past.BEGIN.plusSeconds(900), -1);

    List<Levels.Point> line = levels.line(9);
    long begin = Past.BEGIN.getEpochSecond();
    assertThat(value(line, begin - 5)).isZero();
    assertThat(value(line, begin)).isEqualTo(2);
    assertThat(value(line, begin + 300)).isEqualTo(2);
    assertThat(value(line, begin + 700)).isEqualTo(1);
    assertThat(value(line, begin + 1000)).isZero();
    assertThat(levels.highest()).isEqualTo(2);
  }

  @Test
  void aLevelThatComesAndGoesWithinASecondIsSeen() {
    Levels levels = new Levels();
    levels.change(Past.BEGIN, 1);
    levels.change(Past.BEGIN, -1);

    assertThat(levels.line(9)).extracting(Levels.Point::value).contains(1);
  }

  @Test
  void theLineNeverShowsMoreThanTheSlotsThatWereTaken() {
    Levels levels = new Levels();
    for (int i = 0; i < 5; i++) {
      levels.change(Past.BEGIN, 1);
    }

    assertThat(levels.line(3)).extracting(Levels.Point::value).allMatch(value -> value <= 3);
  }

  @Test
  void levelsStaySmallAndTheirLineRises() {
    Levels levels = new Levels();
    Instant at = Past.BEGIN;
    for (int i = 0; i < 20_000; i++) {
      at = at.plusSeconds(random.nextInt(200));
      levels.change(at, random.nextBoolean() ? 1 : -1);
    }

    List<Levels.Point> line = levels.line(Integer.MAX_VALUE);
    assertThat(line).hasSizeLessThan(3100);
    assertThat(line).extracting(Levels.Point::second).isSorted().doesNotHaveDuplicates();
    assertThat(line.stream().mapToInt(Levels.Point::value).max()).hasValue(levels.highest());
  }

  @Test
  void aQuantileIsOneOfThoseMeasured() {
    Durations durations = new Durations();
    for (int second = 100; second >= 1; second--) {
      durations.add(Duration.ofSeconds(second));
    }

    assertThat(durations.quantile(0.5)).isEqualTo(Duration.ofSeconds(50));
    assertThat(durations.quantile(0.95)).isEqualTo(Duration.ofSeconds(95));
    assertThat(durations.quantile(1)).isEqualTo(Duration.ofSeconds(100));
  }

  private static int value(List<Levels.Point> line, long second) {
    return line.stream()
        .filter(point -> point.second() <= second)
        .reduce((first, next) -> next)
        .map(Levels.Point::value)
        .orElse(0);
  }
}
