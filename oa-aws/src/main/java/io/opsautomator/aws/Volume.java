package io.opsautomator.aws;

import io.opsautomator.resource.ResourceType;
import java.util.Optional;

/**
 * What selection reads of an EBS volume. Immutable.
 *
 * @param state such as {@code in-use}
 * @param gibibytes its size
 * @param instanceId what it is attached to
 */
public record Volume(String state, int gibibytes, Optional<String> instanceId) {
  public static final String ARN = "arn:{partition}:ec2:{region}:{account}:volume/*";
  public static final ResourceType<Volume> TYPE =
      new ResourceType<>("ec2", "Volumes", Volume.class, true).withArn(ARN);
}
