package io.opsautomator.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.schedule.DstRule.Gap;
import io.opsautomator.schedule.DstRule.Overlap;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Compares random expressions with a naive oracle that looks at every minute of the clock, asks
 * {@code java.time} what it means, and applies the rule literally.
 */
final class ScheduleOracleTest {
  private static final List<String> ZONES =
      List.of(
          "Europe/Amsterdam",
          "Europe/Dublin",
          "America/New_York",
          "America/St_Johns",
          "America/Asuncion",
          "Australia/Lord_Howe",
          "Pacific/Chatham",
          "Africa/Cairo",
          "Africa/Casablanca",
          "Asia/Tehran",
          "Pacific/Apia",
          "Antarctica/Troll",
          "UTC");

  @Test
  void agreesWithEveryMinuteOfTheClockAcrossChanges() {
    var random = new Random(20260105);
    for (int round = 0; round < 1500; round++) {
      var schedule = randomSchedule(random);
      LocalDateTime noon = dayOfChange(schedule.zone(), random).minusDays(1).atTime(12, 0);
      Instant from = noon.atZone(schedule.zone()).toInstant();
      Instant to = from.plus(Duration.ofHours(60));

      List<Instant> expected = oracle(schedule, from, to);

      assertThat(schedule.firings(from, to).toList())
          .as("%s %s from %s", schedule, schedule.dst(), from)
          .isEqualTo(expected);
      assertThat(backwards(schedule, from, to))
          .as("%s %s backwards from %s", schedule, schedule.dst(), to)
          .isEqualTo(expected);
    }
  }

  @Test
  void previousIsTheInverseOfNext() {
    var random = new Random(7);
    for (int round = 0; round < 5000; round++) {
      var schedule = randomSchedule(random);
      Instant start = Instant.ofEpochSecond(random.nextLong(-4_000_000_000L, 40_000_000_000L));
      Optional<Instant> next = schedule.nextAfter(start);

      Optional<Instant> back = next.flatMap(n -> schedule.previousBefore(n.plusNanos(1)));
      Optional<Instant> before = next.flatMap(schedule::previousBefore);

      assertThat(back).as("%s from %s", schedule, start).isEqualTo(next);
      assertThat(before.stream())
          .as("%s from %s", schedule, start)
          .allMatch(b -> !b.isAfter(start));
      assertThat(before.flatMap(schedule::nextAfter)).isEqualTo(before.flatMap(b -> next));
    }
  }

  @Test
  void periodsAgreeWithTheZoneRulesAtAnyInstant() {
    var random = new Random(42);
    for (String zone : ZONES) {
      ZoneRules rules = ZoneId.of(zone).getRules();
      ZoneTimeline timeline = ZoneTimeline.of(ZoneId.of(zone));
      for (int i = 0; i < 20_000; i++) {
        long second = random.nextLong(-6_000_000_000L, 250_000_000_000L);
        int period = timeline.periodAt(second);

        assertThat(timeline.offset(period))
            .as("%s at %s", zone, Instant.ofEpochSecond(second))
            .isEqualTo(rules.getOffset(Instant.ofEpochSecond(second)).getTotalSeconds());
        assertThat(timeline.start(period)).isLessThanOrEqualTo(second);
        assertThat(!timeline.exists(period + 1) || timeline.start(period + 1) > second).isTrue();
      }
    }
  }

  @Test
  void everyPeriodOfEveryZoneBeginsWhenTheZoneRulesSay() {
    for (String zone : ZoneId.getAvailableZoneIds()) {
      ZoneRules rules = ZoneId.of(zone).getRules();
      ZoneTimeline timeline = ZoneTimeline.of(ZoneId.of(zone));
      Instant last = Instant.parse("2100-01-01T00:00:00Z");
      for (var change = rules.nextTransition(Instant.parse("1850-01-01T00:00:00Z"));
          change != null && change.getInstant().isBefore(last);
          change = rules.nextTransition(change.getInstant())) {
        int period = timeline.periodAt(change.toEpochSecond());
        assertThat(timeline.start(period))
            .as("%s %s", zone, change)
            .isEqualTo(change.toEpochSecond());
        assertThat(timeline.offset(period)).isEqualTo(change.getOffsetAfter().getTotalSeconds());
        assertThat(timeline.offset(period - 1))
            .isEqualTo(change.getOffsetBefore().getTotalSeconds());
      }
    }
  }

