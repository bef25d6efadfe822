package io.opsautomator.cli;

import io.opsautomator.OpsAutomatorException;
import io.opsautomator.aws.AwsConnection;
import io.opsautomator.aws.CallerIdentity;
import io.opsautomator.resource.Scope;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

@Command(
    name = "whoami",
    description = "Says as whom and where 'oa' would work, and whether that is possible.",
    mixinStandardHelpOptions = true)
final class WhoamiCommand implements Callable<Integer> {
  private static final Duration TOO_FAR = Duration.ofMinutes(1);
  private final Surroundings world;

  @Option(
      names = "--account",
      paramLabel = "ID",
      split = ",",
      description = "Other accounts: try whether the role can be assumed there.")
  private List<String> accounts = List.of();

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  @Mixin private AwsOptions options = new AwsOptions();
  @Mixin private StoreOption store = new StoreOption();

  WhoamiCommand(Surroundings world) {
    this.world = world;
  }

  @Override
  public Integer call() {
    Map<String, Object> facts = new LinkedHashMap<>();
    boolean good = true;
    try (AwsConnection connection = options.aws(world).connect()) {
      CallerIdentity me = connection.whoAmI();
      facts.put("account", me.account().value());
      facts.put("identity", me.arn());
      facts.put("partition", me.partition());
      facts.put("region", connection.home().region().value());
      options.endpoint().ifPresent(url -> facts.put("endpoint", url.toString()));
      facts.put("role", options.role().orElse("none; needed for other accounts only"));
      good &= add(facts, "regions", () -> regions(connection, me.account()));
      for (String account : accounts) {
        good &= add(facts, "in " + account, () -> regions(connection, number(account)));
      }
      add(facts, "clock", () -> clock(connection));
    }
    facts.put("store", store());
    print(facts);
    return good ? Failure.OK : Failure.FAILED;
  }

  @FunctionalInterface
  private interface Question {
    String answer();
  }

  /** What cannot be found out is part of the answer. */
  private static boolean add(Map<String, Object> facts, String name, Question question) {
    try {
      facts.put(name, question.answer());
      return true;
    } catch (OpsAutomatorException e) {
      facts.put(name, "NOT POSSIBLE: " + Explanation.of(e).message());
      return false;
    }
  }

  private static Scope.AccountId number(String account) {
    try {
      return new Scope.AccountId(account);
    } catch (IllegalArgumentException e) {
      throw new Failure(Failure.BAD_INPUT, "--account: " + e.getMessage(), e);
    }
  }

  private static String regions(AwsConnection connection, Scope.AccountId account) {
    List<String> names =
        connection.enabledRegions(account).stream()
            .map(Scope.Region::value)
            .sorted(Comparator.naturalOrder())
            .toList();
    return names.size() + " enabled: " + String.join(", ", names);
  }

  /** By how much the service's clock is ahead; a signature is refused when that is minutes. */
  private String clock(AwsConnection connection) {
    Instant before = world.clock().instant();
    StsClient sts =
        connection.clients().client(StsClient.class, connection.reader(connection.home()));
    GetCallerIdentityResponse answer = sts.getCallerIdentity();
    Duration trip = Duration.between(before, world.clock().instant());
    Optional<Instant> theirs =
        answer.sdkHttpResponse().firstMatchingHeader("Date").map(WhoamiCommand::parse);
    return theirs
        .map(at -> offset(Duration.between(before.plus(trip.dividedBy(2)), at)))
        .orElse("unknown: the answer bears no date");
  }

  private static Instant parse(String date) {
    return ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
  }

  private static String offset(Duration ahead) {
    String seconds = String.format(Locale.ROOT, "%+.0f s against AWS", -ahead.toMillis() / 1000.0);
    return ahead.abs().compareTo(TOO_FAR) < 0
        ? "right (" + seconds + ")"
        : "WRONG: " + seconds + "; set the clock, or AWS will refuse what is signed by it";
  }

  private String store() {
    boolean there = Files.exists(store.folder().resolve("store.db"));
    return store.folder().toAbsolutePath().normalize() + (there ? "" : " (not there yet)");
  }

  private void print(Map<String, Object> facts) {
    if (json) {
      world.out().println(Json.pretty(facts));
      return;
    }
    int width = facts.keySet().stream().mapToInt(String::length).max().orElse(0);
    facts.forEach(
        (name, value) -> {
          String padded = String.format(Locale.ROOT, "%-" + width + "s", name);
          world.out().println(world.style().dim(padded) + "  " + value);
        });
  }
}
