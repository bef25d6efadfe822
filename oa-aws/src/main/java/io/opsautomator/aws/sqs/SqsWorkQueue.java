package io.opsautomator.aws.sqs;

import io.opsautomator.aws.sqs.SqsQueues.Role;
import io.opsautomator.dispatch.Message;
import io.opsautomator.dispatch.WorkQueue;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * A queue in SQS, for any number of processes that share their work. Thread-safe.
 *
 * <p>Messages are sent, deleted and put back up to ten a call, and received by one thread for each
 * queue, by long polling, as many as there are workers free for. A message stays hidden from others
 * for as long as its handler is at work; when the process dies, it is seen again after {@link
 * Terms#visibility}. One that is put back for up to a minute stays in this process and comes again
 * here, as far as not more are kept so than are worked on. Any other is hidden in SQS until then,
 * whatever it takes: one that has been put back so often, or for so long, that SQS would give it up
 * is replaced by a new one that counts on from its receipts.
 *
 * <p>SQS forgets a message 14 days after it was sent. One that is delayed is put back, and so
 * renewed, in time; one that nobody received for so long is lost, and what it stood for is sent
 * again by the run watch, which looks at every open run.
 *
 * <p>A message that was received {@link Role#receives} times, with its handler failing or its
 * process dying each time, becomes a dead letter. It is delivered once more as {@link
 * Delivery#dead}, so that what it stood for ends in words that say so.
 */
public final class SqsWorkQueue implements WorkQueue {
  private static final Logger LOG = LoggerFactory.getLogger(SqsWorkQueue.class);

  private final SqsClient sqs;
  private final SqsQueues queues;
  private final Executor workers;
  private final Terms terms;
  private final InstantSource clock;
  private final Mailer mailer;
  private final Intake intake;
  private final Settler settler;
  private final Crew crew = new Crew();
  private final List<Receiver> receivers = new ArrayList<>();
  private final List<Parking> parkings = new ArrayList<>();
  private boolean begun;

  /**
   * How messages are received.
   *
   * @param most how many messages are worked on at once; a quarter as many checks besides, since
   *     nothing else may keep them from being looked at, and one dead letter
   * @param visibility how long a message that died with its process stays hidden, 1 second to 1
   *     hour; while its handler is at work it is hidden anew after each third of this
   * @param poll for how long to ask for messages when there are none, up to 20 seconds. Closing may
   *     take as long, and each time is a call that is paid for
   */
  public record Terms(int most, Duration visibility, Duration poll) {
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final Duration LONGEST_POLL = Duration.ofSeconds(20);

    public Terms {
      if (most < 1) {
        throw new IllegalArgumentException("most is " + most + ", not 1 or more");
      }
      requireWithin("visibility", visibility, Duration.ofSeconds(1), LONGEST);
      requireWithin("poll", poll, Duration.ZERO, LONGEST_POLL);
    }

    /** Two minutes of visibility, ten seconds of polling. */
    public static Terms of(int most) {
      return new Terms(most, Duration.ofMinutes(2), Duration.ofSeconds(10));
    }

    private static void requireWithin(String what, Duration value, Duration least, Duration most) {
      if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
        throw new IllegalArgumentException(
            what + " is " + value + ", not between " + least + " and " + most);
      }
    }
  }

  private SqsWorkQueue(
      SqsClient sqs, SqsQueues queues, Executor workers, Terms terms, InstantSource clock) {
    this.sqs = sqs;
    this.queues = queues;
    this.workers = workers;
    this.terms = terms;
    this.clock = clock;
    this.mailer = new Mailer(sqs, queues, clock);
    this.intake = new Intake(mailer, clock);
    this.settler = new Settler(new Receipts(sqs, queues), clock, terms.visibility());
  }

  /**
   * Nothing is asked of SQS before something is sent, or {@link #deliverTo} is called.
   *
   * @param sqs stays open; close it after the queue
   * @param workers run the handlers
   */
  public static SqsWorkQueue of(
      SqsClient sqs, SqsQueues queues, Executor workers, Terms terms, InstantSource clock) {
    return new SqsWorkQueue(sqs, queues, workers, terms, clock);
  }

  /**
   * @throws SendFailedException if SQS has not taken all of them; sending all of them again is safe
   */
  @Override
  public void send(List<Message> messages, Duration delay) {
    mailer.send(messages.stream().map(Envelope::of).toList(), delay);
  }

  @Override
  public synchronized void deliverTo(Consumer<Delivery> handler) {
    if (begun) {
      throw new IllegalStateException("deliveries have begun before, or the queue is closed");
    }
    begun = true;
    settler.start();
    for (Role role : Role.values()) {
      queues.url(role).ifPresent(url -> receivers.add(receiver(role, url, handler)));
    }
    receivers.forEach(Receiver::start);
  }

  private Receiver receiver(Role role, URI url, Consumer<Delivery> handler) {
    Room room = new Room(most(role));
    Parking parking = new Parking(settler, most(role), letter -> begin(letter, room, handler));
    parkings.add(parking);
    return new Receiver(
        sqs,
        new Receiver.From(role, url, terms),
        clock,
        room,
        received -> take(received, parking, room, handler));
  }

  private int most(Role role) {
    return switch (role) {
      case WORK -> terms.most();
      case CHECKS -> Math.max(1, terms.most() / 4);
      case DEAD -> 1;
    };
  }

  private void take(
      ReceivedMessage received, Parking parking, Room room, Consumer<Delivery> handler) {
    if (room.closed()) {
      settler.hide(received, Duration.ZERO);
      return;
    }
    intake.open(received, parking).ifPresent(letter -> begin(letter, room, handler));
  }

  private void begin(Letter letter, Room room, Consumer<Delivery> handler) {
    room.take();
    crew.enter();
    settler.hold(letter.received());
    try {
      workers.execute(() -> handle(letter, room, handler));
    } catch (RejectedExecutionException e) {
      LOG.warn("No worker could be started; {} was put back", letter.message(), e);
      letter.failed();
      room.giveBack();
      crew.leave();
    }
  }

  private void handle(Letter letter, Room room, Consumer<Delivery> handler) {
    try {
      if (room.closed() && !letter.returned()) {
        letter.unbegun();
      } else {
        crew.handle(letter, handler);
      }
    } finally {
      if (!letter.settled()) {
        settler.letGo(letter.received());
      }
      room.giveBack();
      crew.leave();
    }
  }

  /** Messages are kept by SQS, whatever becomes of this process. */
  @Override
  public boolean durable() {
    return true;
  }

  /**
   * Receives nothing more; returns when the handlers at work have returned, and what they said of
   * their messages has been told to SQS. What was received and not begun is given back at once, and
   * what is to come again here comes now.
   */
  @Override
  public void close() {
    List<Receiver> some;
    synchronized (this) {
      begun = true;
      some = List.copyOf(receivers);
    }
    some.forEach(Receiver::close);
    some.forEach(Receiver::join);
    parkings.forEach(Parking::close);
    crew.awaitIdle();
    settler.close();
  }
}
