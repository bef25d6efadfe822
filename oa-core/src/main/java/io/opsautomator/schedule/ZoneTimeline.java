package io.opsautomator.schedule;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneOffsetTransitionRule;
import java.time.zone.ZoneRules;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The periods of constant offset of a zone, numbered from 0, in arrays: so that a search can step
 * from one to the next without asking {@link ZoneRules}, which allocates.
 *
 * <p>History is finite. Rules for the future repeat with the calendar, every 400 years, so the
 * arrays end after one such cycle of them, and later periods are computed by taking whole cycles
 * off. Immutable; kept for each zone once asked for.
 *
 * <p>All times are seconds since 1970-01-01T00:00Z.
 */
final class ZoneTimeline {
  static final long CYCLE = 146_097L * 86_400;

  private static final Map<ZoneId, ZoneTimeline> KNOWN = new ConcurrentHashMap<>();

  /** Blocks of some 48 days, most of them in one period, from 1970 to about 2103. */
  private static final int BLOCK_SHIFT = 22;

  private static final int BLOCKS = 1000;

  private final long[] starts;
  private final int[] offsets;

  /** How many periods one cycle of rules has; 0 without rules for the future. */
  private final int repeating;

  private final short[] periodOfBlock;

  private ZoneTimeline(long[] starts, int[] offsets, int repeating) {
    this.starts = starts;
    this.offsets = offsets;
    this.repeating = repeating;
    this.periodOfBlock = new short[BLOCKS];
    for (int block = 0; block < BLOCKS; block++) {
      periodOfBlock[block] = (short) lastStartingUpTo((long) block << BLOCK_SHIFT);
    }
  }

  static ZoneTimeline of(ZoneId zone) {
    ZoneTimeline known = KNOWN.get(zone);
    return known != null
        ? known
        : KNOWN.computeIfAbsent(zone, unknown -> compute(unknown.getRules()));
  }

  /** The number of the period that holds this second. */
  int periodAt(long second) {
    long block = second >> BLOCK_SHIFT;
    if (block < 0 || block >= BLOCKS) {
      return searchPeriod(second);
    }
    int period = periodOfBlock[(int) block];
    while (period + 1 < starts.length && starts[period + 1] <= second) {
      period++;
    }
    return period;
  }

  boolean exists(int period) {
    return period < starts.length || repeating > 0;
  }

  /** The first second of the period; the first period begins before all others. */
  long start(int period) {
    if (period < starts.length) {
      return starts[period];
    }
    int cycles = cyclesBefore(period);
    return starts[period - cycles * repeating] + cycles * CYCLE;
  }

  /** The offset from UTC during the period, in seconds. */
  int offset(int period) {
    return period < starts.length
        ? offsets[period]
        : offsets[period - cyclesBefore(period) * repeating];
  }

  /** From this second on nothing new comes, only repetitions. */
  long settledAt() {
    return repeating == 0 ? starts[starts.length - 1] : starts[starts.length - 1 - repeating];
  }

  private int cyclesBefore(int period) {
    return (period - starts.length) / repeating + 1;
  }

  private int searchPeriod(long second) {
    long beyond = second - starts[starts.length - 1];
    if (repeating == 0 || beyond < 0) {
      return lastStartingUpTo(second);
    }
    int cycles = (int) (beyond / CYCLE) + 1;
    return lastStartingUpTo(second - cycles * CYCLE) + cycles * repeating;
  }

  private int lastStartingUpTo(long second) {
    int found = Arrays.binarySearch(starts, second);
    return found >= 0 ? found : -found - 2;
  }

  private static ZoneTimeline compute(ZoneRules rules) {
    List<ZoneOffsetTransition> history = rules.getTransitions();
    Builder periods = new Builder(history, rules.getOffset(Instant.EPOCH));
    return periods.build(rules.getTransitionRules());
  }

  /** Appends periods to growing arrays. */
  private static final class Builder {
    private long[] starts = new long[64];
    private int[] offsets = new int[64];
    private int size;
    private int year = 1970;

    Builder(List<ZoneOffsetTransition> history, ZoneOffset only) {
      add(Long.MIN_VALUE, history.isEmpty() ? only : history.get(0).getOffsetBefore());
      for (ZoneOffsetTransition transition : history) {
        add(transition.toEpochSecond(), transition.getOffsetAfter());
        year = transition.getDateTimeBefore().getYear();
      }
    }

    /** One cycle of the rules, and the first transition of the next, where it is joined on. */
    ZoneTimeline build(List<ZoneOffsetTransitionRule> rules) {
      if (rules.isEmpty()) {
        return timeline(0);
      }
      int historic = size;
      while (size == historic || starts[size - 1] < starts[historic] + CYCLE) {
        addYear(rules);
      }
      while (starts[size - 1] > starts[historic] + CYCLE) {
        size--;
      }
      return timeline(size - 1 - historic);
    }

    private void addYear(List<ZoneOffsetTransitionRule> rules) {
      for (ZoneOffsetTransitionRule rule : rules) {
        ZoneOffsetTransition transition = rule.createTransition(year);
        if (transition.toEpochSecond() > starts[size - 1]) {
          add(transition.toEpochSecond(), transition.getOffsetAfter());
        }
      }
      year++;
    }

    private void add(long start, ZoneOffset offset) {
      if (size == starts.length) {
        starts = Arrays.copyOf(starts, 2 * size);
        offsets = Arrays.copyOf(offsets, 2 * size);
      }
      starts[size] = start;
      offsets[size] = offset.getTotalSeconds();
      size++;
    }

    private ZoneTimeline timeline(int repeating) {
      return new ZoneTimeline(Arrays.copyOf(starts, size), Arrays.copyOf(offsets, size), repeating);
    }
  }
}
