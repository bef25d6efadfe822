package io.opsautomator.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.OpsAutomator;
import io.opsautomator.aws.AwsClients;
import io.opsautomator.aws.Ec2Selectors;
import io.opsautomator.aws.GuardedClients;
import io.opsautomator.aws.dynamodb.DynamoDbStore;
import io.opsautomator.aws.dynamodb.DynamoDbTable;
import io.opsautomator.aws.sqs.SqsEventQueue;
import io.opsautomator.resource.Scope;
import io.opsautomator.resource.Territory;
import io.opsautomator.store.InMemoryStore;
import io.opsautomator.store.Run;
import io.opsautomator.store.Store;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskFile;
import io.opsautomator.task.TaskFile.Located;
import io.opsautomator.testkit.Estate;
import io.opsautomator.testkit.VirtualTime;
import io.opsautomator.testkit.dynamodb.FakeDynamoDb;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The week of {@code oa demo}, once embedded and once as functions that are invoked. */
final class WeekTest {
  private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
  private static final Instant MONDAY = ZonedDateTime.of(2026, 3, 23, 0, 0, 0, 0, ZONE).toInstant();
  private static final Span WEEK = new Span(MONDAY, MONDAY.plus(Duration.ofDays(7)));

  /** From Monday evening to Wednesday morning: all the trouble that there is. */
  private static final Span TROUBLE =
      new Span(MONDAY.plus(Duration.ofHours(18)), MONDAY.plus(Duration.ofHours(54)));

  private static final long SEED = 1;
  private static final double THROTTLED = 0.03;
  private static final int RUNS = 10_000;
  private static final Path DEMO =
      Path.of("../oa-cli/src/main/resources/io/opsautomator/cli/demo.yaml");
  private static final String TICK = "{\"action\": \"tick\"}";

  /** What of the week is lived through. The whole of it takes longer than a build has. */
  private record Span(Instant from, Instant to) {
    static Span wanted() {
      return Boolean.getBoolean("oa.week") ? WEEK : TROUBLE;
    }

    long minutes() {
      return Duration.between(from, to).toMinutes();
    }
  }

  /** A company's estate, and what goes wrong in it, as in the demonstration. */
  private static final class Company implements AutoCloseable {
    private final Span span;
    private final VirtualTime time;
    private final Estate estate;

    Company(Span span) {
      this.span = span;
      time = VirtualTime.startingAt(span.from());
      estate = Estate.seeded(time, SEED);
      estate.populate(SEED);
      usual();
      at(31, () -> estate.faults().noCapacityFor("r5.large"));
      at(34, () -> estate.faults().capacityFor("r5.large"));
      at(
          48,
          () ->
              estate
                  .faults()
                  .in("222233334444", "ap-southeast-2")
                  .refuseAlways("DescribeInstances", "UnauthorizedOperation"));
      at(53, this::usual);
    }

    private void usual() {
      estate.faults().clear();
      estate.faults().throttleShare(THROTTLED);
    }

    private void at(int hours, Runnable trouble) {
      time.at(MONDAY.plus(Duration.ofHours(hours)), trouble);
    }

    OpsAutomator.Builder builder(Store store) {
      AwsClients clients = new GuardedClients(estate);
      OpsAutomator.Builder builder =
          OpsAutomator.builder()
              .provide(AwsClients.class, clients)
              .territory(
                  Territory.of(
                      Estate.HOME,
                      estate.scopes().stream().map(Scope::region).collect(Collectors.toSet())))
              .store(store)
              .clock(time)
              .timer(time)
              .random(RandomGenerator.of("L64X128MixRandom"));
      Ec2Selectors.of(clients).forEach(builder::selector);
      tasks().forEach(builder::task);
      return builder;
    }

    void live() {
      time.runUntil(span.to());
    }

    @Override
    public void close() {
      estate.close();
    }
  }

  private static List<Task> tasks() {
    TaskFile.Parsed parsed = TaskFile.read(DEMO);
    assertThat(parsed.problems()).isEmpty();
    return parsed.tasks().stream().map(Located::task).toList();
  }

  /** A function that EventBridge wakes each minute, and SQS whenever there is a message. */
  private static final class Function {
    private final VirtualTime time;
    private final FakeSqs sqs;
    private final Sandbox sandbox;
    private Instant nextPump = Instant.MAX;
    private int invocations;

    Function(Company company, FakeSqs sqs, Sandbox sandbox) {
      this.time = company.time;
      this.sqs = sqs;
      this.sandbox = sandbox;
      time.at(company.span.from(), this::tick);
    }

    private void tick() {
      invoke(TICK);
      time.schedule(Duration.ofMinutes(1), this::tick);
      pump();
    }

    private void pump() {
      for (Optional<String> event = sqs.receive(); event.isPresent(); event = sqs.receive()) {
        sqs.settle(event.get(), invoke(event.get()));
      }
      if (!nextPump.isAfter(time.instant())) {
        nextPump = Instant.MAX;
      }
      Optional<Instant> sooner = sqs.next().filter(nextPump::isAfter);
      sooner.ifPresent(at -> time.at(at, this::pump));
      nextPump = sooner.orElse(nextPump);
    }

    private String invoke(String event) {
      invocations++;
      try {
        return sandbox.invoke(event, "request-" + invocations, Sandbox.PLENTY);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** By task: how its runs ended, and how their executions did. */
  private static Map<String, Map<String, Integer>> outcomes(OpsAutomator ops) {
    Map<String, Map<String, Integer>> all = new TreeMap<>();
    for (Run run : ops.history(Optional.empty(), RUNS)) {
      Map<String, Integer> of = all.computeIfAbsent(run.task().value(), t -> new TreeMap<>());
      of.merge("run " + run.state(), 1, Integer::sum);
      ops.executions(run.id()).forEach(x -> of.merge("" + x.status(), 1, Integer::sum));
    }
    return all;
  }

  private static Map<String, Map<String, Integer>> embedded(Span span) {
    try (Company company = new Company(span);
        Store store = new InMemoryStore();
        OpsAutomator ops = company.builder(store).executor(company.time).build()) {
      ops.start();
      company.live();
      return outcomes(ops);
    }
  }

  private static Map<String, Map<String, Integer>> inLambda(Span span) {
    FakeDynamoDb dynamo = new FakeDynamoDb();
    DynamoDbTable.create(dynamo, "ops", Optional.empty());
    try (Company company = new Company(span);
        Store store = DynamoDbStore.over(dynamo, "ops").writer("week").open()) {
      FakeSqs sqs = new FakeSqs(company.time);
      SqsEventQueue queue = SqsEventQueue.of(sqs, FakeSqs.QUEUES, Runnable::run, company.time);
      try (OpsAutomator ops = company.builder(store).executor(Runnable::run).queue(queue).build()) {
        Host host = new Host(ops, queue, FakeSqs.QUEUES, company.time, time -> true);
        Function function = new Function(company, sqs, new Sandbox(new OpsAutomatorHandler(host)));
        company.live();
        assertThat(function.invocations).isGreaterThan((int) span.minutes());
        return outcomes(ops);
      }
    }
  }

  @Test
  void theWeekHasTheSameOutcomesInLambdaAsEmbedded() {
    Span span = Span.wanted();

    Map<String, Map<String, Integer>> functions = inLambda(span);

    assertThat(functions).hasSize(4).isEqualTo(embedded(span));
    assertThat(functions.get("office-hours-start")).containsKey("FAILED");
    assertThat(functions.get("nightly-snapshots")).containsKey("run PARTIAL");
  }
}
