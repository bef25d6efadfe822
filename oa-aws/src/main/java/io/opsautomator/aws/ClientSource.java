package io.opsautomator.aws;

import io.opsautomator.action.Role;
import io.opsautomator.resource.Scope;
import software.amazon.awssdk.core.SdkClient;

/**
 * Where unguarded clients come from: the SDK's own over sessions of each account, or a simulated
 * estate. Only {@link GuardedClients} calls it; nobody else may get hold of an unguarded client.
 * Thread-safe.
 */
@FunctionalInterface
public interface ClientSource {
  /** A client for one account and region; the same one each time, where building it is costly. */
  <C extends SdkClient> C unguarded(Class<C> type, Scope scope);

  /**
   * The same under a role that the caller names itself, such as a task's; empty means the source's
   * own choice for that account. A source without roles ignores it.
   */
  default <C extends SdkClient> C unguarded(Class<C> type, Scope scope, Role role) {
    return unguarded(type, scope);
  }
}
