package io.opsautomator.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How many there were at once, over time: the highest number in each interval in which it changed,
 * and what it was in the end. Like {@link Counts}, it takes longer intervals rather than more of
 * them. Not thread-safe.
 */
final class Levels {
  private static final int MOST = 1000;
  private static final int FINEST = 10;

  private TreeMap<Long, Interval> buckets = new TreeMap<>();
  private long width = FINEST;
  private int level;

  private record Interval(int highest, int last) {
    Interval then(Interval next) {
      return new Interval(Math.max(highest, next.highest), next.last);
    }
  }

  /** From this second on. */
  record Point(long second, int value) {}

  void change(Instant at, int by) {
    level = Math.max(0, level + by);
    int highest = Math.max(level, level - by);
    Interval now = new Interval(highest, level);
    buckets.merge(Math.floorDiv(at.getEpochSecond(), width), now, Interval::then);
    while (buckets.size() > MOST) {
      coarsen();
    }
  }

  private void coarsen() {
    TreeMap<Long, Interval> finer = buckets;
    buckets = new TreeMap<>();
    width *= 2;
    finer.forEach((key, bucket) -> buckets.merge(Math.floorDiv(key, 2), bucket, Interval::then));
  }

  int highest() {
    return buckets.values().stream().mapToInt(Interval::highest).max().orElse(0);
  }

  /** The begin of the interval in which it was first as high as it ever was. */
  Optional<Instant> highestAt(int most) {
    int highest = Math.min(most, highest());
    return buckets.entrySet().stream()
        .filter(bucket -> bucket.getValue().highest() >= highest)
        .findFirst()
        .map(bucket -> Instant.ofEpochSecond(bucket.getKey() * width));
  }

  /**
   * A line of steps. None is higher than {@code most}: events of several threads are written a
   * moment out of order, and the store knows better how many slots were taken.
   */
  List<Point> line(int most) {
    List<Point> line = new ArrayList<>();
    int before = 0;
    for (Map.Entry<Long, Interval> entry : buckets.entrySet()) {
      long begin = entry.getKey() * width;
      add(line, begin - 1, before);
      add(line, begin, Math.min(most, entry.getValue().highest()));
      before = Math.min(most, entry.getValue().last());
      add(line, begin + width, before);
    }
    return line;
  }

  /** What is at the same second, or between two equal ones, is not needed. */
  private static void add(List<Point> line, long second, int value) {
    while (!line.isEmpty() && line.get(line.size() - 1).second() >= second) {
      line.remove(line.size() - 1);
    }
    int last = line.size() - 1;
    if (last > 0 && line.get(last).value() == value && line.get(last - 1).value() == value) {
      line.remove(last);
    }
    line.add(new Point(second, value));
  }
}
