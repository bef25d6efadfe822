package io.opsautomator.ecs;

import io.opsautomator.dispatch.Message;
import io.opsautomator.dispatch.WorkQueue;
import io.opsautomator.task.ExecutionId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A queue for a process that works on one execution: what concerns that one stays here, with its
 * waits and retries, and is handled one after the other; everything else goes to the deployment's
 * queue, where the other workers find it. So does what concerns the execution from the moment that
 * this is closed. Thread-safe.
 */
final class SingleQueue implements WorkQueue {
  private static final Logger LOG = LoggerFactory.getLogger(SingleQueue.class);

  /** Of seconds, the power of two: about a minute. */
  private static final int LONGEST_PAUSE = 6;

  private final ExecutionId only;
  private final WorkQueue others;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // -- Guarded by the lock ------------------------------------------------------------------------

  private final PriorityQueue<Waiting> waiting =
      new PriorityQueue<>(Comparator.comparing(Waiting::at));
  private Consumer<Delivery> handler = delivery -> {};
  private boolean closed;
  private boolean working;

  private record Waiting(Instant at, Message message, int receipts) {}

  /**
   * @param others is sent to only, and closed with this
   */
  SingleQueue(ExecutionId only, WorkQueue others, InstantSource clock) {
    this.only = only;
    this.others = others;
    this.clock = clock;
  }

  private boolean ours(Message message) {
    return message instanceof Message.Start start && start.execution().equals(only)
        || message instanceof Message.Check check && check.execution().equals(only);
  }

  @Override
  public void send(List<Message> messages, Duration delay) {
    messages.stream().filter(this::ours).forEach(message -> keep(message, 1, delay));
    List<Message> rest = messages.stream().filter(message -> !ours(message)).toList();
    if (!rest.isEmpty()) {
      others.send(rest, delay);
    }
  }

  private void keep(Message message, int receipts, Duration delay) {
    lock.lock();
    try {
      if (!closed) {
        waiting.add(new Waiting(clock.instant().plus(delay), message, receipts));
        changed.signalAll();
        return;
      }
    } finally {
      lock.unlock();
    }
    others.send(List.of(message), delay);
  }

  @Override
  public void deliverTo(Consumer<Delivery> to) {
    lock.lock();
    try {
      handler = to;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Works on what there is and what comes of it, on the caller's thread, until there is nothing
   * left or this is closed.
   */
  void workOff() throws InterruptedException {
    for (Optional<Waiting> next = take(); next.isPresent(); next = take()) {
      Handed handed = new Handed(next.get());
      try {
        handler.accept(handed);
        handed.settled = true;
      } catch (RuntimeException e) {
        LOG.warn("{} will be tried again: {}", handed.message(), e.toString(), e);
      } finally {
        done(handed);
      }
    }
  }

  private Optional<Waiting> take() throws InterruptedException {
    lock.lock();
    try {
      while (!closed && !waiting.isEmpty()) {
        Duration left = Duration.between(clock.instant(), waiting.element().at());
        if (left.isZero() || left.isNegative()) {
          working = true;
          return Optional.of(waiting.remove());
        }
        changed.await(left.toMillis() + 1, TimeUnit.MILLISECONDS);
      }
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  private void done(Handed handed) {
    if (!handed.settled) {
      handed.again(Duration.ofSeconds(1L << Math.min(handed.receipts() - 1, LONGEST_PAUSE)));
    }
    lock.lock();
    try {
      working = false;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean durable() {
    return others.durable();
  }

  /** What waits here goes to the others; returns when the handler has. */
  @Override
  public void close() {
    List<Waiting> left;
    lock.lock();
    try {
      closed = true;
      left = List.copyOf(waiting);
      waiting.clear();
      changed.signalAll();
      while (working) {
        changed.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
    Instant now = clock.instant();
    left.forEach(it -> others.send(List.of(it.message()), delay(now, it.at())));
    others.close();
  }

  private static Duration delay(Instant now, Instant at) {
    return at.isAfter(now) ? Duration.between(now, at) : Duration.ZERO;
  }

  private final class Handed implements Delivery {
    private final Waiting it;
    private boolean settled;

    Handed(Waiting it) {
      this.it = it;
    }

    @Override
    public Message message() {
      return it.message();
    }

    @Override
    public int receipts() {
      return it.receipts();
    }

    @Override
    public void acknowledge() {}

    @Override
    public boolean returns(Duration after) {
      return true;
    }

    @Override
    public void again(Duration after) {
      keep(it.message(), it.receipts() + 1, after);
    }
  }
}
