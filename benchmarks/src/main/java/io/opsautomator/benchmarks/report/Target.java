package io.opsautomator.benchmarks.report;

import io.opsautomator.benchmarks.report.Results.Figure;
import java.util.Optional;

/**
 * Something we want of the figures of one run: so many times as good as another, or so good by
 * itself.
 *
 * @param row its number in the list of targets
 * @param what what is measured, in plain words
 * @param figure what is looked at
 * @param ours the benchmark of ours, by its name in {@link Results}
 * @param peer the benchmark it is put beside; empty if it stands by itself
 * @param goal what is wanted of the figure, or of the ratio to the peer
 */
record Target(
    String row, String what, Figure figure, String ours, Optional<String> peer, Goal goal) {

  /** A time or a size that is to be a fraction of another's. */
  static Target times(String row, String what, String ours, String peer, double least) {
    return new Target(
        row, what, Figure.CPU, ours, Optional.of(peer), new Goal(Sense.TIMES_LESS, least, "x"));
  }

  /** A time or a size that may be little more than another's. */
  static Target within(String row, String what, String ours, String peer, double most) {
    return new Target(
        row, what, Figure.CPU, ours, Optional.of(peer), new Goal(Sense.TIMES_MORE, most, "x"));
  }

  /** A throughput that is to be a multiple of another's. */
  static Target moreOften(String row, String what, String ours, String peer, double least) {
    return new Target(
        row,
        what,
        Figure.SCORE,
        ours,
        Optional.of(peer),
        new Goal(Sense.TIMES_GREATER, least, "x"));
  }

  static Target atMost(
      String row, String what, Figure figure, String ours, double most, String unit) {
    return new Target(
        row, what, figure, ours, Optional.empty(), new Goal(Sense.AT_MOST, most, unit));
  }

  static Target atLeast(
      String row, String what, Figure figure, String ours, double least, String unit) {
    return new Target(
        row, what, figure, ours, Optional.empty(), new Goal(Sense.AT_LEAST, least, unit));
  }

  /** The same, but looking at another figure. */
  Target by(Figure other) {
    return new Target(row, what, other, ours, peer, goal);
  }

  /** How a figure is compared. */
  enum Sense {
    /** The peer's is at least so many times ours. */
    TIMES_LESS,
    /** Ours is at most so many times the peer's. */
    TIMES_MORE,
    /** Ours is at least so many times the peer's. */
    TIMES_GREATER,
    AT_MOST,
    AT_LEAST
  }

  /** What is wanted, in the unit of the figure, or as a ratio. */
  record Goal(Sense sense, double value, String unit) {
    boolean isMet(double actual) {
      return switch (sense) {
        case TIMES_LESS, TIMES_GREATER, AT_LEAST -> actual >= value;
        case TIMES_MORE, AT_MOST -> actual <= value;
      };
    }

    @Override
    public String toString() {
      String bound = sense == Sense.TIMES_MORE || sense == Sense.AT_MOST ? "<= " : ">= ";
      return bound + Numbers.text(value) + (unit.equals("x") ? "x" : " " + unit);
    }
  }
}
