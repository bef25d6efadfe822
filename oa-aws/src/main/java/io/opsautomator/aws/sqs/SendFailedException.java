package io.opsautomator.aws.sqs;

import io.opsautomator.OpsAutomatorException;
import org.jspecify.annotations.Nullable;

/**
 * SQS has not taken a message. Some of those sent with it may be on their way; sending all of them
 * again is safe.
 */
public final class SendFailedException extends OpsAutomatorException {
  private static final long serialVersionUID = 1L;

  SendFailedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
