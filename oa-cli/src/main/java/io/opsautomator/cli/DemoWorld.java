package io.opsautomator.cli;

import io.opsautomator.OpsAutomator;
import io.opsautomator.audit.JsonLinesSink;
import io.opsautomator.aws.AwsClients;
import io.opsautomator.aws.CallListener;
import io.opsautomator.aws.CallMeter;
import io.opsautomator.aws.Ec2Selectors;
import io.opsautomator.aws.GuardedClients;
import io.opsautomator.resource.Scope;
import io.opsautomator.resource.Territory;
import io.opsautomator.store.Store;
import io.opsautomator.task.Task;
import io.opsautomator.testkit.Estate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** A company's estate, the week it goes through, and what goes wrong in it. */
final class DemoWorld implements AutoCloseable {
  static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

  /** A Monday; the clocks are put forward on the Sunday that ends the week. */
  static final Instant START = ZonedDateTime.of(2026, 3, 23, 0, 0, 0, 0, ZONE).toInstant();

  private static final long SEED = 1;
  private static final int WORKERS = 128;
  private static final double THROTTLED = 0.03;
  private static final String DENIED_ACCOUNT = "222233334444";
  private static final String DENIED_REGION = "ap-southeast-2";

  final WideTime time = new WideTime(START);
  final Estate estate = Estate.seeded(time, SEED);
  final DemoTally tally = new DemoTally();

  DemoWorld() {
    estate.populate(SEED);
    trouble();
  }

  /** What a week brings; by the hour after its begin. */
  private void trouble() {
    estate.faults().throttleShare(THROTTLED);

    at(Duration.ofHours(31), () -> estate.faults().noCapacityFor("r5.large"));
    at(Duration.ofHours(34), () -> estate.faults().capacityFor("r5.large"));
    at(
        Duration.ofDays(2),
        () ->
            estate
                .faults()
                .in(DENIED_ACCOUNT, DENIED_REGION)
                .refuseAlways("DescribeInstances", "UnauthorizedOperation"));
    at(Duration.ofHours(53), this::usual);
  }

  /** What of that happens within so many days, for those who would take it for a fault of ours. */
  static String troubleWithin(int days) {
    String words =
        "Failures are part of the show: "
            + Math.round(THROTTLED * 100)
            + " % of the calls are throttled";
    if (days > 1) {
      words += "; on Tuesday morning r5.large has no capacity";
    }
    if (days > 2) {
      words +=
          ";"
              + System.lineSeparator()
              + "early on Wednesday "
              + DENIED_REGION
              + " of "
              + DENIED_ACCOUNT
              + " refuses to be read. The report shows how that looks";
    }
    return words + ".";
  }

  private void usual() {
    estate.faults().clear();
    estate.faults().throttleShare(THROTTLED);
  }

  private void at(Duration after, Runnable trouble) {
    time.at(START.plus(after), trouble);
  }

  OpsAutomator engine(Store store, JsonLinesSink audit, CallMeter meter, List<Task> tasks) {
    OpsAutomator.Builder builder = builder(store, meter).audit(audit);
    tasks.forEach(builder::task);
    return builder.build();
  }

  /** An engine in this world, over this store. */
  OpsAutomator.Builder builder(Store store, CallListener meter) {
    AwsClients clients =
        new GuardedClients(estate)
            .listenedToBy(
                call -> {
                  tally.called(call);
                  meter.called(call);
                });
    OpsAutomator.Builder builder =
        OpsAutomator.builder()
            .provide(AwsClients.class, clients)
            .territory(Territory.of(Estate.HOME, regions()))
            .store(store)
            .audit(tally)
            .clock(time)
            .timer(time)
            .executor(time)
            .workers(WORKERS)
            .random(RandomGenerator.of("L64X128MixRandom"));
    Ec2Selectors.of(clients).forEach(builder::selector);
    return builder;
  }

  private Set<Scope.Region> regions() {
    return estate.scopes().stream().map(Scope::region).collect(Collectors.toSet());
  }

  @Override
  public void close() {
    estate.close();
    time.close();
  }
}
