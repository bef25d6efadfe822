package io.opsautomator.testkit.internal;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.CreateVolumePermission;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotAttributeRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotAttributeResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsResponse;
import software.amazon.awssdk.services.ec2.model.PermissionGroup;
import software.amazon.awssdk.services.ec2.model.Snapshot;

/** Describes snapshots: one's own, and those that others share. */
final class SnapshotReads {
  private final Ec2Desk desk;

  SnapshotReads(Ec2Desk desk) {
    this.desk = desk;
  }

  /** One that the account may see. */
  static Optional<SimulatedSnapshot> find(Visit visit, String id) {
    return visit.world().snapshot(visit.scope(), id).filter(it -> it.visibleTo(visit.account()));
  }

  static SimulatedSnapshot theOne(Visit visit, String id) {
    return Ids.all(List.of(id), "snapshot", it -> find(visit, it)).get(0);
  }

  /** One that the account may change. */
  static SimulatedSnapshot own(Visit visit, String id) {
    SimulatedSnapshot snapshot = theOne(visit, id);
    if (!snapshot.owned(visit.account())) {
      throw new Refusal(
          "UnauthorizedOperation", "Snapshot '" + id + "' belongs to another account.");
    }
    return snapshot;
  }

  DescribeSnapshotsResponse describe(DescribeSnapshotsRequest r) {
    Attempt attempt = Attempt.read("DescribeSnapshots", r.dryRun()).on(r.snapshotIds());
    Page.Wanted wanted = new Page.Wanted("DescribeSnapshots", r.maxResults(), r.nextToken());
    return desk.call(
        attempt,
        visit -> {
          wanted.requireNoIds(r.snapshotIds());
          Page<SimulatedSnapshot> page = Page.of(matching(visit, r), SimulatedSnapshot::id, wanted);
          return DescribeSnapshotsResponse.builder()
              .snapshots(page.items().stream().map(it -> shape(visit, it)).toList())
              .nextToken(page.next())
              .build();
        });
  }

  private static List<SimulatedSnapshot> matching(Visit visit, DescribeSnapshotsRequest r) {
    Filters<SimulatedSnapshot> known = filters(visit);
    known.require(r.filters());
    return candidates(visit, r).stream()
        .filter(it -> ownedBy(visit, r.ownerIds(), it))
        .filter(it -> restorableBy(visit, r.restorableByUserIds(), it))
        .filter(it -> known.matches(r.filters(), it))
        .sorted(Comparator.comparing(SimulatedSnapshot::id))
        .toList();
  }

  private static List<SimulatedSnapshot> candidates(Visit visit, DescribeSnapshotsRequest r) {
    if (!r.snapshotIds().isEmpty()) {
      return Ids.all(
          r.snapshotIds(), "snapshot", id -> find(visit, id).filter(it -> shown(visit, it)));
    }
    if (r.ownerIds().equals(List.of("self"))) {
      return visit.world().all(SimulatedSnapshot.class, visit.scope(), visit.now()).stream()
          .filter(it -> shown(visit, it))
          .toList();
    }
    return visit.world().snapshotsOfRegion(visit.scope(), visit.now()).stream()
        .filter(it -> it.visibleTo(visit.account()) && shown(visit, it))
        .toList();
  }

  private static boolean shown(Visit visit, SimulatedSnapshot it) {
    return !visit.now().isBefore(it.origin().visible());
  }

  private static boolean ownedBy(Visit visit, List<String> owners, SimulatedSnapshot it) {
    String owner = it.origin().scope().account().value();
    return owners.isEmpty()
        || owners.contains(owner)
        || (owners.contains("self") && owner.equals(visit.account()));
  }

  private static boolean restorableBy(Visit visit, List<String> users, SimulatedSnapshot it) {
    return users.isEmpty()
        || users.stream()
            .map(user -> user.equals("self") ? visit.account() : user)
            .anyMatch(
                user ->
                    user.equals(SimulatedSnapshot.EVERYBODY)
                        ? it.sharedWith().contains(user)
                        : it.visibleTo(user));
  }

  private static Filters<SimulatedSnapshot> filters(Visit visit) {
    return new Filters<SimulatedSnapshot>(it -> visit.tags(it.id()))
        .one("snapshot-id", SimulatedSnapshot::id)
        .one("volume-id", SimulatedSnapshot::volumeId)
        .one("volume-size", it -> String.valueOf(it.gibibytes()))
        .one("status", it -> it.state(visit.now()))
        .one("progress", it -> it.percent(visit.now()) + "%")
        .one("description", SimulatedSnapshot::description)
        .one("encrypted", it -> "false")
        .one("start-time", it -> it.making().start().toString())
        .one("owner-id", it -> it.origin().scope().account().value());
  }

  static Snapshot shape(Visit visit, SimulatedSnapshot it) {
    Snapshot.Builder shape =
        Snapshot.builder()
            .snapshotId(it.id())
            .volumeId(it.volumeId())
            .volumeSize(it.gibibytes())
            .description(it.description())
            .ownerId(it.origin().scope().account().value())
            .startTime(it.making().start())
            .state(it.state(visit.now()))
            .progress(it.percent(visit.now()) + "%")
            .encrypted(false)
            .tags(Tags.shape(visit.tags(it.id())));
    if (it.state(visit.now()).equals("error")) {
      shape.stateMessage(it.making().fault());
    }
    return shape.build();
  }

  DescribeSnapshotAttributeResponse attribute(DescribeSnapshotAttributeRequest r) {
    Attempt attempt = Attempt.read("DescribeSnapshotAttribute", r.dryRun()).on(r.snapshotId());
    return desk.call(
        attempt,
        visit ->
            DescribeSnapshotAttributeResponse.builder()
                .snapshotId(r.snapshotId())
                .createVolumePermissions(permissions(own(visit, r.snapshotId())))
                .build());
  }

  private static List<CreateVolumePermission> permissions(SimulatedSnapshot it) {
    return it.sharedWith().stream().map(SnapshotReads::permission).toList();
  }

  private static CreateVolumePermission permission(String account) {
    return account.equals(SimulatedSnapshot.EVERYBODY)
        ? CreateVolumePermission.builder().group(PermissionGroup.ALL).build()
        : CreateVolumePermission.builder().userId(account).build();
  }
}
