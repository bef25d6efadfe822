package io.opsautomator.ecs;

import io.opsautomator.aws.deployment.Assembly;
import io.opsautomator.aws.sqs.SqsWorkQueue;
import io.opsautomator.dispatch.WorkQueue;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A deployment's queues, for a process that fetches its messages itself. */
final class FetchedQueue {
  private FetchedQueue() {}

  /** A new one, to be closed by the engine that gets it. */
  static WorkQueue of(Assembly parts) {
    return SqsWorkQueue.of(
        parts.sqs(),
        parts.queues(),
        workers(),
        SqsWorkQueue.Terms.of(parts.deployment().bounds().workers()),
        InstantSource.system());
  }

  /** As many threads as messages are received for; they end when there are none. */
  private static Executor workers() {
    AtomicInteger number = new AtomicInteger();
    return Executors.newCachedThreadPool(
        work -> {
          Thread thread = new Thread(work, "oa-worker-" + number.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
  }
}
