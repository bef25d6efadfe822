package io.opsautomator.testkit.aws;

import java.net.URI;

/**
 * Something that can be started and then answers like AWS. Found by {@link
 * java.util.ServiceLoader}, chosen with {@code -Doa.aws.provider=name}. Used by one thread.
 */
public interface EndpointProvider {
  /** Such as {@code moto}. */
  String name();

  /**
   * Returns when it answers.
   *
   * @throws IllegalStateException saying what is missing
   */
  URI start();

  /** Ends what {@link #start} began, and nothing else. */
  void stop();
}
