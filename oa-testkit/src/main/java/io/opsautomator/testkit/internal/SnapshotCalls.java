package io.opsautomator.testkit.internal;

import io.opsautomator.testkit.internal.SimulatedSnapshot.Making;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.CopyTagsFromSource;
import software.amazon.awssdk.services.ec2.model.CreateSnapshotRequest;
import software.amazon.awssdk.services.ec2.model.CreateSnapshotResponse;
import software.amazon.awssdk.services.ec2.model.CreateSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.CreateSnapshotsResponse;
import software.amazon.awssdk.services.ec2.model.CreateVolumePermission;
import software.amazon.awssdk.services.ec2.model.DeleteSnapshotRequest;
import software.amazon.awssdk.services.ec2.model.DeleteSnapshotResponse;
import software.amazon.awssdk.services.ec2.model.ModifySnapshotAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ModifySnapshotAttributeResponse;
import software.amazon.awssdk.services.ec2.model.OperationType;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.SnapshotInfo;

/** Takes, shares and deletes snapshots. */
final class SnapshotCalls {
  /** One snapshot of a volume in this time. Source: the error's text in the EC2 API reference. */
  private static final Duration APART = Duration.ofSeconds(15);

  private static final int PENDING_AT_ONCE = 5;
  private final Ec2Desk desk;

  SnapshotCalls(Ec2Desk desk) {
    this.desk = desk;
  }

  CreateSnapshotResponse create(CreateSnapshotRequest r) {
    Map<String, String> tags = Tags.read(r.tagSpecifications(), ResourceType.SNAPSHOT);
    Attempt attempt =
        Attempt.change("CreateSnapshot", r.dryRun()).on(r.volumeId()).with("tags", Tags.text(tags));
    return desk.call(
        attempt,
        visit -> {
          SimulatedSnapshot made = make(visit, volume(visit, r.volumeId()), r.description(), tags);
          return CreateSnapshotResponse.builder()
              .snapshotId(made.id())
              .volumeId(made.volumeId())
              .volumeSize(made.gibibytes())
              .description(made.description())
              .ownerId(visit.account())
              .startTime(visit.now())
              .state(made.state(visit.now()))
              .progress(made.percent(visit.now()) + "%")
              .tags(Tags.shape(tags))
              .build();
        });
  }

  private static SimulatedVolume volume(Visit visit, String id) {
    return Ids.all(List.of(id), "volume", it -> VolumeCalls.find(visit, it)).get(0);
  }

  private static SimulatedSnapshot make(
      Visit visit, SimulatedVolume volume, @Nullable String description, Map<String, String> tags) {
    requireCalm(visit, volume.id());
    Instant end = visit.now().plus(visit.pace().ofSnapshot(volume.gibibytes()));
    String fault =
        visit.faults().takeSnapshotFault(volume.id()) ? "The volume could not be read" : "";
    SimulatedSnapshot made =
        new SimulatedSnapshot(
            visit.newId("snap-"),
            visit.born(),
            volume.id(),
            volume.gibibytes(),
            description == null ? "" : description,
            new Making(visit.now(), end, fault),
            Set.of());
    visit.put(made);
    visit.tag(made.id(), tags);
    return made;
  }

  private static void requireCalm(Visit visit, String volume) {
    int pending = 0;
    for (SimulatedSnapshot it :
        visit.world().all(SimulatedSnapshot.class, visit.scope(), visit.now())) {
      if (it.volumeId().equals(volume)) {
        pending += it.state(visit.now()).equals("pending") ? 1 : 0;
        requireApart(visit, it);
      }
    }
    if (pending >= PENDING_AT_ONCE) {
      throw new Refusal(
          "ConcurrentSnapshotLimitExceeded",
          "Maximum of " + PENDING_AT_ONCE + " pending snapshots of '" + volume + "' exceeded");
    }
  }

  private static void requireApart(Visit visit, SimulatedSnapshot earlier) {
    if (earlier.origin().generated()
        && visit.now().isBefore(earlier.making().start().plus(APART))) {
      throw new Refusal(
          "SnapshotCreationPerVolumeRateExceeded",
          "The maximum per volume CreateSnapshot request rate has been exceeded.");
    }
  }

  CreateSnapshotsResponse createAll(CreateSnapshotsRequest r) {
    String instance = r.instanceSpecification().instanceId();
    Map<String, String> tags = Tags.read(r.tagSpecifications(), ResourceType.SNAPSHOT);
    Attempt attempt =
        Attempt.change("CreateSnapshots", r.dryRun()).on(instance).with("tags", Tags.text(tags));
    return desk.call(
        attempt,
        visit -> {
          List<SnapshotInfo> all = new ArrayList<>();
          for (SimulatedVolume volume : volumes(visit, r)) {
            all.add(info(visit, make(visit, volume, r.description(), tags(visit, volume, r))));
          }
          return CreateSnapshotsResponse.builder().snapshots(all).build();
        });
  }

