package io.opsautomator.dispatch.internal;

import io.opsautomator.dispatch.Message;
import io.opsautomator.dispatch.Timer;
import io.opsautomator.dispatch.WorkQueue;
import io.opsautomator.store.Execution;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The queue within one process, in front of a pool of workers.
 *
 * <p>Whoever adds messages starts a worker, and a worker that leaves others lying starts the next
 * one before it handles its own, while fewer than allowed are at work: one at a time, so that there
 * are as many as find something to do, and not as many as there are messages. A worker takes
 * messages until there are none, and ends. So nobody waits for work, and nobody polls. State is
 * decided under the lock; handlers, the executor and the timer are called outside it. Messages are
 * small; should more than {@value #CAPACITY} be ready, further starts are dropped, for the store
 * has them and the run watch sends them again. A check that is on its way already is not added a
 * second time.
 */
public final class InProcessQueue implements WorkQueue {
  static final int CAPACITY = 100_000;
  static final int CROWDED = CAPACITY / 5;
  private static final Logger LOG = LoggerFactory.getLogger(InProcessQueue.class);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final Duration REJECTED_PAUSE = Duration.ofSeconds(1);
  private static final Consumer<Delivery> NOBODY =
      delivery -> {
        throw new IllegalStateException("nobody takes deliveries yet");
      };

  private final Executor workers;
  private final Timer timer;
  private final InstantSource clock;
  private final int most;

  private final ThreadLocal<Boolean> within = ThreadLocal.withInitial(() -> false);

  // -- Guarded by the lock ------------------------------------------------------------------------

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition idle = lock.newCondition();
  private final ArrayDeque<Handed> ready = new ArrayDeque<>();
  private final Set<Object> checks = new HashSet<>();
  private int started;

  /** How many of those that were started have not come to work yet: none, or one. */
  private int coming;

  private int working;
  private boolean open;
  private boolean closed;
  private Consumer<Delivery> handler = NOBODY;

  /**
   * @param most how many workers may be at work at once
   */
  public InProcessQueue(Executor workers, Timer timer, InstantSource clock, int most) {
    this.workers = workers;
    this.timer = timer;
    this.clock = clock;
    this.most = most;
  }

  @Override
  public void send(List<Message> messages, Duration delay) {
    List<Handed> fresh = fresh(messages);
    if (!fresh.isEmpty()) {
      deliver(fresh, delay);
    }
  }

  @Override
  public boolean crowded() {
    lock.lock();
    try {
      return ready.size() >= CROWDED;
    } finally {
      lock.unlock();
    }
  }

  private List<Handed> fresh(List<Message> messages) {
    List<Handed> fresh = new ArrayList<>(messages.size());
    lock.lock();
    try {
      for (Message message : messages) {
        if (!(message instanceof Message.Check check) || checks.add(key(check))) {
          fresh.add(new Handed(message, 1));
        }
      }
    } finally {
      lock.unlock();
    }
    return fresh;
  }

  private static Object key(Message.Check check) {
    String wait =
        check.image().flatMap(x -> x.progress().waiting()).map(Execution.Wait::name).orElse("");
    return List.of(check.execution(), check.epoch(), wait);
  }

  private void deliver(List<Handed> fresh, Duration delay) {
    if (delay.isZero() || delay.isNegative()) {
      add(fresh);
    } else {
      timer.at(clock.instant().plus(delay), () -> add(fresh));
    }
  }

  private void add(List<Handed> fresh) {
    lock.lock();
    try {
      for (Handed handed : fresh) {
        if (ready.size() < CAPACITY || !(handed.message() instanceof Message.Start)) {
          ready.add(handed);
        }
      }
    } finally {
      lock.unlock();
    }
    startWorker();
  }

  private void startWorker() {
    lock.lock();
    try {
      if (!wanted()) {
        return;
      }
      started++;
      coming++;
    } finally {
      lock.unlock();
    }
    try {
      workers.execute(this::work);
    } catch (RejectedExecutionException e) {
      LOG.warn("No worker could be started; tried again in {}", REJECTED_PAUSE, e);
      withdraw();
      timer.at(clock.instant().plus(REJECTED_PAUSE), this::startWorker);
    }
  }

  private boolean wanted() {
    return open && coming == 0 && started < most && !ready.isEmpty();
  }

  /** One that was counted has not come to work. */
  private void withdraw() {
    lock.lock();
    try {
      started--;
      coming--;
    } finally {
      lock.unlock();
    }
  }

  private void work() {
    enter();
    within.set(true);
    boolean more = true;
    try {
      for (Handed handed = next(); handed != null; handed = next()) {
        startWorker();
        handle(handed);
      }
      more = false;
    } finally {
      within.remove();
      if (more) { // An error ends this worker, not the pool.
        leave();
        startWorker();
      }
    }
  }

  @SuppressWarnings("NullAway") // Null says that there is no more to do, within these few lines.
  private Handed next() {
    lock.lock();
    try {
      Handed handed = open ? ready.poll() : null;
      if (handed == null) {
        leave();
      }
      return handed;
    } finally {
      lock.unlock();
    }
  }

  private Optional<Delivery> takeStart() {
    lock.lock();
    try {
      Handed first = ready.peek();
      return open && first != null && first.message() instanceof Message.Start
          ? Optional.ofNullable(ready.poll())
          : Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  private void enter() {
    lock.lock();
    try {
      coming--;
      working++;
    } finally {
      lock.unlock();
    }
  }

  private void leave() {
    lock.lock();
    try {
      started--;
      working--;
      idle.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** A message outlives whatever its handler dies of. */
  private void handle(Handed handed) {
    boolean handled = false;
    try {
      handler.accept(handed);
      handled = true;
    } catch (RuntimeException e) {
      LOG.warn("{} will be tried again: {}", handed.message(), e.toString(), e);
    } finally {
      if (!handled) {
        handed.again(pause(handed.receipts()));
      }
    }
  }

  private static Duration pause(int receipts) {
    Duration grown = Duration.ofSeconds(1L << Math.min(receipts - 1, 10));
    return grown.compareTo(LONGEST_PAUSE) < 0 ? grown : LONGEST_PAUSE;
  }

  @Override
  public void deliverTo(Consumer<Delivery> handler) {
    lock.lock();
    try {
      if (open || closed) {
        throw new IllegalStateException("deliveries have begun before");
      }
      this.handler = handler;
      open = true;
    } finally {
      lock.unlock();
    }
    startWorker();
  }

  @Override
  public void close() {
    lock.lock();
    try {
      open = false;
      closed = true;
      int self = within.get() ? 1 : 0; // A handler that closes the queue does not wait for itself.
      while (working > self) {
        idle.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  private final class Handed implements Delivery {
    private final Message message;
    private final int receipts;

    Handed(Message message, int receipts) {
      this.message = message;
      this.receipts = receipts;
    }

    @Override
    public Message message() {
      return message;
    }

    @Override
    public int receipts() {
      return receipts;
    }

    @Override
    public void acknowledge() {
      if (message instanceof Message.Check check) {
        lock.lock();
        try {
          checks.remove(key(check));
        } finally {
          lock.unlock();
        }
      }
    }

    @Override
    public Optional<Delivery> another() {
      Optional<Delivery> next = takeStart();
      if (next.isPresent()) {
        startWorker();
      }
      return next;
    }

    @Override
    public void again(Duration after) {
      deliver(List.of(new Handed(message, receipts + 1)), after);
    }
  }
}
