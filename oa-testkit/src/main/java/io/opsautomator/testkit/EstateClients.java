package io.opsautomator.testkit;

import io.opsautomator.action.Invocation;
import io.opsautomator.aws.AwsClients;
import io.opsautomator.aws.ClientSource;
import io.opsautomator.aws.GuardedClients;
import io.opsautomator.resource.Scope;
import software.amazon.awssdk.core.SdkClient;

/**
 * An estate's clients as actions get them: guarded like those of AWS, and each call's ledger entry
 * says whether an effect was running it. Thread-safe.
 */
public final class EstateClients implements AwsClients {
  private final Estate estate;

  EstateClients(Estate estate) {
    this.estate = estate;
  }

  @Override
  public <C extends SdkClient> C client(Class<C> type, Invocation caller) {
    return new GuardedClients(seenBy(caller)).client(type, caller);
  }

  private ClientSource seenBy(Invocation caller) {
    return new ClientSource() {
      @Override
      public <D extends SdkClient> D unguarded(Class<D> type, Scope scope) {
        return estate.client(type, scope, caller::mayMutate);
      }
    };
  }
}