  private static List<SimulatedVolume> volumes(Visit visit, CreateSnapshotsRequest r) {
    String id = r.instanceSpecification().instanceId();
    boolean noRoot = Boolean.TRUE.equals(r.instanceSpecification().excludeBootVolume());
    List<String> left = r.instanceSpecification().excludeDataVolumeIds();
    SimulatedInstance instance =
        Ids.all(List.of(id), "instance", it -> InstanceReads.find(visit, it)).get(0);
    return instance.volumes().entrySet().stream()
        .filter(it -> !(noRoot && it.getKey().equals(SimulatedInstance.ROOT)))
        .filter(it -> !left.contains(it.getValue()))
        .flatMap(it -> VolumeCalls.find(visit, it.getValue()).stream())
        .toList();
  }

  private static Map<String, String> tags(
      Visit visit, SimulatedVolume volume, CreateSnapshotsRequest r) {
    Map<String, String> tags = new TreeMap<>();
    if (r.copyTagsFromSource() == CopyTagsFromSource.VOLUME) {
      tags.putAll(visit.tags(volume.id()));
    }
    tags.putAll(Tags.read(r.tagSpecifications(), ResourceType.SNAPSHOT));
    Tags.require(tags);
    return tags;
  }

  private static SnapshotInfo info(Visit visit, SimulatedSnapshot it) {
    return SnapshotInfo.builder()
        .snapshotId(it.id())
        .volumeId(it.volumeId())
        .volumeSize(it.gibibytes())
        .description(it.description())
        .ownerId(visit.account())
        .startTime(it.making().start())
        .state(it.state(visit.now()))
        .progress(it.percent(visit.now()) + "%")
        .build();
  }

  DeleteSnapshotResponse delete(DeleteSnapshotRequest r) {
    Attempt attempt = Attempt.change("DeleteSnapshot", r.dryRun()).on(r.snapshotId());
    return desk.call(
        attempt,
        visit -> {
          SimulatedSnapshot snapshot = SnapshotReads.own(visit, r.snapshotId());
          requireFree(visit, snapshot.id());
          visit.remove(snapshot);
          return DeleteSnapshotResponse.builder().build();
        });
  }

  private static void requireFree(Visit visit, String id) {
    for (SimulatedImage image :
        visit.world().all(SimulatedImage.class, visit.scope(), visit.now())) {
      if (image.snapshots().contains(id)) {
        throw new Refusal(
            "InvalidSnapshot.InUse",
            "The snapshot " + id + " is currently in use by " + image.id());
      }
    }
  }

  ModifySnapshotAttributeResponse modify(ModifySnapshotAttributeRequest r) {
    Set<String> added = new TreeSet<>();
    Set<String> removed = new TreeSet<>();
    if (r.createVolumePermission() != null) {
      added.addAll(accounts(r.createVolumePermission().add()));
      removed.addAll(accounts(r.createVolumePermission().remove()));
    }
    Set<String> named = r.operationType() == OperationType.REMOVE ? removed : added;
    named.addAll(r.userIds());
    named.addAll(r.groupNames());
    Attempt attempt =
        Attempt.change("ModifySnapshotAttribute", r.dryRun())
            .on(r.snapshotId())
            .with("add", String.join(",", added))
            .with("remove", String.join(",", removed));
    return desk.call(attempt, visit -> share(visit, r.snapshotId(), added, removed));
  }

  private static List<String> accounts(List<CreateVolumePermission> permissions) {
    return permissions.stream()
        .map(it -> it.userId() == null ? it.groupAsString() : it.userId())
        .toList();
  }

  private static ModifySnapshotAttributeResponse share(
      Visit visit, String id, Set<String> added, Set<String> removed) {
    SimulatedSnapshot snapshot = SnapshotReads.own(visit, id);
    for (String account : added) {
      if (!account.equals(SimulatedSnapshot.EVERYBODY) && !account.matches("\\d{12}")) {
        throw Refusal.value("userId", account, "It must be an account id of 12 digits.");
      }
    }
    Set<String> all = new TreeSet<>(snapshot.sharedWith());
    all.addAll(added);
    all.removeAll(removed);
    visit.put(snapshot.sharedWith(all));
    return ModifySnapshotAttributeResponse.builder().build();
  }
}
