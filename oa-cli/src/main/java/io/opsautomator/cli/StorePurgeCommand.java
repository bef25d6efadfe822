package io.opsautomator.cli;

import io.opsautomator.sqlite.SqliteStore;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "purge",
    description =
        "Forgets runs that ended long ago, with their executions. Not while 'oa run' is at work,"
            + " which does so by itself.",
    mixinStandardHelpOptions = true)
final class StorePurgeCommand implements Callable<Integer> {
  private static final Pattern AGE = Pattern.compile("([1-9][0-9]{0,5})([hdw])");
  private static final Map<String, Duration> UNITS =
      Map.of("h", Duration.ofHours(1), "d", Duration.ofDays(1), "w", Duration.ofDays(7));

  private final Surroundings world;

  @Option(
      names = "--older-than",
      paramLabel = "AGE",
      required = true,
      description = "Such as 12h, 30d or 8w, since they ended.")
  private String age = "";

  @Option(names = "--yes", description = "Do not ask.")
  private boolean yes;

  @Mixin private StoreOption store = new StoreOption();

  StorePurgeCommand(Surroundings world) {
    this.world = world;
  }

  @Override
  public Integer call() throws IOException {
    Instant before = before();
    if (!yes && !world.conversation()) {
      throw Failure.badInput(
          "this forgets runs for good, and there is no terminal to ask at; say --yes");
    }
    store.requireThere();
    try (SqliteStore open = SqliteStore.open(store.folder())) {
      long runs = open.purgeable(before);
      if (runs > 0 && !yes) {
        world.err().println(words(runs) + " ended before " + before + " and will be forgotten.");
        Consent.answer(world);
      }
      world.out().println(words(open.purge(before)) + " forgotten, that ended before " + before);
    }
    return Failure.OK;
  }

  private static String words(long runs) {
    return runs == 1 ? "1 run" : runs + " runs";
  }

  private Instant before() {
    Matcher form = AGE.matcher(age);
    if (!form.matches()) {
      throw Failure.badInput(
          "--older-than is '"
              + age
              + "', not a number of hours, days or weeks such as 12h, 30d, 8w");
    }
    try {
      Duration each = UNITS.getOrDefault(form.group(2), Duration.ZERO);
      return world
          .clock()
          .instant()
          .minus(each.multipliedBy(Long.parseLong(form.group(1))))
          .truncatedTo(ChronoUnit.SECONDS);
    } catch (DateTimeException e) {
      throw new Failure(Failure.BAD_INPUT, "--older-than " + age + " is before all time", e);
    }
  }
}
