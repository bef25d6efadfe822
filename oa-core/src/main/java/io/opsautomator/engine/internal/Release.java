package io.opsautomator.engine.internal;

import io.opsautomator.dispatch.Message;
import io.opsautomator.dispatch.WorkQueue.Delivery;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.store.Executions.Move;
import io.opsautomator.store.JournalEntry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Lets go of what a worker was at, so that another can go on with it at once.
 *
 * <p>Where nothing is in doubt and no slot is held, the execution goes back to its start, under its
 * next ticket. One that holds a slot keeps it and is taken over in it; and one of whose calls
 * nobody knows the outcome is taken over, too, for that makes the next worker look before it calls
 * again. Its lease is given up only where the message outlives this process; a queue that dies with
 * it needs none of that, since opening the store again ends all leases.
 */
record Release(Kernel kernel) {

  /**
   * Leaves as {@link io.opsautomator.action.internal.Leave.Stopped} if another worker has taken
   * over.
   *
   * @param fresh what is not stored yet
   * @param pause before it should go on
   */
  void handBack(Delivery delivery, Attempt attempt, List<JournalEntry> fresh, Duration pause) {
    boolean durable = kernel.queue().durable();
    Execution image = attempt.image();
    if (image.status() == Status.RUNNING && image.grants().isEmpty() && !attempt.inDoubt()) {
      toItsStart(attempt, fresh, pause, durable);
      delivery.acknowledge();
    } else if (!durable) {
      delivery.acknowledge();
    } else if (image.status() == Status.RUNNING) {
      attempt.write(new Move.Checkpoint(Optional.of(kernel.now()), fresh));
      delivery.again(atLeast(Settings.MARGIN.plusMillis(1), pause));
    } else {
      delivery.again(pause);
    }
  }

  private void toItsStart(
      Attempt attempt, List<JournalEntry> fresh, Duration pause, boolean durable) {
    attempt.write(new Move.Requeue(fresh));
    attempt.moved(Status.RUNNING, "handed back");
    if (durable) {
      Execution ready = attempt.image();
      Message start = new Message.Start(ready.id(), ready.progress().ticket(), ready.latestGrant());
      kernel.queue().send(List.of(start), pause);
    }
  }

  private static Duration atLeast(Duration least, Duration pause) {
    return pause.compareTo(least) > 0 ? pause : least;
  }
}
