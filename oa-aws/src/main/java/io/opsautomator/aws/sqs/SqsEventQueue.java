package io.opsautomator.aws.sqs;

import io.opsautomator.dispatch.Message;
import io.opsautomator.dispatch.WorkQueue;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * A queue whose messages are brought by somebody else, such as a Lambda function that an event
 * source mapping invokes: give each batch to {@link #handle}, and report what it returns as failed
 * items. Sends like {@link SqsWorkQueue}, and receives nothing by itself; it keeps no message
 * hidden, so the queue has to hide them for longer than a batch may take. Thread-safe.
 *
 * <p>The engine that has this queue must have begun to take deliveries before the first batch.
 */
public final class SqsEventQueue implements WorkQueue {
  private static final Logger LOG = LoggerFactory.getLogger(SqsEventQueue.class);

  private final Mailer mailer;
  private final Intake intake;
  private final Receipts receipts;
  private final Executor workers;
  private final AtomicReference<Consumer<Delivery>> handler = new AtomicReference<>();
  private final InstantSource clock;
  private final Crew crew = new Crew();
  private volatile boolean closed;
  private volatile Instant drainFrom = Instant.MAX;

  private SqsEventQueue(SqsClient sqs, SqsQueues queues, Executor workers, InstantSource clock) {
    this.mailer = new Mailer(sqs, queues, clock);
    this.intake = new Intake(mailer, clock);
    this.receipts = new Receipts(sqs, queues);
    this.workers = workers;
    this.clock = clock;
  }

  /**
   * @param sqs stays open
   * @param workers handles the messages of a batch side by side; {@code Runnable::run} one after
   *     the other
   */
  public static SqsEventQueue of(
      SqsClient sqs, SqsQueues queues, Executor workers, InstantSource clock) {
    return new SqsEventQueue(sqs, queues, workers, clock);
  }

  /**
   * Handles a batch: returns when all of it has been handled or put back, or when time is up.
   *
   * @param beginBy what has not been begun by then is put back at once, for another to receive; and
   *     from then on this queue is {@link #draining}, until it is given another batch
   * @param returnBy what is still being handled then goes on if the process lives, and settles its
   *     message by itself
   * @return the ids of those that must not be deleted, since they have to come again: they were put
   *     back, their handler failed or has not returned, they are not due, or cannot be read
   * @throws IllegalStateException if no engine takes deliveries
   */
  public Set<String> handle(List<ReceivedMessage> batch, Instant beginBy, Instant returnBy) {
    Consumer<Delivery> taker = handler.get();
    if (taker == null) {
      throw new IllegalStateException("no engine takes deliveries from this queue yet");
    }
    drainFrom = beginBy;
    Batch open = new Batch(batch, receipts);
    List<Letter> letters =
        batch.stream().flatMap(received -> intake.open(received, open).stream()).toList();
    CountDownLatch left = new CountDownLatch(letters.size());
    for (Letter letter : letters) {
      begin(() -> handle(letter, taker), letter, left);
    }
    await(left, returnBy);
    return open.close();
  }

  private void begin(Runnable work, Letter letter, CountDownLatch left) {
    crew.enter();
    Runnable end =
        () -> {
          crew.leave();
          left.countDown();
        };
    try {
      workers.execute(() -> run(work, end));
    } catch (RejectedExecutionException e) {
      LOG.warn("No worker could be started; {} was put back", letter.message(), e);
      letter.failed();
      end.run();
    }
  }

  private static void run(Runnable work, Runnable end) {
    try {
      work.run();
    } finally {
      end.run();
    }
  }

  private void handle(Letter letter, Consumer<Delivery> taker) {
    if (draining()) {
      letter.unbegun();
    } else {
      crew.handle(letter, taker);
    }
  }

  private void await(CountDownLatch left, Instant returnBy) {
    try {
      Duration time = Duration.between(clock.instant(), returnBy);
      if (!left.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
        LOG.warn("Time is up, and {} messages are still being handled", left.getCount());
      }
    } catch (InterruptedException e) {
      LOG.warn("Interrupted while {} messages are still being handled", left.getCount(), e);
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void send(List<Message> messages, Duration delay) {
    mailer.send(messages.stream().map(Envelope::of).toList(), delay);
  }

  /** What {@link #handle} is given goes there. */
  @Override
  public void deliverTo(Consumer<Delivery> taker) {
    if (!handler.compareAndSet(null, taker)) {
      throw new IllegalStateException("deliveries have begun before");
    }
  }

  @Override
  public boolean durable() {
    return true;
  }

  @Override
  public boolean draining() {
    return closed || !clock.instant().isBefore(drainFrom);
  }

  @Override
  public void close() {
    closed = true;
    crew.awaitIdle();
  }
}
