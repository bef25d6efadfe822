package io.opsautomator.actions.ec2;

import io.opsautomator.action.ActionContext;
import io.opsautomator.action.ActionMetadata;
import io.opsautomator.action.Evidence;
import io.opsautomator.action.Outcome;
import io.opsautomator.action.Result;
import io.opsautomator.actions.ec2.SnapshotSource.Disk;
import io.opsautomator.aws.Instance;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Ec2CreateSnapshot's documented result keys: of what was begun, and of how it ended. */
record SnapshotReport(
    ActionContext<Ec2CreateSnapshot.Params> ctx,
    ActionMetadata<Ec2CreateSnapshot.Params> metadata,
    SnapshotTexts texts) {

  /**
   * @param problems evidence against what else was asked for
   */
  Outcome of(
      Map<Disk, Result<CreatedSnapshot>> made,
      SnapshotProgress progress,
      Map<String, Evidence> problems) {
    String instance = ctx.resource(Instance.TYPE).id();
    Map<String, Evidence> evidence = new LinkedHashMap<>();
    Map<String, Object> volumes = new LinkedHashMap<>();
    Map<String, Object> snapshots = new LinkedHashMap<>();
    List<Map<String, String>> ended = new ArrayList<>();
    made.forEach(
        (disk, result) -> {
          CreatedSnapshot it = result.get();
          evidence.put(disk.id(), Evidence.confirmed(it.id() + " completed"));
          volumes.put(disk.id(), volume(disk, it));
          snapshots.put(it.id(), Map.of("tags", texts.tags(disk)));
          ended.add(ended(it, progress));
        });
    evidence.putAll(problems);
    return Report.of(evidence, ctx, ctx.task().value())
        .with("instance", instance)
        .with("volumes", volumes)
        .with("snapshots", snapshots)
        .with("start-time", ctx.startedAt().toString())
        .with("metrics", Report.metrics(metadata, metrics(made)))
        .with("InstanceId", instance)
        .with("Volumes", ended);
  }

  private static Map<String, Object> volume(Disk disk, CreatedSnapshot snapshot) {
    return Map.of(
        "create_snapshot", snapshot.response(),
        "snapshot", snapshot.id(),
        "device", disk.device());
  }

  private static Map<String, String> ended(CreatedSnapshot it, SnapshotProgress progress) {
    SnapshotProgress.State state =
        progress
            .snapshots()
            .getOrDefault(
                it.id(), new SnapshotProgress.State(it.volumeId(), it.state(), it.progress()));
    return Map.of(
        "VolumeId", it.volumeId(),
        "SnapshotId", it.id(),
        "State", state.state(),
        "Progress", state.progress());
  }

  private static Map<String, Object> metrics(Map<Disk, Result<CreatedSnapshot>> made) {
    int size = made.values().stream().mapToInt(it -> it.get().gibibytes()).sum();
    return Map.of("CreatedSnapshots", made.size(), "SnapshotsSizeTotal", size);
  }
}
