package io.opsautomator.engine.internal;

import io.opsautomator.dispatch.Message;
import io.opsautomator.dispatch.WorkQueue.Delivery;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Write;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * A message in a worker's hand, and what the worker goes on with by itself when it is done with it:
 * whom its slot was granted to, or the next message that lay ready. It saves waiting for the disk,
 * since that one is claimed in the write that ends the one before.
 *
 * <p>After {@value #MOST} in a row the worker goes back to the queue, so that nobody who waits
 * there is forgotten over one long line. Confined to the worker's thread.
 */
final class Turn implements Delivery {
  private static final int MOST = 32;
  private static final Duration AFTER_A_FAILURE = Duration.ofSeconds(1);

  private final Delivery delivery;
  private final int number;
  private final BooleanSupplier closing;
  private Optional<Following> following = Optional.empty();

  /**
   * @param claim what came of it; empty while it is still to be made
   */
  record Following(Message.Start start, Turn turn, Optional<Write<Execution>> claim) {}

  private Turn(Delivery delivery, int number, BooleanSupplier closing) {
    this.delivery = delivery;
    this.number = number;
    this.closing = closing;
  }

  /**
   * Does what a delivery asks for, and then what each turn goes on with. Whatever fails is for the
   * queue to bring again; what was taken on besides, and not done, is put back.
   *
   * @param closing whether nothing more is to be taken on
   */
  static void take(
      Delivery delivery,
      BooleanSupplier closing,
      Consumer<Turn> first,
      Consumer<Following> others) {
    Turn turn = new Turn(delivery, 1, closing);
    turn.run(() -> first.accept(turn));
    for (Optional<Following> next = turn.following; next.isPresent(); ) {
      Following it = next.get();
      it.turn().run(() -> others.accept(it));
      next = it.turn().following;
    }
  }

  private void run(Runnable work) {
    boolean done = false;
    try {
      work.run();
      done = true;
    } finally {
      if (!done) {
        following.ifPresent(next -> next.turn().again(AFTER_A_FAILURE));
      }
      if (!done && number > 1) {
        again(AFTER_A_FAILURE);
      }
    }
  }

  /** Whether the worker may go on by itself when this is done. */
  boolean mayGoOn() {
    return number < MOST && !closing.getAsBoolean();
  }

  /** Takes on what lies ready; {@link #goOn} may add what its claim came to. */
  Optional<Message.Start> takeAnother() {
    Optional<Delivery> next = mayGoOn() ? delivery.another() : Optional.empty();
    return next.map(
        taken -> {
          Message.Start start = (Message.Start) taken.message();
          following = Optional.of(new Following(start, after(taken), Optional.empty()));
          return start;
        });
  }

  /** Goes on with a start that was claimed: the one taken on, or one that no queue has. */
  void goOn(Finisher.Next next, Delivery unsent) {
    Turn turn = following.map(Following::turn).orElseGet(() -> after(unsent));
    following = Optional.of(new Following(next.start(), turn, Optional.of(next.claim())));
  }

  private Turn after(Delivery next) {
    return new Turn(next, number + 1, closing);
  }

  @Override
  public Message message() {
    return delivery.message();
  }

  @Override
  public int receipts() {
    return delivery.receipts();
  }

  @Override
  public boolean dead() {
    return delivery.dead();
  }

  @Override
  public void acknowledge() {
    delivery.acknowledge();
  }

  @Override
  public boolean returns(Duration after) {
    return delivery.returns(after);
  }

  @Override
  public void again(Duration after) {
    delivery.again(after);
  }
}
