package io.opsautomator.benchmarks.report;

import java.util.Arrays;

/**
 * One figure of one benchmark, as it came out in each fork: the median of the fork's iterations.
 * Never empty.
 */
record Sample(double[] forks) {
  Sample {
    if (forks.length == 0) {
      throw new IllegalArgumentException("a sample without a fork");
    }
    forks = forks.clone();
    Arrays.sort(forks);
  }

  /** From what each iteration of each fork gave. */
  static Sample of(double[][] iterations) {
    return new Sample(Arrays.stream(iterations).mapToDouble(Sample::median).toArray());
  }

  double least() {
    return forks[0];
  }

  double median() {
    return median(forks);
  }

  double most() {
    return forks[forks.length - 1];
  }

  /** How many of these each of those is; the extremes are those of the worst pairs of forks. */
  Sample dividedBy(Sample other) {
    return new Sample(
        new double[] {least() / other.most(), median() / other.median(), most() / other.least()});
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
