package io.opsautomator.fuzz;

import static io.opsautomator.fuzz.Claims.claim;

import io.opsautomator.InvalidExpressionException;
import io.opsautomator.schedule.CronExpression;
import io.opsautomator.schedule.DstRule;
import io.opsautomator.schedule.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * Three lines: an expression, a zone, and a number that picks the instant. The expression is asked
 * for its neighbours in time, which have to agree with each other and with {@code matches}.
 */
final class CronFuzz {
  private static final LocalDateTime ORDINARY = LocalDateTime.of(2000, 1, 1, 0, 0);
  private static final long SECONDS_OF_YEARS_1_TO_9999 = 315_537_811_200L;
  private static final long FIRST_SECOND = -62_135_596_800L;
  private static final int MINUTES_LOOKED_AT = 200;

  private CronFuzz() {}

  static void check(String input) {
    String[] lines = input.split("\n", 3);
    long second = FIRST_SECOND + Math.floorMod(number(lines), SECONDS_OF_YEARS_1_TO_9999);
    try {
      CronExpression cron = CronExpression.parse(lines[0]);
      wallTimes(cron, LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC));
      wallTimes(cron, ORDINARY);
      whole(cron);
    } catch (InvalidExpressionException e) {
      Claims.points(e, lines[0]);
      return;
    }
    if (lines.length > 1) {
      zoned(lines[0], lines[1], Instant.ofEpochSecond(second));
    }
  }

  private static long number(String[] lines) {
    if (lines.length < 3) {
      return 64_000_000_000L;
    }
    return lines[2].length() > 6 ? lines[2].hashCode() * 1_000_003L : lines[2].hashCode();
  }

  private static void whole(CronExpression cron) {
    claim(CronExpression.parse(cron.toString()).equals(cron), "does not read back");
    cron.warnings().forEach(Claims::harmless);
    Optional<LocalDateTime> first = cron.nextAfter(ORDINARY);
    claim(first.isPresent() == cron.canFire(), "canFire is " + cron.canFire());
    claim(cron.shortestInterval().isPresent() == cron.canFire(), "no shortest interval");
    Optional<LocalDateTime> second = first.flatMap(cron::nextAfter);
    if (second.isPresent()) {
      Duration gap = Duration.between(first.orElseThrow(), second.orElseThrow());
      claim(cron.shortestInterval().orElseThrow().compareTo(gap) <= 0, "a shorter interval");
    }
  }

  private static void wallTimes(CronExpression cron, LocalDateTime at) {
    Optional<LocalDateTime> next = cron.nextAfter(at);
    if (next.isPresent()) {
      LocalDateTime found = next.get();
      claim(found.isAfter(at) && cron.matches(found), "next " + found + " does not match");
      claim(
          cron.previousBefore(found).filter(before -> before.isAfter(at)).isEmpty(),
          "next skipped one before " + found);
    }
    Optional<LocalDateTime> previous = cron.previousBefore(at);
    if (previous.isPresent()) {
      LocalDateTime found = previous.get();
      claim(found.isBefore(at) && cron.matches(found), "previous " + found + " does not match");
      claim(
          cron.nextAfter(found).filter(after -> after.isBefore(at)).isEmpty(),
          "previous skipped one after " + found);
    }
    minuteByMinute(cron, at, next);
  }

  private static void minuteByMinute(
      CronExpression cron, LocalDateTime at, Optional<LocalDateTime> next) {
    LocalDateTime minute = at.withSecond(0).withNano(0).plusMinutes(1);
    for (int i = 0; i < MINUTES_LOOKED_AT && minute.getYear() < 10_000; i++) {
      boolean found = next.filter(minute::equals).isPresent();
      claim(cron.matches(minute) == found, minute + " matches, next is " + next);
      if (found) {
        return;
      }
      minute = minute.plusMinutes(1);
    }
  }

  private static void zoned(String expression, String zone, Instant at) {
    Schedule.Cron cron;
    try {
      cron = Schedule.cron(expression, zone);
    } catch (InvalidExpressionException e) {
      Claims.points(e, zone);
      return;
    }
    for (DstRule.Gap gap : DstRule.Gap.values()) {
      for (DstRule.Overlap overlap : DstRule.Overlap.values()) {
        neighbours(cron.withDst(new DstRule(gap, overlap)), at);
      }
    }
    Claims.harmless(cron.describeNext(at, 3));
  }

  private static void neighbours(Schedule.Cron cron, Instant at) {
    Optional<Instant> next = cron.nextAfter(at);
    if (next.isPresent()) {
      Instant found = next.get();
      claim(found.isAfter(at), "next " + found + " is not after " + at);
      claim(
          cron.previousBefore(found.plusSeconds(1)).equals(next), "not found again from " + found);
      claim(
          cron.previousBefore(found).filter(before -> before.isAfter(at)).isEmpty(),
          "next skipped one before " + found + " " + cron.dst());
    }
    Optional<Instant> previous = cron.previousBefore(at);
    if (previous.isPresent()) {
      Instant found = previous.get();
      claim(found.isBefore(at), "previous " + found + " is not before " + at);
      claim(cron.nextAfter(found.minusSeconds(1)).equals(previous), "not found again from before");
      claim(
          cron.nextAfter(found).filter(after -> after.isBefore(at)).isEmpty(),
          "previous skipped one after " + found + " " + cron.dst());
    }
    List<Instant> firings = cron.firings(at, at.plusSeconds(3 * 86_400)).limit(5).toList();
    claim(firings.stream().sorted().distinct().toList().equals(firings), "not in order");
  }
}
