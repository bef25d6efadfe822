package io.opsautomator.actions.ec2;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.services.ec2.model.CreateSnapshotResponse;
import software.amazon.awssdk.services.ec2.model.Snapshot;

/** A snapshot as EC2 answered when it was made, or as it was found. Immutable. */
record CreatedSnapshot(
    String id,
    String volumeId,
    int gibibytes,
    String description,
    String owner,
    Instant start,
    String state,
    String progress) {

  static CreatedSnapshot of(CreateSnapshotResponse made) {
    return new CreatedSnapshot(
        made.snapshotId(),
        made.volumeId(),
        made.volumeSize(),
        made.description(),
        made.ownerId(),
        made.startTime(),
        made.stateAsString(),
        made.progress());
  }

  static CreatedSnapshot of(Snapshot found) {
    return new CreatedSnapshot(
        found.snapshotId(),
        found.volumeId(),
        found.volumeSize(),
        found.description(),
        found.ownerId(),
        found.startTime(),
        found.stateAsString(),
        found.progress());
  }

  /** Under the names of EC2's API. */
  Map<String, Object> response() {
    Map<String, Object> response = new LinkedHashMap<>();
    response.put("SnapshotId", id);
    response.put("VolumeId", volumeId);
    response.put("VolumeSize", gibibytes);
    response.put("Description", description);
    response.put("OwnerId", owner);
    response.put("StartTime", start.toString());
    response.put("State", state);
    response.put("Progress", progress);
    return response;
  }
}