  @Test
  void daysAgreeWithTheCalendarOfTheLibrary() {
    for (int day = Civil.FIRST_DAY; day <= Civil.LAST_DAY; day += 1 + Math.floorMod(day, 5)) {
      LocalDate date = LocalDate.ofEpochDay(day);
      int month = date.getYear() * 12 + date.getMonthValue() - 1;

      assertThat(Civil.monthAndDay(day)).isEqualTo(month * 32 + date.getDayOfMonth());
      assertThat(Civil.firstDay(month)).isEqualTo(day - date.getDayOfMonth() + 1);
      assertThat(Civil.length(month)).isEqualTo(date.lengthOfMonth());
      assertThat(Civil.weekday(day)).isEqualTo(date.getDayOfWeek().ordinal());
    }
  }

  /** Every wall minute from three days before to one after; each becomes 0, 1 or 2 instants. */
  private static List<Instant> oracle(Schedule.Cron schedule, Instant from, Instant to) {
    ZoneRules rules = schedule.zone().getRules();
    TreeSet<Instant> firings = new TreeSet<>();
    LocalDateTime wall = LocalDateTime.ofInstant(from, ZoneOffset.UTC).minusDays(3);
    for (int minute = 0; minute < 8 * 24 * 60; minute++, wall = wall.plusMinutes(1)) {
      if (schedule.expression().matches(wall)) {
        addInstants(schedule, rules, wall, firings);
      }
    }
    return List.copyOf(firings.subSet(from, false, to, true));
  }

  private static void addInstants(
      Schedule.Cron schedule, ZoneRules rules, LocalDateTime wall, TreeSet<Instant> firings) {
    boolean fixed = !schedule.expression().isInterval();
    Overlap overlap = fixed ? schedule.dst().overlap() : Overlap.BOTH;
    List<ZoneOffset> offsets = rules.getValidOffsets(wall);
    if (offsets.isEmpty() && fixed && schedule.dst().gap() == Gap.SHIFT) {
      firings.add(rules.getTransition(wall).getInstant());
    }
    for (int i = 0; i < offsets.size(); i++) {
      boolean first = i == 0;
      boolean last = i == offsets.size() - 1;
      if (overlap == Overlap.BOTH || (overlap == Overlap.FIRST ? first : last)) {
        firings.add(wall.toInstant(offsets.get(i)));
      }
    }
  }

  private static List<Instant> backwards(Schedule schedule, Instant from, Instant to) {
    List<Instant> found = new ArrayList<>();
    Optional<Instant> firing = schedule.previousBefore(to.plusNanos(1));
    while (firing.isPresent() && firing.get().isAfter(from)) {
      found.add(firing.get());
      firing = schedule.previousBefore(firing.get());
    }
    Collections.reverse(found);
    return found;
  }

  private static LocalDate dayOfChange(ZoneId zone, Random random) {
    Instant some = Instant.ofEpochSecond(random.nextLong(1_300_000_000L, 2_200_000_000L));
    var change = zone.getRules().nextTransition(some);
    return (change == null ? some : change.getInstant()).atZone(zone).toLocalDate();
  }

  private static Schedule.Cron randomSchedule(Random random) {
    String expression =
        String.join(
            " ",
            pick(random, "*", "0", "30", "*/15", "5,59", "0-10/3", "^", "$", "15-45"),
            pick(
                random, "*", "1", "2", "0-23", "0,1,2,3", "*/2", "1-4", "3am", "$", "12am", "22-$"),
            pick(random, "*", "*", "*", "1-31", "15W", "L", "24-L", "31", "1-14/2", "1W,30W"),
            pick(random, "*", "*", "*", "mar-oct", "oct-mar", "nov-feb/2", "*/2"),
            pick(random, "*", "*", "*", "sun", "sat-mon", "fri#2", "sunL", "mon-fri", "6#1,thuL"));
    var rule =
        new DstRule(
            Gap.values()[random.nextInt(Gap.values().length)],
            Overlap.values()[random.nextInt(Overlap.values().length)]);
    return Schedule.cron(expression, ZONES.get(random.nextInt(ZONES.size()))).withDst(rule);
  }

  private static String pick(Random random, String... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
