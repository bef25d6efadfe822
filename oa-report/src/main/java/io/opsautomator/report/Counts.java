package io.opsautomator.report;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Calls, and those of them that were throttled, by minutes. It stays small however much is counted:
 * when it has too many minutes in which something happened, it goes on with intervals twice as
 * long. Not thread-safe.
 */
final class Counts {
  private static final int MOST = 1500;
  private static final int MINUTE = 60;

  private TreeMap<Long, long[]> buckets = new TreeMap<>();
  private long width = MINUTE;
  private long calls;
  private long throttled;

  /** Of one interval, by the second of its begin. */
  record Interval(long begin, long calls, long throttled) {}

  void add(Instant at, long calls, long throttled) {
    this.calls += calls;
    this.throttled += throttled;
    add(Math.floorDiv(at.getEpochSecond(), width), calls, throttled);
    while (buckets.size() > MOST) {
      coarsen();
    }
  }

  private void add(long key, long calls, long throttled) {
    long[] bucket = buckets.computeIfAbsent(key, k -> new long[2]);
    bucket[0] += calls;
    bucket[1] += throttled;
  }

  private void coarsen() {
    TreeMap<Long, long[]> finer = buckets;
    buckets = new TreeMap<>();
    width *= 2;
    finer.forEach((key, bucket) -> add(Math.floorDiv(key, 2), bucket[0], bucket[1]));
  }

  /** Seconds. */
  long width() {
    return width;
  }

  long calls() {
    return calls;
  }

  long throttled() {
    return throttled;
  }

  void clear() {
    buckets.clear();
    calls = 0;
    throttled = 0;
  }

  boolean any() {
    return calls > 0 || throttled > 0;
  }

  /** Those in which something was counted, in order. */
  List<Interval> intervals() {
    return buckets.entrySet().stream().map(this::interval).toList();
  }

  private Interval interval(Map.Entry<Long, long[]> entry) {
    return new Interval(entry.getKey() * width, entry.getValue()[0], entry.getValue()[1]);
  }
}
