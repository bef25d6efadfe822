package io.opsautomator.schedule;

/**
 * The minutes of a day at which a cron expression matches, as two bit sets: every listed hour has
 * the same listed minutes. Times are minutes since midnight, -1 stands for none. Never empty.
 */
final class TimeSet {
  static final int NONE = -1;

  private final long minutes;
  private final int hours;
  private final int first;
  private final int last;

  TimeSet(long minutes, int hours) {
    this.minutes = minutes;
    this.hours = hours;
    this.first = Integer.numberOfTrailingZeros(hours) * 60 + Long.numberOfTrailingZeros(minutes);
    this.last = highest(hours) * 60 + highest(minutes);
  }

  int first() {
    return first;
  }

  int last() {
    return last;
  }

  /** The first time at or after {@code time}. */
  int from(int time) {
    int hour = time / 60;
    if (((hours >>> hour) & 1) != 0) {
      long left = minutes >>> (time - hour * 60);
      if (left != 0) {
        return time + Long.numberOfTrailingZeros(left);
      }
    }
    int later = hours & (-2 << hour);
    return later == 0
        ? NONE
        : Integer.numberOfTrailingZeros(later) * 60 + Long.numberOfTrailingZeros(minutes);
  }

  /** The last time at or before {@code time}. */
  int upTo(int time) {
    int hour = time / 60;
    if (((hours >>> hour) & 1) != 0) {
      long left = minutes & ((2L << (time - hour * 60)) - 1);
      if (left != 0) {
        return hour * 60 + highest(left);
      }
    }
    int earlier = hours & ((1 << hour) - 1);
    return earlier == 0 ? NONE : highest(earlier) * 60 + highest(minutes);
  }

  boolean hasMinute(int minute) {
    return ((minutes >>> minute) & 1) != 0;
  }

  boolean hasHour(int hour) {
    return ((hours >>> hour) & 1) != 0;
  }

  boolean contains(int time) {
    int hour = time / 60;
    return ((hours >>> hour) & 1) != 0 && ((minutes >>> (time - hour * 60)) & 1) != 0;
  }

  boolean contains(LocalMinute minute) {
    return (minutes & minute.minute) != 0 && (hours & minute.hour) != 0;
  }

  /** The least distance of two times of one day, {@link Integer#MAX_VALUE} if there is one only. */
  int shortestGap() {
    int shortest = Integer.MAX_VALUE;
    int time = first;
    while (time != last) {
      int next = from(time + 1);
      shortest = Math.min(shortest, next - time);
      time = next;
    }
    return shortest;
  }

  private static int highest(long bits) {
    return 63 - Long.numberOfLeadingZeros(bits);
  }
}
