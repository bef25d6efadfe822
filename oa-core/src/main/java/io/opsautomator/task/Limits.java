package io.opsautomator.task;

import java.time.Duration;
import java.util.Optional;

/**
 * How much a task may do, for how long, and how patiently. Immutable. Zero, or no timeout, means
 * what the action says.
 *
 * @param maxConcurrent executions running at once
 * @param maxConcurrentPerRegion executions of one run that run at once in each account and region;
 *     zero for any number
 * @param batchSize resources to one execution, at most
 * @param timeout until completion, after an execution has acted
 * @param retry what is asked again
 */
public record Limits(
    int maxConcurrent,
    int maxConcurrentPerRegion,
    int batchSize,
    Optional<Duration> timeout,
    RetryPolicy retry) {
  public static final Limits DEFAULT = new Limits(0, 0, 0, Optional.empty(), RetryPolicy.DEFAULT);
}
