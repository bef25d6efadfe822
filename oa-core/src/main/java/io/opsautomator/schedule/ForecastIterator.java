package io.opsautomator.schedule;

import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/** Merges the firings of schedules, and what they skip, into one sequence. Not thread-safe. */
final class ForecastIterator implements Iterator<Forecast> {
  private static final long NONE = OddTimes.NONE;

  /** After this nothing fires, and nothing is skipped. */
  private static final long LAST = (Civil.LAST_DAY + 1L) * 86_400;

  private final Timing timing;
  private final long upTo;
  private final Cursor[] cursors;

  ForecastIterator(List<Schedule> schedules, Timing timing, Instant after, Instant upTo) {
    this.timing = timing;
    this.upTo = upTo.getEpochSecond();
    this.cursors = new Cursor[schedules.size()];
    for (int i = 0; i < cursors.length; i++) {
      cursors[i] =
          schedules.get(i) instanceof Schedule.Cron cron
              ? new CronCursor(cron, after.getEpochSecond(), this.upTo)
              : new AnyCursor(schedules.get(i), after, upTo);
    }
  }

  @Override
  public boolean hasNext() {
    return earliest() >= 0;
  }

  /** The number of the schedule that is next; of several at once, one that fires. */
  private int earliest() {
    int earliest = -1;
    for (int i = 0; i < cursors.length; i++) {
      if (cursors[i].at() <= upTo
          && (earliest < 0
              || cursors[i].at() < cursors[earliest].at()
              || (cursors[i].at() == cursors[earliest].at()
                  && cursors[earliest].skips()
                  && !cursors[i].skips()))) {
        earliest = i;
      }
    }
    return earliest;
  }

  @Override
  public Forecast next() {
    int earliest = earliest();
    if (earliest < 0) {
      throw new NoSuchElementException();
    }
    Cursor cursor = cursors[earliest];
    long at = cursor.at();
    Instant instant = cursor.instant();
    boolean runs = !cursor.skips();
    DstMark mark = cursor.mark();
    for (Cursor other : cursors) {
      while (other.at() == at) {
        other.advance();
      }
    }
    Optional<Suppression> suppressed =
        runs && timing.calendars() ? timing.suppressing(instant) : Optional.empty();
    return new Forecast(instant, earliest, mark, suppressed);
  }

  /** Where one schedule is. */
  private interface Cursor {
    /** The second, or {@link #NONE}. */
    long at();

    Instant instant();

    boolean skips();

    DstMark mark();

    void advance();
  }

  private static final class CronCursor implements Cursor {
    private final Schedule.Cron schedule;
    private final OddTimes odd;
    private final long upTo;
    private long fires;
    private long skips;

    CronCursor(Schedule.Cron schedule, long after, long upTo) {
      this.schedule = schedule;
      this.odd = new OddTimes(schedule);
      this.upTo = Math.min(upTo, LAST);
      this.fires = schedule.nextSecond(after);
      this.skips = odd.nextSkip(after, this.upTo);
    }

    @Override
    public long at() {
      return Math.min(fires, skips);
    }

    @Override
    public Instant instant() {
      return Instant.ofEpochSecond(at());
    }

    @Override
    public boolean skips() {
      return skips < fires;
    }

    @Override
    public DstMark mark() {
      return skips() ? odd.skipped(skips) : odd.of(fires);
    }

    @Override
    public void advance() {
      long at = at();
      if (fires == at) {
        fires = schedule.nextSecond(at);
      }
      if (skips == at) {
        skips = odd.nextSkip(at, upTo);
      }
    }
  }

  private static final class AnyCursor implements Cursor {
    private final Schedule schedule;
    private final Instant upTo;
    private Optional<Instant> next;

    AnyCursor(Schedule schedule, Instant after, Instant upTo) {
      this.schedule = schedule;
      this.upTo = upTo;
      this.next = within(schedule.nextAfter(after));
    }

    private Optional<Instant> within(Optional<Instant> found) {
      return found.filter(at -> !at.isAfter(upTo));
    }

    @Override
    public long at() {
      return next.map(Instant::getEpochSecond).orElse(NONE);
    }

    @Override
    public Instant instant() {
      return next.orElseThrow();
    }

    @Override
    public boolean skips() {
      return false;
    }

    @Override
    public DstMark mark() {
      return DstMark.NONE;
    }

    @Override
    public void advance() {
      next = within(schedule.nextAfter(next.orElseThrow()));
    }
  }
}
