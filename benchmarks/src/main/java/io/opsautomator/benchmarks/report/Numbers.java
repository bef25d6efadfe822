package io.opsautomator.benchmarks.report;

import java.util.Locale;

/** Figures as people read them: three digits that count, and thousands apart. */
final class Numbers {
  private Numbers() {}

  static String text(double value) {
    double size = Math.abs(value);
    if (size < 0.005) {
      return "0";
    }
    int digits = size >= 100 || value == Math.rint(value) ? 0 : size >= 10 ? 1 : 2;
    return String.format(Locale.ROOT, "%,." + digits + "f", value).replace(',', ' ');
  }

  /** The median, and from where to where the forks went. */
  static String spread(Sample sample) {
    return sample.forks().length == 1
        ? text(sample.median())
        : text(sample.median()) + " (" + text(sample.least()) + ".." + text(sample.most()) + ")";
  }
}
