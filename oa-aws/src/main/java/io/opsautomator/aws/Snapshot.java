package io.opsautomator.aws;

import io.opsautomator.resource.ResourceType;
import java.time.Instant;

/**
 * What selection reads of an EBS snapshot of one's own. Immutable.
 *
 * @param volumeId the volume it was taken of; {@code vol-ffffffff} for a copy
 * @param state such as {@code completed}
 */
public record Snapshot(String volumeId, Instant startTime, String state, int gibibytes) {
  public static final ResourceType<Snapshot> TYPE =
      new ResourceType<>("ec2", "Snapshots", Snapshot.class, true);
}
