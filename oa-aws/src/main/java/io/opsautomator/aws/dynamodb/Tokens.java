package io.opsautomator.aws.dynamodb;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Names every write, so that its repetition is known: when the answer to a write is lost, the
 * client sends it again, and is refused by what it did itself. Thread-safe.
 */
final class Tokens {
  private final String writer;
  private final AtomicLong serial = new AtomicLong();

  /**
   * @param writer of this process only
   */
  Tokens(String writer) {
    this.writer = writer;
  }

  String next() {
    return writer + "-" + Long.toString(serial.incrementAndGet(), Character.MAX_RADIX);
  }
}
