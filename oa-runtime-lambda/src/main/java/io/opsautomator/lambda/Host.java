package io.opsautomator.lambda;

import io.opsautomator.OpsAutomator;
import io.opsautomator.aws.sqs.SqsEventQueue;
import io.opsautomator.aws.sqs.SqsQueues;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An engine that stands by within a function: it does what an invocation asks for, and nothing
 * between two of them. Made once for each sandbox.
 */
final class Host implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Host.class);

  /** What is due so soon is left over from this tick, which stops in time. */
  private static final Duration LEFT_OVER = Duration.ofSeconds(1);

  private final OpsAutomator ops;
  private final InstantSource clock;
  private final Rest rest;
  private final BatchHandling batches;
  private final DirectHandling direct;
  private final TaskResourceHandling resources;

  /** Waits for what runs besides; false if something still runs when that time is over. */
  @FunctionalInterface
  interface Rest {
    boolean within(Duration time) throws InterruptedException;
  }

  /**
   * @param ops an engine over that queue; begins to take deliveries here, and is closed with this
   */
  Host(OpsAutomator ops, SqsEventQueue queue, SqsQueues queues, InstantSource clock, Rest rest) {
    this.ops = ops;
    this.clock = clock;
    this.rest = rest;
    this.batches = new BatchHandling(queue, queues);
    this.direct = new DirectHandling(ops);
    this.resources = new TaskResourceHandling(ops, StackAnswer::send);
    ops.standBy();
  }

  /**
   * @param request names this invocation
   * @return what is to be answered, as JSON
   */
  Map<String, Object> handle(Event event, String request, Duration remaining) {
    Instant now = clock.instant();
    TimeLeft time = TimeLeft.of(now, remaining);
    try {
      if (event instanceof Event.Batch batch) {
        return batches.handle(batch, now, time);
      }
      if (event instanceof Event.Stack stack) {
        return resources.handle(stack);
      }
      return event instanceof Event.Direct question ? direct.handle(question, request) : tick(time);
    } finally {
      comeToRest(time);
    }
  }

  /**
   * The platform wakes a function once a minute at most, and schedules have no finer one: so it
   * does not wait for what is due later, but goes on with what one tick has left over.
   */
  private Map<String, Object> tick(TimeLeft time) {
    Instant next = ops.tick();
    while (isLeftOver(next) && clock.instant().isBefore(time.beginBy())) {
      next = ops.tick();
    }
    return Map.of("next", next.toString());
  }

  private boolean isLeftOver(Instant next) {
    return next.isBefore(clock.instant().plus(LEFT_OVER));
  }

  private void comeToRest(TimeLeft time) {
    try {
      Duration left = Duration.between(clock.instant(), time.returnBy());
      if (!rest.within(left)) {
        LOG.warn("Time is up, and something is still at work: it will be frozen");
      }
    } catch (InterruptedException e) {
      LOG.warn("Interrupted while something was still at work", e);
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    ops.close();
  }
}
