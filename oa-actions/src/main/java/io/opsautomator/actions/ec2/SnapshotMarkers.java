package io.opsautomator.actions.ec2;

import io.opsautomator.action.Invocation;

/** Tags that snapshots carry for Ops Automator itself. */
final class SnapshotMarkers {
  /** What EC2 names as the volume of a copied snapshot. Source: the EC2 API reference. */
  static final String VOLUME_OF_COPIES = "vol-ffffffff";

  /** Holds the token of the effect that made the snapshot: CreateSnapshot takes no client token. */
  static final String TOKEN = "OpsAutomator:effect";

  private SnapshotMarkers() {}

  /** The tag with the id of the volume that a snapshot, or the one it was copied from, is of. */
  static String sourceVolume(Invocation caller) {
    return "OpsAutomator:" + caller.deployment() + "-Snapshot-SourceVolume";
  }
}
