package io.opsautomator.dispatch;

/** Does what one message asks for, as far as the store agrees, and acknowledges it last. */
public interface Dispatcher {

  Handled handle(WorkQueue.Delivery delivery);

  sealed interface Handled {
    record Done() implements Handled {}

    /** Nothing to do any more: ended, cancelled, or granted to another. */
    record Obsolete() implements Handled {}

    /** Another worker's lease is good; the message has been put back. */
    record NotYet() implements Handled {}

    /**
     * This worker has been overtaken; what it did may be in the world, nothing of it is in the
     * store.
     */
    record Overtaken() implements Handled {}
  }
}
