package io.opsautomator.aws.deployment;

import io.opsautomator.action.ParameterSchema.Violation;
import io.opsautomator.aws.Aws;
import io.opsautomator.aws.SessionTerms;
import io.opsautomator.resource.Scope;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads variables, and gathers all that is wrong with them. Confined to one thread. */
final class EnvironmentReader {
  private static final String PREFIX = "OA_";
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,127}");
  private static final Pattern TABLE = Pattern.compile("[A-Za-z0-9_.-]{3,255}");
  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
  private static final Pattern REGION = Pattern.compile("[a-z]{2}(-[a-z]+){1,3}-\\d{1,2}");
  private static final Pattern QUEUE =
      Pattern.compile("(/[^/]+)*/\\d{12}/[A-Za-z0-9_-]{1,80}(\\.fifo)?");
  private static final URI NOWHERE = URI.create("");
  private static final int DAYS = 30;
  private static final int MOST_DAYS = 3650;
  private static final int WORKERS = 64;
  private static final int MOST_WORKERS = 1000;

  private final Map<String, String> environment;
  private final Set<String> others;
  private final List<Violation> wrong = new ArrayList<>();

  EnvironmentReader(Map<String, String> environment, Set<String> others) {
    this.environment = environment;
    this.others = others;
  }

  Deployment read() {
    misspelt();
    String name =
        text(Variable.DEPLOYMENT, NAME, "a letter, then up to 127 letters, digits and _.-")
            .orElse("ops-automator");
    Deployment read =
        new Deployment(
            name,
            text(Variable.TABLE, TABLE, "a table's name: 3 to 255 letters, digits and _.-")
                .orElse(""),
            queues(),
            text(Variable.PAYLOAD_BUCKET, BUCKET, "a bucket's name, without s3://"),
            access(name),
            new Deployment.Files(
                list(Variable.TASKS, this::path),
                one(Variable.SAFEGUARDS).flatMap(value -> path(Variable.SAFEGUARDS, value))),
            new Deployment.Bounds(
                Duration.ofDays(number(Variable.HISTORY_DAYS, MOST_DAYS, DAYS)),
                number(Variable.WORKERS, MOST_WORKERS, WORKERS)));
    if (!wrong.isEmpty()) {
      throw new InvalidDeploymentException(wrong);
    }
    return read;
  }

  private void misspelt() {
    List<String> known = Stream.concat(Variable.keys().stream(), others.stream()).toList();
    environment.keySet().stream()
        .filter(key -> key.startsWith(PREFIX) && !known.contains(key))
        .sorted()
        .forEach(key -> wrong.add(new Violation("ERR_UNKNOWN", key, "unknown" + hint(key, known))));
  }

  private static String hint(String key, List<String> known) {
    return Spelling.nearest(key, known)
        .map(near -> "; did you mean " + near + "?")
        .orElseGet(() -> "; known are " + String.join(", ", known));
  }

  // -- Groups -------------------------------------------------------------------------------------

  private Deployment.Queues queues() {
    URI work = queue(Variable.WORK_QUEUE_URL).orElse(NOWHERE);
    URI checks = queue(Variable.CHECK_QUEUE_URL).orElse(NOWHERE);
    Optional<URI> dead = queue(Variable.DEAD_LETTER_QUEUE_URL);
    distinct(Variable.CHECK_QUEUE_URL, checks, Variable.WORK_QUEUE_URL, work);
    dead.ifPresent(
        url -> {
          distinct(Variable.DEAD_LETTER_QUEUE_URL, url, Variable.WORK_QUEUE_URL, work);
          distinct(Variable.DEAD_LETTER_QUEUE_URL, url, Variable.CHECK_QUEUE_URL, checks);
        });
    return new Deployment.Queues(work, checks, dead);
  }

  private void distinct(Variable variable, URI url, Variable other, URI taken) {
    if (url.equals(taken) && !url.equals(NOWHERE)) {
      object(variable, url.toString(), "that is " + other.key() + " already; they are two queues");
    }
  }

  private Deployment.Access access(String deployment) {
    Aws aws = Aws.defaults();
    return new Deployment.Access(
        one(Variable.ROLE).filter(name -> accepts(Variable.ROLE, name, aws::role)),
        one(Variable.EXTERNAL_ID).filter(id -> accepts(Variable.EXTERNAL_ID, id, aws::externalId)),
        sessions(SessionTerms.DEFAULT.namedAfter(deployment, worker())),
        first("AWS_REGION", "AWS_DEFAULT_REGION").map(Scope.Region::new),
        new LinkedHashSet<>(list(Variable.REGIONS, this::region)));
  }

  /** Of the others' variables. */
  private Optional<String> first(String... keys) {
    return Stream.of(keys)
        .flatMap(key -> Optional.ofNullable(environment.get(key)).stream())
        .map(String::strip)
        .filter(value -> !value.isEmpty())
        .findFirst();
  }

  /** A function's log stream is its sandbox's own, and containers are told their host's name. */
  private String worker() {
    return first("AWS_LAMBDA_LOG_STREAM_NAME", "HOSTNAME").orElse("worker");
  }

  private SessionTerms sessions(SessionTerms usual) {
    SessionTerms named = with(usual, Variable.SESSION_NAME, SessionTerms::named);
    SessionTerms tagged = with(named, Variable.SESSION_TAGS, EnvironmentReader::tagged);
    SessionTerms bounded = with(tagged, Variable.SESSION_POLICY, SessionTerms::bounded);
    return with(bounded, Variable.SESSION_MINUTES, EnvironmentReader::lasting);
  }

  private SessionTerms with(
      SessionTerms terms, Variable variable, BiFunction<SessionTerms, String, SessionTerms> step) {
    try {
      return one(variable).map(value -> step.apply(terms, value)).orElse(terms);
    } catch (IllegalArgumentException e) {
      wrong.add(new Violation("ERR_VALUE", variable.key(), "" + e.getMessage()));
      return terms;
    }
  }

  private static SessionTerms tagged(SessionTerms terms, String tags) {
    SessionTerms tagged = terms;
    for (String tag : tags.split(",", -1)) {
      int at = tag.indexOf('=');
      if (at < 0) {
        throw new IllegalArgumentException(
            "'" + tag.strip() + "': allowed is key=value, comma-separated");
      }
      tagged = tagged.tagged(tag.substring(0, at).strip(), tag.substring(at + 1).strip());
    }
    return tagged;
  }

  private static SessionTerms lasting(SessionTerms terms, String minutes) {
    if (!minutes.matches("\\d{1,9}")) {
      throw new IllegalArgumentException("'" + minutes + "': allowed is a number of minutes");
    }
    return terms.lasting(Duration.ofMinutes(Integer.parseInt(minutes)));
  }

  private boolean accepts(Variable variable, String value, Consumer<String> judge) {
    try {
      judge.accept(value);
      return true;
    } catch (IllegalArgumentException e) {
      wrong.add(new Violation("ERR_VALUE", variable.key(), "" + e.getMessage()));
      return false;
    }
  }

  // -- Values -------------------------------------------------------------------------------------

  private Optional<String> one(Variable variable) {
    Optional<String> value =
        Optional.ofNullable(environment.get(variable.key()))
            .map(String::strip)
            .filter(text -> !text.isEmpty());
    if (value.isEmpty() && variable.required()) {
      wrong.add(new Violation("ERR_REQUIRED", variable.key(), "not set; " + variable.meaning()));
    }
    return value;
  }

  private <T> List<T> list(Variable variable, Parser<T> parser) {
    return one(variable).stream()
        .flatMap(value -> Arrays.stream(value.split(",", -1)))
        .flatMap(part -> parser.parse(variable, part.strip()).stream())
        .toList();
  }

  private interface Parser<T> {
    Optional<T> parse(Variable variable, String value);
  }

  private Optional<String> text(Variable variable, Pattern allowed, String inWords) {
    return one(variable).filter(value -> matches(variable, value, allowed, inWords));
  }

  private boolean matches(Variable variable, String value, Pattern allowed, String inWords) {
    boolean matches = allowed.matcher(value).matches();
    if (!matches) {
      object(variable, value, "allowed is " + inWords);
    }
    return matches;
  }

  private Optional<URI> queue(Variable variable) {
    return one(variable).flatMap(value -> url(variable, value));
  }

  private Optional<URI> url(Variable variable, String value) {
    String allowed =
        "allowed is a queue's URL, such as"
            + " https://sqs.eu-central-1.amazonaws.com/111122223333/work";
    try {
      URI url = new URI(value);
      boolean web = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
      if (web && url.getHost() != null && QUEUE.matcher(url.getPath()).matches()) {
        return Optional.of(url);
      }
      object(variable, value, allowed);
    } catch (URISyntaxException e) {
      object(variable, value, allowed + " (" + e.getReason() + ")");
    }
    return Optional.empty();
  }

  private Optional<Path> path(Variable variable, String value) {
    if (value.isEmpty()) {
      object(variable, value, "a file's name is empty between two commas");
      return Optional.empty();
    }
    try {
      return Optional.of(Path.of(value));
    } catch (InvalidPathException e) {
      object(variable, value, "no file's name: " + e.getReason());
      return Optional.empty();
    }
  }

  private Optional<Scope.Region> region(Variable variable, String value) {
    return matches(variable, value, REGION, "regions such as eu-central-1, comma-separated")
        ? Optional.of(new Scope.Region(value))
        : Optional.empty();
  }

  private int number(Variable variable, int most, int otherwise) {
    Optional<String> value = one(variable);
    if (value.isEmpty()) {
      return otherwise;
    }
    String digits = value.get();
    int number = digits.matches("\\d{1,9}") ? Integer.parseInt(digits) : 0;
    if (number < 1 || number > most) {
      object(variable, digits, "allowed is a whole number from 1 to " + most);
    }
    return number;
  }

  private void object(Variable variable, String value, String what) {
    wrong.add(new Violation("ERR_VALUE", variable.key(), "'" + value + "': " + what));
  }
}
