package io.opsautomator.lambda;

import io.opsautomator.OpsAutomator;
import io.opsautomator.audit.JsonLinesSink;
import io.opsautomator.aws.sqs.SqsEventQueue;
import io.opsautomator.store.InMemoryStore;
import io.opsautomator.task.Task;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What the real runtime runs in tests: a function with two tasks, {@code lights} and {@code slow},
 * whose first step takes {@value #SLOW} ms. Its standard output has the audit, and {@code SENT }
 * before each message.
 */
public final class LampHandler extends OpsAutomatorHandler {
  static final int SLOW = 1_900;

  public LampHandler() {
    super(host());
  }

  private static Host host() {
    Clock clock = Clock.systemUTC();
    Workers workers = new Workers();
    FakeSqs sqs = new FakeSqs(clock, event -> System.out.println("SENT " + event));
    SqsEventQueue queue = SqsEventQueue.of(sqs, FakeSqs.QUEUES, workers, clock);
    OpsAutomator.Builder builder =
        OpsAutomator.builder()
            .store(new InMemoryStore())
            .queue(queue)
            .audit(JsonLinesSink.to(System.out))
            .clock(clock)
            .timer((when, task) -> () -> {})
            .executor(workers)
            .task(Task.named("lights").action("SwitchOff").where("*").build())
            .task(Task.named("slow").action("SwitchOff").with("Key", "slow").where("*").build());
    Lamps.install(builder, LampHandler::step);
    return new Host(builder.build(), queue, FakeSqs.QUEUES, clock, workers::comeToRest);
  }

  private static void step(String step) {
    if (step.startsWith("slow first")) {
      pause();
    }
  }

  private static void pause() {
    try {
      boolean opened = new CountDownLatch(1).await(SLOW, TimeUnit.MILLISECONDS);
      System.out.println("it took " + SLOW + " ms: " + !opened);
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
  }
}
