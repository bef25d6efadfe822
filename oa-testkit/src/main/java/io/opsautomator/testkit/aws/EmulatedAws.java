package io.opsautomator.testkit.aws;

import io.opsautomator.aws.Aws;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * An emulator that is up. All tests of a JVM share it, so each should work in accounts of its own.
 * Thread-safe.
 */
public final class EmulatedAws {
  private static final long FIRST_ACCOUNT = 200_000_000_000L;
  private static final AtomicInteger ACCOUNTS = new AtomicInteger();

  private final URI address;

  EmulatedAws(URI address) {
    this.address = address;
  }

  /** The one that a test has, seen by another process of that test. */
  public static EmulatedAws at(URI address) {
    return new EmulatedAws(address);
  }

  public URI address() {
    return address;
  }

  /**
   * AWS as the emulator plays it: region {@code eu-west-1}, made-up credentials, and a role in
   * every account.
   */
  public Aws aws() {
    return Aws.defaults()
        .endpoint(address)
        .region("eu-west-1")
        .credentials(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
        .role("OpsAutomator");
  }

  /** The id of an account that no other test of this JVM works in. */
  public String newAccount() {
    return String.valueOf(FIRST_ACCOUNT + ACCOUNTS.incrementAndGet());
  }
}
