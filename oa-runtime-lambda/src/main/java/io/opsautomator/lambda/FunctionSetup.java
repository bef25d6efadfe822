package io.opsautomator.lambda;

import io.opsautomator.OpsAutomator;
import io.opsautomator.aws.Aws;
import io.opsautomator.aws.deployment.Assembly;
import io.opsautomator.aws.deployment.Deployment;
import io.opsautomator.aws.sqs.SqsEventQueue;
import io.opsautomator.dispatch.Timer.Alarm;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/**
 * Puts a function together from its environment variables, once for each sandbox. Connects to
 * nothing: of each service that a function does not use, no client is ever made.
 */
final class FunctionSetup {
  private FunctionSetup() {}

  /**
   * @throws io.opsautomator.aws.deployment.InvalidDeploymentException naming all variables that are
   *     wrong
   */
  static Host of(Map<String, String> environment, Aws base) {
    Deployment deployment = Deployment.of(environment);
    // The runtime frames what is written there, so that a line is a record of the log.
    Assembly assembly = Assembly.open(deployment, base, System.out);
    InstantSource clock = Clock.systemUTC();
    Workers workers = new Workers();
    SqsEventQueue queue = SqsEventQueue.of(assembly.sqs(), assembly.queues(), workers, clock);
    OpsAutomator ops =
        OpsAutomator.builder()
            .install(assembly)
            .queue(queue)
            .clock(clock)
            .timer(FunctionSetup::never)
            .executor(workers)
            .build();
    return new Host(ops, queue, assembly.queues(), clock, workers::comeToRest);
  }

  /** An engine that stands by sets no alarm: nothing would ring it while the sandbox is frozen. */
  private static Alarm never(Instant when, Runnable task) {
    throw new UnsupportedOperationException("nothing is timed within a function");
  }
}
