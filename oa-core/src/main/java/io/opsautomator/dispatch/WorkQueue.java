package io.opsautomator.dispatch;

import io.opsautomator.dispatch.internal.InProcessQueue;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Carries messages: at least once, in any order, not before their delay. What {@code send} has
 * returned from is delivered until it is acknowledged, while the queue lives. A queue need not
 * survive a restart ({@link #durable}): the run watch sends again what is open. Thread-safe.
 */
public interface WorkQueue extends AutoCloseable {

  /**
   * The queue within this process that an engine has if it is given none.
   *
   * @param executor runs the workers
   * @param most how many workers may be at work at once
   */
  static WorkQueue inProcess(Executor executor, Timer timer, InstantSource clock, int most) {
    return new InProcessQueue(executor, timer, clock, most);
  }

  void send(List<Message> messages, Duration delay);

  /**
   * Begins to deliver, on several threads. What the handler throws gives the message back, to come
   * again after a growing pause.
   *
   * @throws IllegalStateException if it has been called before
   */
  void deliverTo(Consumer<Delivery> handler);

  /**
   * Whether so much waits for a worker in this process that who makes more of it should let some be
   * done first. Never true of a queue that holds any number.
   */
  default boolean crowded() {
    return false;
  }

  /**
   * Whether what was sent outlives this process and reaches others. Then an engine that starts on
   * it sends nothing again: what is open is on its way, and what was lost is for the run watch.
   */
  default boolean durable() {
    return false;
  }

  /**
   * Whether what was delivered is to come to rest, for the host ends or freezes this process soon:
   * nothing is begun any more, and what is at work is handed back at its next effect, wait or page.
   */
  default boolean draining() {
    return false;
  }

  /** Delivers nothing more; returns when the handlers at work have returned. */
  @Override
  void close();

  /** A message in hand. It comes again unless acknowledged. */
  interface Delivery {
    Message message();

    /** How often it has been delivered, this time included. Above 1, announce all grants again. */
    int receipts();

    /**
     * Whether it has come in vain so often that the queue gives it up: what it stands for is to end
     * visibly, and not to be tried again.
     */
    default boolean dead() {
      return false;
    }

    /**
     * Last of all, when whatever this message led to has been sent. May be called from another
     * thread, later.
     */
    void acknowledge();

    /**
     * The next message, if it is a start and ready: handed out to the same worker, which handles it
     * after this one. It acknowledges it or puts it back, whatever happens. Empty from queues that
     * hand out one at a time.
     */
    default Optional<Delivery> another() {
      return Optional.empty();
    }

    /**
     * Whether {@link #again}, after so long, will bring it to this same process, unless that dies.
     * Asked of queues that are {@link #durable} only: what a process remembers of a message need
     * not be stored then, and what it holds need not be given up.
     */
    default boolean returns(Duration after) {
      return false;
    }

    /** Puts the same message back, so that a doubled delivery cannot become a second chain. */
    void again(Duration after);
  }
}
