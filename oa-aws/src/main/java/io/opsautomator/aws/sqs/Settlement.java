package io.opsautomator.aws.sqs;

import java.time.Duration;

/** Tells SQS what became of messages; now, or soon. What fails is logged and harmless. */
interface Settlement {
  /** It is not to come again. */
  void done(ReceivedMessage message);

  /** It is to come again, not before this. */
  void hide(ReceivedMessage message, Duration pause);
}
