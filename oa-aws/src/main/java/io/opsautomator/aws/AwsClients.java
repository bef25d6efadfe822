package io.opsautomator.aws;

import io.opsautomator.action.Invocation;
import software.amazon.awssdk.core.SdkClient;

/**
 * The only way to an AWS client: signed for the caller's account, pointed at its region, bound by
 * its deadline, and guarded - an operation that is not known to be a read is refused unless {@link
 * Invocation#mayMutate} says that an effect is running. Service errors arrive as {@link
 * io.opsautomator.action.RefusedException} (the service said no) or {@link
 * io.opsautomator.action.TransientException} (ask again later), with the service's own error code.
 *
 * <p>Thread-safe. What it hands out is cheap, belongs to the caller's thread and invocation, and
 * must not be closed.
 */
public interface AwsClients {
  /** {@code type} is an SDK client interface, such as {@code Ec2Client.class}. */
  <C extends SdkClient> C client(Class<C> type, Invocation caller);
}
