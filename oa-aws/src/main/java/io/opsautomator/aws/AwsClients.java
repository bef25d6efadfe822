package io.opsautomator.aws;

import io.opsautomator.action.Invocation;
import software.amazon.awssdk.core.SdkClient;

/**
 * The only way to an AWS client: signed for the caller's account, pointed at its region, bound by
 * its deadline, and guarded - an operation that is not known to be a read is refused with a {@link
 * PlanGuardException} unless {@link Invocation#mayMutate} says that an effect is running.
 *
 * <p>Errors arrive as {@link io.opsautomator.action.RefusedException} (the service said no), {@link
 * io.opsautomator.action.TransientException} (ask again later), or, when the call could not even be
 * signed because of how things are set up, a plain {@link io.opsautomator.action.ActionException};
 * each with the service's own error code where there is one. The SDK itself retries nothing.
 *
 * <p>Thread-safe. What it hands out is cheap, belongs to the caller's thread and invocation, and
 * must not be closed.
 */
public interface AwsClients {
  /**
   * {@code type} is the interface of a synchronous SDK client, such as {@code Ec2Client.class}.
   *
   * @throws IllegalArgumentException for an asynchronous client, which could not be guarded
   */
  <C extends SdkClient> C client(Class<C> type, Invocation caller);
}
