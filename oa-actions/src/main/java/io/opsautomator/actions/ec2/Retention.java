package io.opsautomator.actions.ec2;

import static java.util.Comparator.comparing;

import io.opsautomator.aws.Snapshot;
import io.opsautomator.resource.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which snapshots have been kept long enough: the oldest beyond a number for each volume, or those
 * older than a number of days. Snapshots are ordered by the instant they were begun; of two from
 * one instant that with the greater id counts as the newer. Pure functions.
 */
final class Retention {
  private static final Comparator<Resource<Snapshot>> OLDEST_FIRST =
      comparing((Resource<Snapshot> snapshot) -> snapshot.attributes().startTime())
          .thenComparing(Resource::id);

  private Retention() {}

  /** All but the {@code count} newest of each volume, oldest first. */
  static List<Resource<Snapshot>> beyondCount(List<Resource<Snapshot>> snapshots, int count) {
    Map<String, Integer> seen = new HashMap<>();
    return snapshots.stream()
        .sorted(OLDEST_FIRST.reversed())
        .filter(s -> seen.merge(s.attributes().volumeId(), 1, Integer::sum) > count)
        .sorted(OLDEST_FIRST)
        .toList();
  }

  /** Those begun more than {@code days} times 24 hours before {@code now}, oldest first. */
  static List<Resource<Snapshot>> olderThanDays(
      List<Resource<Snapshot>> snapshots, int days, Instant now) {
    Instant limit = now.minus(Duration.ofDays(days));
    return snapshots.stream()
        .filter(snapshot -> snapshot.attributes().startTime().isBefore(limit))
        .sorted(OLDEST_FIRST)
        .toList();
  }
}
