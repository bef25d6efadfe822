package io.opsautomator.aws;

import io.opsautomator.event.EventType;
import io.opsautomator.resource.ResourceType;
import java.time.Instant;

/**
 * What selection reads of an EBS snapshot of one's own. Immutable.
 *
 * @param volumeId the volume it was taken of; {@code vol-ffffffff} for a copy
 * @param state such as {@code completed}
 */
public record Snapshot(String volumeId, Instant startTime, String state, int gibibytes) {
  public static final String ARN = "arn:{partition}:ec2:{region}::snapshot/*";
  public static final ResourceType<Snapshot> TYPE =
      new ResourceType<>("ec2", "Snapshots", Snapshot.class, true).withArn(ARN);

  /** A snapshot is complete; the event is about the snapshot. */
  public static final EventType CREATED =
      new EventType("aws.ec2", "EBS Snapshot Notification", "createSnapshot");

  /** The same, standing for all snapshots of the volume. */
  public static final EventType CREATED_FOR_VOLUME =
      new EventType("aws.ec2", "EBS Snapshot Notification", "createSnapShotForVolume");

  /** A copy is complete, standing for all snapshots of the volume that it goes back to. */
  public static final EventType COPIED_FOR_VOLUME =
      new EventType("aws.ec2", "EBS Snapshot Notification", "copySnapShotForVolume");
}
