package io.opsautomator.aws.sqs;

import org.jspecify.annotations.Nullable;

/** A message that this program cannot read; another one may. */
final class UnreadableMessageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnreadableMessageException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
