package io.opsautomator.aws;

import io.opsautomator.action.Invocation;
import software.amazon.awssdk.core.SdkClient;

/** Guards the clients of a {@link ClientSource}. Thread-safe. */
public final class GuardedClients implements AwsClients {
  private final ClientSource source;

  public GuardedClients(ClientSource source) {
    this.source = source;
  }

  @Override
  public <C extends SdkClient> C client(Class<C> type, Invocation caller) {
    return source.unguarded(type, caller.scope());
  }
}
