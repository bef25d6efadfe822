package io.opsautomator.engine.internal;

import java.time.Duration;
import java.util.Locale;

/** Lengths of time as an operator reads them. */
final class Lengths {
  private static final long TENTH = 100;

  private Lengths() {}

  /**
   * {@code 1.9 s}, {@code 2 min}, {@code 1 h 30 min}: to a tenth of a second; only nothing is
   * {@code 0 s}.
   */
  static String inWords(Duration length) {
    if (length.compareTo(Duration.ofSeconds(10)) < 0) {
      return seconds(length);
    }
    Duration whole = Duration.ofSeconds(Math.round(length.toMillis() / 1000.0));
    String words =
        part(whole.toHours(), "h")
            + part(whole.toMinutesPart(), "min")
            + part(whole.toSecondsPart(), "s");
    return words.stripLeading();
  }

  private static String seconds(Duration length) {
    long tenths = Math.max(length.isZero() ? 0 : 1, Math.round(length.toMillis() / (double) TENTH));
    return tenths % 10 == 0
        ? tenths / 10 + " s"
        : String.format(Locale.ROOT, "%.1f s", tenths / 10.0);
  }

  private static String part(long count, String unit) {
    return count == 0 ? "" : " " + count + " " + unit;
  }
}
