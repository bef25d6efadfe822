package io.opsautomator.aws.sqs;

import java.time.Duration;

/** Tells SQS what became of messages; now, or soon. What fails is logged and harmless. */
interface Settlement {
  /** It is not to come again. */
  void done(ReceivedMessage message);

  /** It is to come again, not before this. */
  void hide(ReceivedMessage message, Duration pause);

  /** Whether {@link #keep} would bring it again to this process. */
  default boolean keeps(Duration pause) {
    return false;
  }

  /** It is to come again here; or, if that is no longer possible, anywhere. */
  default void keep(Letter letter, Duration pause) {
    hide(letter.received(), pause);
  }
}
