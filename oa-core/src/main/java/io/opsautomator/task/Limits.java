package io.opsautomator.task;

/**
 * How much a task may do. Immutable; zero means what the action says. {@code maxResources} is the
 * blast radius: a run that selects more does nothing and says so. {@code errorThreshold} stops
 * starting executions; {@code callsPerSecond} is per account, region and service.
 */
public record Limits(
    int maxConcurrent,
    int batchSize,
    Amount maxResources,
    Amount errorThreshold,
    double callsPerSecond) {
  public static final Limits DEFAULT =
      new Limits(0, 0, Amount.percent(100), Amount.percent(100), 0);
}
