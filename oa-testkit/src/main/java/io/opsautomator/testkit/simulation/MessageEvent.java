package io.opsautomator.testkit.simulation;

import io.opsautomator.dispatch.Message;

/**
 * What became of a message.
 *
 * @param number the same for all events of one sent message, its duplicates included
 * @param receipts how often it has been delivered, as far as the receiver is told; 0 when sent
 */
record MessageEvent(Moment moment, Stage stage, long number, Message message, int receipts) {
  enum Stage {
    SENT,
    DELIVERED,
    ACKNOWLEDGED,
    /** Put back by its handler, to come again later. */
    PUT_BACK,
    /** Its handler threw, or was not heard of for longer than the message is invisible. */
    GIVEN_BACK,
    /** The queue lost it for good; only the run watch can mend that. */
    LOST
  }
}
