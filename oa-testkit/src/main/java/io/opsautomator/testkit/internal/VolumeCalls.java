package io.opsautomator.testkit.internal;

import io.opsautomator.testkit.internal.SimulatedVolume.Attachment;
import io.opsautomator.testkit.internal.SimulatedVolume.Source;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.CreateVolumeRequest;
import software.amazon.awssdk.services.ec2.model.CreateVolumeResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesResponse;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Volume;
import software.amazon.awssdk.services.ec2.model.VolumeAttachment;
import software.amazon.awssdk.services.ec2.model.VolumeState;

/** Volumes. */
final class VolumeCalls {
  private final Ec2Desk desk;

  VolumeCalls(Ec2Desk desk) {
    this.desk = desk;
  }

  static Optional<SimulatedVolume> find(Visit visit, String id) {
    return visit
        .world()
        .find(SimulatedVolume.class, visit.scope(), id)
        .filter(it -> it.existsAt(visit.now()));
  }

  static SimulatedVolume disk(Visit visit, String id, int gibibytes) {
    return new SimulatedVolume(
        id, visit.born(), gibibytes, "gp3", Source.NONE, Attachment.NONE, Arrangement.far());
  }

  DescribeVolumesResponse describe(DescribeVolumesRequest r) {
    Attempt attempt = Attempt.read("DescribeVolumes", r.dryRun()).on(r.volumeIds());
    Page.Wanted wanted = new Page.Wanted("DescribeVolumes", r.maxResults(), r.nextToken());
    return desk.call(
        attempt,
        visit -> {
          wanted.requireNoIds(r.volumeIds());
          Page<SimulatedVolume> page = Page.of(matching(visit, r), SimulatedVolume::id, wanted);
          return DescribeVolumesResponse.builder()
              .volumes(page.items().stream().map(it -> shape(visit, it)).toList())
              .nextToken(page.next())
              .build();
        });
  }

  private static List<SimulatedVolume> matching(Visit visit, DescribeVolumesRequest r) {
    Filters<SimulatedVolume> known = filters(visit);
    known.require(r.filters());
    List<SimulatedVolume> candidates =
        r.volumeIds().isEmpty()
            ? visit.world().all(SimulatedVolume.class, visit.scope(), visit.now())
            : Ids.all(r.volumeIds(), "volume", id -> find(visit, id));
    return candidates.stream()
        .filter(it -> known.matches(r.filters(), it))
        .sorted((a, b) -> a.id().compareTo(b.id()))
        .toList();
  }

  private static Filters<SimulatedVolume> filters(Visit visit) {
    return new Filters<SimulatedVolume>(it -> visit.tags(it.id()))
        .one("volume-id", SimulatedVolume::id)
        .one("status", SimulatedVolume::state)
        .one("size", it -> String.valueOf(it.gibibytes()))
        .one("volume-type", SimulatedVolume::type)
        .one("snapshot-id", it -> it.source().snapshot())
        .one("availability-zone", it -> visit.region() + "a")
        .one("attachment.instance-id", it -> it.attachment().instance())
        .one("attachment.device", it -> it.attachment().device());
  }

  CreateVolumeResponse create(CreateVolumeRequest r) {
    Map<String, String> tags = Tags.read(r.tagSpecifications(), ResourceType.VOLUME);
    Attempt attempt =
        Attempt.change("CreateVolume", r.dryRun())
            .on(r.snapshotId() == null ? "" : r.snapshotId())
            .with("clientToken", r.clientToken())
            .with("tags", Tags.text(tags));
    return desk.call(
        attempt,
        visit -> {
          Optional<SimulatedVolume> known = known(visit, r);
          SimulatedVolume volume = known.orElseGet(() -> made(visit, r));
          if (known.isEmpty()) {
            visit.put(volume);
            visit.tag(volume.id(), tags);
          }
          return answer(volume, known.isEmpty() ? tags : visit.tags(volume.id()));
        });
  }

  private static CreateVolumeResponse answer(SimulatedVolume volume, Map<String, String> tags) {
    return CreateVolumeResponse.builder()
        .volumeId(volume.id())
        .size(volume.gibibytes())
        .snapshotId(volume.source().snapshot())
        .availabilityZone(volume.origin().scope().region().value() + "a")
        .volumeType(volume.type())
        .state(VolumeState.CREATING)
        .createTime(volume.origin().at())
        .tags(Tags.shape(tags))
        .build();
  }

  private static Optional<SimulatedVolume> known(Visit visit, CreateVolumeRequest r) {
    String token = r.clientToken() == null ? "" : r.clientToken();
    return visit.world().all(SimulatedVolume.class, visit.scope(), visit.now()).stream()
        .filter(it -> !token.isEmpty() && it.source().token().equals(token))
        .findFirst();
  }

  private static SimulatedVolume made(Visit visit, CreateVolumeRequest r) {
    String source = r.snapshotId() == null ? "" : r.snapshotId();
    int least = source.isEmpty() ? 1 : SnapshotReads.theOne(visit, source).gibibytes();
    int size = r.size() == null ? (source.isEmpty() ? 0 : least) : r.size();
    if (size < least) {
      throw Refusal.value("size", String.valueOf(size), "It must be at least " + least + " GiB.");
    }
    String type = r.volumeTypeAsString() == null ? "gp2" : r.volumeTypeAsString();
    return new SimulatedVolume(
        visit.newId("vol-"),
        visit.born(),
        size,
        type,
        new Source(source, r.clientToken() == null ? "" : r.clientToken()),
        Attachment.NONE,
        Arrangement.far());
  }

  private static Volume shape(Visit visit, SimulatedVolume it) {
    Volume.Builder shape =
        Volume.builder()
            .volumeId(it.id())
            .size(it.gibibytes())
            .volumeType(it.type())
            .snapshotId(it.source().snapshot())
            .state(it.state())
            .availabilityZone(visit.region() + "a")
            .createTime(it.origin().at())
            .tags(Tags.shape(visit.tags(it.id())));
    return it.attached() ? shape.attachments(attachment(it)).build() : shape.build();
  }

  private static VolumeAttachment attachment(SimulatedVolume it) {
    return VolumeAttachment.builder()
        .volumeId(it.id())
        .instanceId(it.attachment().instance())
        .device(it.attachment().device())
        .deleteOnTermination(it.attachment().deleteOnTermination())
        .state("attached")
        .attachTime(it.origin().at())
        .build();
  }
}
