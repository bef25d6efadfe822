package io.opsautomator.report;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/** The executions of each task that took longest, some of each. Not thread-safe. */
final class Slowest {
  private static final int MOST_OF_A_TASK = 5;

  private final int each;
  private final Map<String, PriorityQueue<Trace>> byTask = new HashMap<>();

  Slowest(int tasks) {
    each = Math.max(1, Math.min(MOST_OF_A_TASK, Limits.SLOWEST / Math.max(1, tasks)));
  }

  /** What took no time is not slow. */
  void offer(Trace trace) {
    Duration took = trace.took();
    if (took.isZero() || took.isNegative()) {
      return;
    }
    PriorityQueue<Trace> kept =
        byTask.computeIfAbsent(
            trace.task, task -> new PriorityQueue<>(Comparator.comparing(Trace::took)));
    kept.add(trace);
    if (kept.size() > each) {
      kept.remove();
    }
  }

  /** The slowest first. */
  List<Trace> traces() {
    return byTask.values().stream()
        .flatMap(PriorityQueue::stream)
        .sorted(Comparator.comparing(Trace::took).reversed().thenComparing(t -> t.execution))
        .limit(Limits.SLOWEST)
        .toList();
  }
}
