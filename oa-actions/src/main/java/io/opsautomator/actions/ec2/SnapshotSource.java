package io.opsautomator.actions.ec2;

import io.opsautomator.action.ActionContext;
import io.opsautomator.aws.Instance;
import io.opsautomator.resource.Resource;
import io.opsautomator.resource.TagFilter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Snapshot;
import software.amazon.awssdk.services.ec2.model.Volume;

/**
 * The volumes of an instance as they were before anything was done. A fact: who is told of a
 * pending snapshot, and which tags are copied, does not change when the execution is taken up
 * again. Immutable.
 */
record SnapshotSource(List<Disk> disks) {
  SnapshotSource {
    disks = List.copyOf(disks);
  }

  /**
   * @param leftOut why no snapshot is taken of it; empty if one is
   */
  record Disk(String id, String device, boolean root, Map<String, String> tags, String leftOut) {
    Disk {
      tags = Map.copyOf(tags);
    }
  }

  /** Those of which snapshots are to be taken, by id. */
  List<Disk> wanted() {
    return disks.stream().filter(disk -> disk.leftOut().isEmpty()).toList();
  }

  /** Warns of what is left out although it is asked for. */
  static SnapshotSource look(Ec2Client ec2, ActionContext<Ec2CreateSnapshot.Params> ctx) {
    Resource<Instance> instance = ctx.resource(Instance.TYPE);
    Map<String, String> devices = new TreeMap<>(instance.attributes().volumes());
    String root = instance.attributes().rootDevice();
    if (ctx.parameters().backupRootVolumes() && !devices.containsValue(root)) {
      ctx.warn("WARN_NO_ROOT_VOLUME", instance.id() + " has no root volume to take a snapshot of");
    }
    Map<String, Volume> volumes = volumes(ec2, devices.keySet());
    Set<String> busy = busy(ec2, devices.keySet());
    List<Disk> disks = new ArrayList<>();
    devices.forEach(
        (id, device) -> {
          Map<String, String> tags = tags(Optional.ofNullable(volumes.get(id)));
          boolean isRoot = device.equals(root);
          String leftOut =
              unwanted(ctx.parameters(), isRoot, tags)
                  .or(() -> impossible(ctx, id, volumes.keySet(), busy))
                  .orElse("");
          disks.add(new Disk(id, device, isRoot, tags, leftOut));
        });
    return new SnapshotSource(disks);
  }

  private static Optional<String> unwanted(
      Ec2CreateSnapshot.Params wanted, boolean root, Map<String, String> tags) {
    if (root ? !wanted.backupRootVolumes() : !wanted.backupDataVolumes()) {
      return Optional.of(root ? "is the root volume" : "is a data volume");
    }
    Optional<TagFilter> filter = wanted.volumeTagFilter();
    return filter
        .filter(f -> !f.matches(tags))
        .map(f -> "its tags %s do not match %s".formatted(new TreeMap<>(tags), f));
  }

  private static Optional<String> impossible(
      ActionContext<?> ctx, String id, Set<String> existing, Set<String> busy) {
    if (!existing.contains(id)) {
      ctx.warn("WARN_VOLUME_GONE", id + " is not there any more");
      return Optional.of("is not there any more");
    }
    if (busy.contains(id)) {
      ctx.warn("ERR_SNAPSHOT_PENDING", id + " has a pending snapshot; left out this time");
      return Optional.of("has a pending snapshot");
    }
    return Optional.empty();
  }

  private static Map<String, Volume> volumes(Ec2Client ec2, Set<String> ids) {
    Map<String, Volume> found = new TreeMap<>();
    if (!ids.isEmpty()) {
      Filter these = filter("volume-id", ids);
      ec2.describeVolumesPaginator(r -> r.filters(these)).volumes().stream()
          .forEach(volume -> found.put(volume.volumeId(), volume));
    }
    return found;
  }

  private static Map<String, String> tags(Optional<Volume> volume) {
    Map<String, String> tags = new TreeMap<>();
    volume.ifPresent(v -> v.tags().forEach(tag -> tags.put(tag.key(), tag.value())));
    return tags;
  }

  /** Volumes with a pending snapshot. */
  private static Set<String> busy(Ec2Client ec2, Set<String> volumes) {
    Set<String> busy = new HashSet<>();
    if (!volumes.isEmpty()) {
      List<Filter> pending =
          List.of(filter("volume-id", volumes), filter("status", Set.of("pending")));
      ec2.describeSnapshotsPaginator(r -> r.ownerIds("self").filters(pending)).snapshots().stream()
          .map(Snapshot::volumeId)
          .forEach(busy::add);
    }
    return busy;
  }

  static Filter filter(String name, Set<String> values) {
    return Filter.builder().name(name).values(values).build();
  }
}
