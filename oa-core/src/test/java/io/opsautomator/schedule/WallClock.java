package io.opsautomator.schedule;

import io.opsautomator.schedule.DstRule.Gap;
import io.opsautomator.schedule.DstRule.Overlap;
import java.time.Instant;
import java.time.LocalDate;
import java.time.zone.ZoneRules;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.Predicate;

/**
 * A clock on the wall, watched for some days, minute by minute: the slow and obvious answer to when
 * something fires. Of {@code java.time} it asks what the clock shows at an instant, nothing else.
 *
 * <p>It is watched for more than a day before and after the days asked about, so that every time of
 * theirs has been seen, or else is known not to have been shown. All of it counts whole minutes
 * since 1970-01-01T00:00, real ones and ones on the wall.
 */
final class WallClock {
  private static final int MARGIN = 30 * 60;
  private static final int MINUTES_PER_DAY = 24 * 60;
  private static final int NEVER = -1;

  private final Window window;
  private final long start;

  /** What the wall shows in each real minute. */
  private final long[] shown;

  /** The first and the last real minute that showed a time on the wall, counted from its first. */
  private final long firstShown;

  private final int[] first;
  private final int[] last;

  /** The real minutes {@code (from, to]}. */
  record Window(long from, long to) {
    int index(long second) {
      return Math.toIntExact(Math.floorDiv(second, 60L) - from);
    }

    long second(int index) {
      return (from + index) * 60;
    }

    List<Instant> shown(BitSet minutes) {
      return minutes.stream().mapToObj(i -> Instant.ofEpochSecond(second(i))).toList();
    }
  }

  WallClock(ZoneRules rules, long around, long distance) {
    this.window = new Window(around - distance, around + distance);
    this.start = window.from() - MARGIN;
    this.shown = new long[Math.toIntExact(window.to() + MARGIN - start)];
    for (int i = 0; i < shown.length; i++) {
      int offset = rules.getOffset(Instant.ofEpochSecond((start + i) * 60)).getTotalSeconds();
      if (offset % 60 != 0) {
        throw new IllegalArgumentException("an offset of " + offset + " seconds in " + rules);
      }
      shown[i] = start + i + offset / 60;
    }
    this.firstShown = Arrays.stream(shown).min().orElseThrow();
    int times = Math.toIntExact(Arrays.stream(shown).max().orElseThrow() - firstShown + 1);
    this.first = new int[times];
    this.last = new int[times];
    Arrays.fill(first, NEVER);
    for (int i = 0; i < shown.length; i++) {
      int time = Math.toIntExact(shown[i] - firstShown);
      first[time] = first[time] == NEVER ? i : first[time];
      last[time] = i;
    }
  }

  Window window() {
    return window;
  }

  /** Tells of a second change near by. */
  List<Long> shownAtBothEnds() {
    return List.of(shown[0], shown[shown.length - 1]);
  }

  /**
   * Every real minute in which the wall shows such a time on such a date.
   *
   * @param times of a day, by its minutes
   */
  BitSet everyOccurrence(boolean[] times, Predicate<LocalDate> date) {
    BitSet found = new BitSet();
    Dates dates = new Dates(date);
    for (int i = 0; i < shown.length; i++) {
      if (matches(shown[i], times, dates)) {
        add(i, found);
      }
    }
    return found;
  }

  /** Every such time on the wall, once, or as the rule has it if it is shown twice or never. */
  BitSet byRule(boolean[] times, Predicate<LocalDate> date, DstRule rule) {
    BitSet found = new BitSet();
    Dates dates = new Dates(date);
    for (int i = 0; i < first.length; i++) {
      if (!matches(firstShown + i, times, dates)) {
        continue;
      }
      if (first[i] != NEVER) {
        if (rule.overlap() != Overlap.SECOND) {
          add(first[i], found);
        }
        if (rule.overlap() != Overlap.FIRST) {
          add(last[i], found);
        }
      } else if (rule.gap() == Gap.SHIFT) {
        add(firstAfterGap(i), found);
      }
    }
    return found;
  }

  /** The real minute that follows the one which showed the time before the gap. */
  private int firstAfterGap(int time) {
    int before = time;
    while (first[before] == NEVER) {
      before--;
    }
    return last[before] + 1;
  }

  private static boolean matches(long wall, boolean[] times, Dates dates) {
    long day = Math.floorDiv(wall, (long) MINUTES_PER_DAY);
    return times[(int) (wall - day * MINUTES_PER_DAY)] && dates.test(day);
  }

  private void add(int minute, BitSet found) {
    long index = start + minute - window.from();
    if (index > 0 && index <= window.to() - window.from()) {
      found.set((int) index);
    }
  }

  /** Asks about each date once, for speed. */
  private static final class Dates {
    private final Predicate<LocalDate> date;
    private long day = Long.MIN_VALUE;
    private boolean matches;

    Dates(Predicate<LocalDate> date) {
      this.date = date;
    }

    boolean test(long asked) {
      if (asked != day) {
        day = asked;
        matches = date.test(LocalDate.ofEpochDay(asked));
      }
      return matches;
    }
  }
}
