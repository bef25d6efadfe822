package io.opsautomator.benchmarks.cron;

import io.opsautomator.benchmarks.cron.CronLibrary.Firings;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** Whether all libraries say the same before they are timed: a wrong answer costs nothing. */
public final class CronAgreement {
  private static final int MINUTES = 2000;

  /** What happens at a change of the clocks is a matter of taste, and each has its own. */
  private static final Duration AROUND_A_CHANGE = Duration.ofDays(1);

  private CronAgreement() {}

  /** Where these libraries say something else than we do, in words; empty if nowhere. */
  public static List<String> disagreements(List<String> libraries) {
    long[] minutes = Workload.minutes(MINUTES);
    List<String> found = new ArrayList<>();
    for (String expression : Workload.EXPRESSIONS) {
      Firings ours = firings("ours", expression, minutes);
      for (String library : libraries) {
        Firings theirs = firings(library, expression, minutes);
        for (int i = 0; i < MINUTES; i++) {
          compare(
              library + " " + expression, minutes[i], answer(ours, i), answer(theirs, i), found);
        }
      }
    }
    return found;
  }

  private static Firings firings(String library, String expression, long[] minutes) {
    CronLibrary asked = CronLibrary.named(library);
    return asked.firings(asked.written(expression), Workload.ZONE, minutes);
  }

  private static void compare(
      String who, long minute, Answer ours, Answer theirs, List<String> found) {
    if (!ours.equals(theirs) && !nearChange(minute) && !nearChange(ours.next)) {
      found.add(who + " at " + Instant.ofEpochSecond(minute) + ": " + theirs + ", not " + ours);
    }
  }

  private static boolean nearChange(long second) {
    ZoneId zone = Workload.ZONE;
    Instant before = Instant.ofEpochSecond(second).minus(AROUND_A_CHANGE);
    Instant after = Instant.ofEpochSecond(second).plus(AROUND_A_CHANGE);
    return !zone.getRules().getOffset(before).equals(zone.getRules().getOffset(after));
  }

  private static Answer answer(Firings firings, int i) {
    return new Answer(firings.next(i), firings.matches(i));
  }

  private record Answer(long next, boolean matches) {
    @Override
    public String toString() {
      return Instant.ofEpochSecond(next) + (matches ? " and now" : "");
    }
  }
}
