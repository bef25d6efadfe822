package io.opsautomator.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.opsautomator.schedule.DstRule.Gap;
import io.opsautomator.schedule.DstRule.Overlap;
import io.opsautomator.schedule.WallClock.Window;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/**
 * Every change of the clocks of every zone since 1990 and for the ten years to come: within two
 * days of each, twenty expressions fire at the minutes that {@link WallClock} says, forwards,
 * backwards, and asked from anywhere between.
 *
 * <p>Each expression stands beside what it means, written out by hand: nothing of the library's
 * parsing or searching is used for what is expected. Zones whose clocks are the same in all that
 * time are looked at once, and a change that several zones share with all expressions once, and
 * with those of fixed times in each.
 */
final class EveryChangeOfClocksTest {
  private static final Instant FIRST = Instant.parse("1990-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("2037-01-01T00:00:00Z");
  private static final long MINUTES_AROUND = 2 * 24 * 60;

  private static final Predicate<LocalDate> DAILY = date -> true;
  private static final boolean INTERVAL = true;
  private static final boolean FIXED = false;

  /** An expression, and what it means. */
  private record Meaning(
      String text, boolean interval, boolean[] times, Predicate<LocalDate> date) {
    Meaning(String text, boolean interval, IntPredicate time, Predicate<LocalDate> date) {
      this(text, interval, new boolean[24 * 60], date);
      for (int minute = 0; minute < times.length; minute++) {
        times[minute] = time.test(minute);
      }
    }

    private Schedule.Cron in(ZoneId zone, DstRule rule) {
      return Schedule.cron(text, zone.getId()).withDst(rule);
    }
  }

  private static final List<Meaning> MEANINGS =
      List.of(
          new Meaning("* * * * *", INTERVAL, time -> true, DAILY),
          new Meaning("*/15 * * * *", INTERVAL, time -> time % 15 == 0, DAILY),
          new Meaning("0 */2 * * *", INTERVAL, time -> time % 120 == 0, DAILY),
          new Meaning("30 1/3 * * ?", INTERVAL, time -> time % 180 == 90, DAILY),
          new Meaning("7 ? * * sat-mon", INTERVAL, time -> time % 60 == 7, aroundSunday()),
          new Meaning("30 2 * * *", FIXED, time -> time == 150, DAILY),
          new Meaning("30 1 * * *", FIXED, time -> time == 90, DAILY),
          new Meaning("0 2 * * *", FIXED, time -> time == 120, DAILY),
          new Meaning("0 3 * * *", FIXED, time -> time == 180, DAILY),
          new Meaning("30 0 * * *", FIXED, time -> time == 30, DAILY),
          new Meaning("@daily", FIXED, time -> time == 0, DAILY),
          new Meaning("59 23 * * *", FIXED, time -> time == 1439, DAILY),
          new Meaning("*/10 1-3 * * *", FIXED, t -> t % 10 == 0 && t >= 60 && t < 240, DAILY),
          new Meaning("* 2 * * *", FIXED, time -> time / 60 == 2, DAILY),
          new Meaning("5,45 0,1,22,23 * * *", FIXED, atFiveAndFortyFive(0, 1, 22, 23), DAILY),
          new Meaning("15 2 * * sunL", FIXED, time -> time == 135, lastSunday()),
          new Meaning("45 1 L * *", FIXED, time -> time == 105, date -> last(date)),
          new Meaning("0 0,1,2 1 * *", FIXED, t -> t % 60 == 0 && t <= 120, d -> first(d)),
          new Meaning("20 3 * mar-apr,oct-nov sat,sun", FIXED, t -> t == 200, inSeasons()),
          new Meaning("50 12pm * * *", FIXED, time -> time == 770, DAILY));

  private final Random random = new Random(19900101);
  private final Set<List<Object>> seen = new HashSet<>();

  @Test
  void everyScheduleFiresAsItsRuleSaysAroundEveryChangeOfEveryZone() {
    int windows = 0;
    for (ZoneId zone : differingZones()) {
      List<ZoneOffsetTransition> changes = changes(zone);
      for (int i = 0; i < changes.size(); i++) {
        compare(zone, changes.get(i), windows++);
      }
    }
    assertThat(windows).isGreaterThan(5_000);
  }

  private void compare(ZoneId zone, ZoneOffsetTransition change, int number) {
    long minute = change.toEpochSecond() / 60;
    WallClock clock = new WallClock(zone.getRules(), minute, MINUTES_AROUND);
    Window window = clock.window();
    boolean isNew = seen.add(List.of(change, clock.shownAtBothEnds()));
    for (int i = 0; i < MEANINGS.size(); i++) {
      Meaning meaning = MEANINGS.get(i);
      if (meaning.interval() && !isNew) {
        continue;
      }
      DstRule rule = rule(number + i);
      BitSet expected =
          meaning.interval()
              ? clock.everyOccurrence(meaning.times(), meaning.date())
              : clock.byRule(meaning.times(), meaning.date(), rule);
      Schedule.Cron schedule = meaning.in(zone, rule);
      same(schedule, window, "forwards", expected, forwards(schedule, window));
      same(schedule, window, "backwards", expected, backwards(schedule, window));
      fromAnywhere(schedule, window, expected);
      if (i == number % MEANINGS.size()) {
        same(schedule, window, "as a stream", expected, streamed(schedule, window));
      }
    }
  }

  private static void same(
      Schedule.Cron schedule, Window window, String how, BitSet expected, BitSet found) {
    if (!found.equals(expected)) {
      BitSet wrong = (BitSet) expected.clone();
      wrong.xor(found);
      fail(
          "%s %s %s: differs at %s, of which only %s are expected",
          schedule, schedule.dst(), how, window.shown(wrong), window.shown(and(wrong, expected)));
    }
  }

  private static BitSet and(BitSet one, BitSet other) {
    BitSet both = (BitSet) one.clone();
    both.and(other);
    return both;
  }

  private static BitSet forwards(Schedule.Cron schedule, Window window) {
    BitSet found = new BitSet();
    long at = schedule.nextSecond(window.from() * 60);
    while (at <= window.to() * 60) {
      found.set(window.index(at));
      at = schedule.nextSecond(at);
    }
    return found;
  }

  private static BitSet backwards(Schedule.Cron schedule, Window window) {
    BitSet found = new BitSet();
    Instant from = Instant.ofEpochSecond(window.from() * 60);
    Instant at = Instant.ofEpochSecond(window.to() * 60, 1);
    for (var firing = schedule.previousBefore(at);
        firing.isPresent() && firing.get().isAfter(from);
        firing = schedule.previousBefore(firing.get())) {
      found.set(window.index(firing.get().getEpochSecond()));
    }
    return found;
  }

  private static BitSet streamed(Schedule.Cron schedule, Window window) {
    BitSet found = new BitSet();
    schedule
        .firings(Instant.ofEpochSecond(window.from() * 60), Instant.ofEpochSecond(window.to() * 60))
        .forEach(firing -> found.set(window.index(firing.getEpochSecond())));
    return found;
  }

  /** Not only from one firing to the next: from any second between, too. */
  private void fromAnywhere(Schedule.Cron schedule, Window window, BitSet expected) {
    for (int probe = 0; probe < 4; probe++) {
      long second = random.nextLong(window.from() * 60 + 1, window.to() * 60);
      int next = expected.nextSetBit(window.index(second) + 1);
      if (next >= 0) {
        assertThat(schedule.nextSecond(second)).isEqualTo(window.second(next));
      }
      int previous = expected.previousSetBit(window.index(second - 1));
      if (previous >= 0) {
        assertThat(schedule.previousBefore(Instant.ofEpochSecond(second)))
            .contains(Instant.ofEpochSecond(window.second(previous)));
      }
    }
  }

  private static List<ZoneId> differingZones() {
    Map<List<Object>, ZoneId> byClocks = new LinkedHashMap<>();
    ZoneId.getAvailableZoneIds().stream()
        .sorted()
        .map(ZoneId::of)
        .forEach(zone -> byClocks.putIfAbsent(clocks(zone), zone));
    return List.copyOf(byClocks.values());
  }

  private static List<Object> clocks(ZoneId zone) {
    List<Object> clocks = new ArrayList<>(changes(zone));
    clocks.add(zone.getRules().getOffset(FIRST));
    return clocks;
  }

  private static List<ZoneOffsetTransition> changes(ZoneId zone) {
    List<ZoneOffsetTransition> changes = new ArrayList<>();
    for (var change = zone.getRules().nextTransition(FIRST);
        change != null && change.getInstant().isBefore(LAST);
        change = zone.getRules().nextTransition(change.getInstant())) {
      changes.add(change);
    }
    return changes;
  }

  private static DstRule rule(int number) {
    return new DstRule(Gap.values()[number % 2], Overlap.values()[number / 2 % 3]);
  }

  private static IntPredicate atFiveAndFortyFive(int... hours) {
    return time -> {
      boolean listed = false;
      for (int hour : hours) {
        listed |= time / 60 == hour;
      }
      return listed && (time % 60 == 5 || time % 60 == 45);
    };
  }

  private static Predicate<LocalDate> aroundSunday() {
    return date ->
        List.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY, DayOfWeek.MONDAY)
            .contains(date.getDayOfWeek());
  }

  private static Predicate<LocalDate> lastSunday() {
    return date -> date.equals(date.with(TemporalAdjusters.lastInMonth(DayOfWeek.SUNDAY)));
  }

  private static Predicate<LocalDate> inSeasons() {
    return date ->
        List.of(3, 4, 10, 11).contains(date.getMonthValue())
            && List.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY).contains(date.getDayOfWeek());
  }

  private static boolean last(LocalDate date) {
    return date.getDayOfMonth() == date.lengthOfMonth();
  }

  private static boolean first(LocalDate date) {
    return date.getDayOfMonth() == 1;
  }
}
