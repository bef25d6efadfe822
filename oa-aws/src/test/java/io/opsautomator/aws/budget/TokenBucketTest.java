package io.opsautomator.aws.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TokenBucketTest {
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

  private static TokenBucket bucket(double perSecond, double capacity) {
    TokenBucket bucket = new TokenBucket(NOON);
    bucket.set(perSecond, capacity, NOON);
    return bucket;
  }

  @Test
  void itBeginsEmptyAndFillsUpToItsCapacity() {
    TokenBucket bucket = bucket(10, 3);
    assertThat(bucket.take(NOON)).isFalse();

    Instant later = NOON.plusSeconds(60);
    assertThat(bucket.take(later)).isTrue();
    assertThat(bucket.take(later)).isTrue();
    assertThat(bucket.take(later)).isTrue();
    assertThat(bucket.take(later)).isFalse();
  }

  @Test
  void itSaysToTheNanosecondWhenTheNextOneComes() {
    TokenBucket bucket = bucket(4, 1);
    Duration wait = bucket.until(1, NOON);
    assertThat(wait).isBetween(Duration.ofMillis(249), Duration.ofMillis(250));
    assertThat(bucket.take(NOON.plus(wait).minusMillis(1))).isFalse();
    assertThat(bucket.take(NOON.plus(wait))).isTrue();
  }

  @Test
  void withoutARateNothingEverComes() {
    assertThat(bucket(0, 1).until(1, NOON)).isGreaterThan(Duration.ofDays(365));
  }

  @Test
  void timeThatGoesBackGivesNothing() {
    TokenBucket bucket = bucket(1, 1);
    assertThat(bucket.take(NOON.plusSeconds(5))).isTrue();
    assertThat(bucket.take(NOON)).isFalse();
    assertThat(bucket.take(NOON.plusSeconds(5))).isFalse();
    assertThat(bucket.take(NOON.plusSeconds(6))).isTrue();
  }

  @Test
  void aSmallerCapacityAppliesAtOnce() {
    TokenBucket bucket = bucket(10, 10);
    Instant later = NOON.plusSeconds(60);
    bucket.set(10, 1, later);
    assertThat(bucket.take(later)).isTrue();
    assertThat(bucket.take(later)).isFalse();
  }

  /** The one promise: in any stretch of time, no more than the capacity and what came meanwhile. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void inNoStretchOfTimeMoreIsTakenThanCapacityAndRateAllow(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double perSecond = random.nextDouble(0.1, 40);
    double capacity = random.nextDouble(1, 30);
    TokenBucket bucket = bucket(perSecond, capacity);
    List<Instant> taken = new ArrayList<>();
    Instant now = NOON;
    for (int i = 0; i < 2000; i++) {
      now = now.plusNanos(random.nextLong(i % 100 == 0 ? 20_000_000_000L : 60_000_000L));
      boolean saidSo = bucket.until(1, now).isZero();
      boolean took = bucket.take(now);
      assertThat(took).isEqualTo(saidSo);
      if (took) {
        taken.add(now);
      }
    }
    for (int from = 0; from < taken.size(); from += 7) {
      for (int to = from; to < taken.size(); to += 11) {
        double seconds = Duration.between(taken.get(from), taken.get(to)).toNanos() / 1e9;
        assertThat(to - from + 1.0).isLessThanOrEqualTo(capacity + seconds * perSecond + 1e-3);
      }
    }
  }
}
