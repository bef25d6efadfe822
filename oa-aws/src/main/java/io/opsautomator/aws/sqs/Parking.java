package io.opsautomator.aws.sqs;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Keeps messages that are put back for a short time: they stay in this process, hidden from others,
 * and come again here, since it remembers what came of them before. That saves both a call and a
 * place in a store. No more are kept than are worked on, so that one process does not gather what
 * others could do. Everything else goes on to SQS. Thread-safe.
 */
final class Parking implements Settlement {
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private final Settler settler;
  private final Consumer<Letter> deliver;
  private final int most;
  private final ScheduledThreadPoolExecutor alarms;
  private final Map<Letter, Future<?>> parked = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /**
   * @param deliver starts a worker for what comes again; does not block
   */
  Parking(Settler settler, int most, Consumer<Letter> deliver) {
    this.settler = settler;
    this.most = most;
    this.deliver = deliver;
    this.alarms =
        new ScheduledThreadPoolExecutor(1, task -> Threads.daemon(task, "oa-sqs-parking"));
    alarms.setRemoveOnCancelPolicy(true);
  }

  @Override
  public void done(ReceivedMessage message) {
    settler.done(message);
  }

  @Override
  public void hide(ReceivedMessage message, Duration pause) {
    settler.hide(message, pause);
  }

  @Override
  public boolean keeps(Duration pause) {
    return !closed && pause.compareTo(LONGEST) <= 0 && parked.size() < most;
  }

  @Override
  public void keep(Letter letter, Duration pause) {
    synchronized (this) {
      if (!closed) {
        long nanos = Math.max(0, pause.toNanos());
        parked.put(letter, alarms.schedule(() -> bring(letter), nanos, TimeUnit.NANOSECONDS));
        return;
      }
    }
    settler.hide(letter.received(), pause);
  }

  private void bring(Letter letter) {
    synchronized (this) { // Not before it is there.
      if (parked.remove(letter) == null) {
        return;
      }
    }
    deliver.accept(letter);
  }

  /**
   * Brings all at once, for whoever remembers them to let go of them in good order; keeps no more.
   */
  void close() {
    synchronized (this) {
      closed = true;
    }
    parked.keySet().forEach(this::bring);
    alarms.shutdownNow();
  }
}
