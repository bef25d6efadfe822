package io.opsautomator.testkit.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What happened, a line each, for people: the time since the start, the step, who, what. Ids are
 * replaced by short names in the order in which they appear. Costs nothing while switched off.
 */
final class Trace {
  private final boolean on;
  private final List<String> lines = new ArrayList<>();
  private final Map<Object, String> names = new HashMap<>();
  private final Map<String, Integer> numbers = new HashMap<>();

  Trace(boolean on) {
    this.on = on;
  }

  boolean on() {
    return on;
  }

  /** A name such as {@code x12}, always the same for the same id. */
  String name(String letter, Object id) {
    return names.computeIfAbsent(id, key -> letter + numbers.merge(letter, 1, Integer::sum));
  }

  void line(Moment moment, Instant start, Supplier<String> what) {
    if (on) {
      long millis = Duration.between(start, moment.at()).toMillis();
      lines.add(
          "%02d:%02d.%03d %5d %-8s %s"
              .formatted(
                  millis / 60_000,
                  millis / 1000 % 60,
                  millis % 1000,
                  moment.step(),
                  moment.process().isEmpty() ? "-" : moment.process() + "/" + moment.worker(),
                  what.get()));
    }
  }

  List<String> lines() {
    return List.copyOf(lines);
  }

  /** At most so many of the latest. */
  List<String> last(int most) {
    return List.copyOf(lines.subList(Math.max(0, lines.size() - most), lines.size()));
  }
}
