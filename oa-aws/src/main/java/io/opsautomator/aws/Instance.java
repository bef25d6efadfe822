package io.opsautomator.aws;

import io.opsautomator.event.EventType;
import io.opsautomator.resource.ResourceType;
import java.util.Map;

/**
 * What selection reads of an EC2 instance. Immutable.
 *
 * @param state such as {@code running}
 * @param rootDevice the device name of the root volume; empty when the service names none
 * @param volumes EBS volume id to device name, such as {@code /dev/sdg}
 */
public record Instance(
    String state, String instanceType, String rootDevice, Map<String, String> volumes) {
  public static final String ARN = "arn:{partition}:ec2:{region}:{account}:instance/*";
  public static final ResourceType<Instance> TYPE =
      new ResourceType<>("ec2", "Instances", Instance.class, true).withArn(ARN);
  public static final EventType STOPPED =
      new EventType("aws.ec2", "EC2 Instance State-change Notification", "stopped");
  public static final EventType RUNNING =
      new EventType("aws.ec2", "EC2 Instance State-change Notification", "running");

  /** Somebody changed the tags of an instance. */
  public static final EventType TAGS_CHANGED =
      new EventType("ec2.aws.tag", "TagChangeOnResource", "ChangedInstanceTags");

  public Instance {
    volumes = Map.copyOf(volumes);
  }
}
