package io.opsautomator.testkit.internal;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.AttachmentStatus;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceStatusRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceStatusResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceBlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.InstanceState;
import software.amazon.awssdk.services.ec2.model.InstanceStatus;
import software.amazon.awssdk.services.ec2.model.Reservation;
import software.amazon.awssdk.services.ec2.model.StateReason;

/** Describes instances. */
final class InstanceReads {
  private static final Map<String, Integer> CODES =
      Map.of(
          "pending",
          0,
          "running",
          16,
          "shutting-down",
          32,
          "terminated",
          48,
          "stopping",
          64,
          "stopped",
          80);

  private final Ec2Desk desk;

  InstanceReads(Ec2Desk desk) {
    this.desk = desk;
  }

  DescribeInstancesResponse instances(DescribeInstancesRequest r) {
    Attempt attempt = Attempt.read("DescribeInstances", r.dryRun()).on(r.instanceIds());
    Page.Wanted wanted = new Page.Wanted("DescribeInstances", r.maxResults(), r.nextToken());
    return desk.call(
        attempt,
        visit -> {
          wanted.requireNoIds(r.instanceIds());
          Page<SimulatedInstance> page = page(visit, r.instanceIds(), r.filters(), wanted);
          List<Reservation> all = page.items().stream().map(it -> reservation(visit, it)).toList();
          return DescribeInstancesResponse.builder()
              .reservations(all)
              .nextToken(page.next())
              .build();
        });
  }

  private static Page<SimulatedInstance> page(
      Visit visit, List<String> ids, List<Filter> filters, Page.Wanted wanted) {
    Filters<SimulatedInstance> known = filters(visit);
    known.require(filters);
    List<SimulatedInstance> found =
        (ids.isEmpty() ? visible(visit) : named(visit, ids))
            .stream().filter(it -> known.matches(filters, it)).toList();
    return Page.of(found, SimulatedInstance::id, wanted);
  }

  private static List<SimulatedInstance> visible(Visit visit) {
    return visit.world().all(SimulatedInstance.class, visit.scope(), visit.now()).stream()
        .filter(it -> !visit.now().isBefore(it.origin().visible()))
        .toList();
  }

  private static List<SimulatedInstance> named(Visit visit, List<String> ids) {
    return Ids.all(
            ids,
            "instance",
            id -> find(visit, id).filter(it -> !visit.now().isBefore(it.origin().visible())))
        .stream()
        .sorted((a, b) -> a.id().compareTo(b.id()))
        .toList();
  }

  static Optional<SimulatedInstance> find(Visit visit, String id) {
    return visit
        .world()
        .find(SimulatedInstance.class, visit.scope(), id)
        .filter(it -> it.existsAt(visit.now()));
  }

  private static Filters<SimulatedInstance> filters(Visit visit) {
    return new Filters<SimulatedInstance>(it -> visit.tags(it.id()))
        .one("instance-id", SimulatedInstance::id)
        .one("instance-type", SimulatedInstance::type)
        .one("instance-state-name", it -> it.state(visit.now()))
        .one("instance-state-code", it -> String.valueOf(code(it.state(visit.now()))))
        .one("availability-zone", it -> visit.region() + "a")
        .one("image-id", it -> it.launch().image())
        .one("client-token", it -> it.launch().token())
        .one("owner-id", it -> visit.account())
        .one("root-device-name", it -> SimulatedInstance.ROOT)
        .many("block-device-mapping.volume-id", it -> it.volumes().values())
        .many("block-device-mapping.device-name", it -> it.volumes().keySet());
  }

  DescribeInstanceStatusResponse status(DescribeInstanceStatusRequest r) {
    Attempt attempt = Attempt.read("DescribeInstanceStatus", r.dryRun()).on(r.instanceIds());
    Page.Wanted wanted = new Page.Wanted("DescribeInstanceStatus", r.maxResults(), r.nextToken());
    boolean all = Boolean.TRUE.equals(r.includeAllInstances());
    return desk.call(
        attempt,
        visit -> {
          wanted.requireNoIds(r.instanceIds());
          Page<SimulatedInstance> page = page(visit, r.instanceIds(), r.filters(), wanted);
          List<InstanceStatus> statuses =
              page.items().stream()
                  .filter(it -> all || it.state(visit.now()).equals("running"))
                  .map(it -> status(visit, it))
                  .toList();
          return DescribeInstanceStatusResponse.builder()
              .instanceStatuses(statuses)
              .nextToken(page.next())
              .build();
        });
  }

  private static InstanceStatus status(Visit visit, SimulatedInstance it) {
    String health = it.state(visit.now()).equals("running") ? "ok" : "not-applicable";
    return InstanceStatus.builder()
        .instanceId(it.id())
        .availabilityZone(visit.region() + "a")
        .instanceState(state(it.state(visit.now())))
        .instanceStatus(s -> s.status(health))
        .systemStatus(s -> s.status(health))
        .build();
  }

  static Reservation reservation(Visit visit, SimulatedInstance it) {
    return Reservation.builder()
        .reservationId(it.launch().reservation())
        .ownerId(visit.account())
        .instances(shape(visit, it))
        .build();
  }

  static Instance shape(Visit visit, SimulatedInstance it) {
    SimulatedInstance.Phase phase = it.phase(visit.now());
    Instance.Builder shape =
        Instance.builder()
            .instanceId(it.id())
            .instanceType(it.type())
            .imageId(it.launch().image())
            .launchTime(it.launch().at())
            .clientToken(it.launch().token())
            .state(state(phase.state()))
            .placement(p -> p.availabilityZone(visit.region() + "a"))
            .hibernationOptions(h -> h.configured(it.habits().hibernates()))
            .rootDeviceName(SimulatedInstance.ROOT)
            .rootDeviceType("ebs")
            .architecture("x86_64")
            .blockDeviceMappings(disks(visit, it))
            .tags(Tags.shape(visit.tags(it.id())));
    return reasoned(shape, phase).build();
  }

  private static Instance.Builder reasoned(Instance.Builder shape, SimulatedInstance.Phase phase) {
    String reason = phase.reason();
    if (reason.isEmpty()) {
      return shape.stateTransitionReason("");
    }
    String code = reason.split(":", 2)[0];
    return shape
        .stateReason(StateReason.builder().code(code).message(reason).build())
        .stateTransitionReason(
            reason.equals(SimulatedInstance.USER_STOP)
                ? "User initiated (" + phase.from() + ")"
                : reason);
  }

  private static List<InstanceBlockDeviceMapping> disks(Visit visit, SimulatedInstance it) {
    return it.volumes().entrySet().stream()
        .filter(disk -> VolumeCalls.find(visit, disk.getValue()).isPresent())
        .map(disk -> disk(disk.getKey(), disk.getValue(), it.origin().at()))
        .toList();
  }

  private static InstanceBlockDeviceMapping disk(String device, String volume, Instant since) {
    return InstanceBlockDeviceMapping.builder()
        .deviceName(device)
        .ebs(
            ebs ->
                ebs.volumeId(volume)
                    .attachTime(since)
                    .deleteOnTermination(device.equals(SimulatedInstance.ROOT))
                    .status(AttachmentStatus.ATTACHED))
        .build();
  }

  static InstanceState state(String name) {
    return InstanceState.builder().name(name).code(code(name)).build();
  }

  private static int code(String state) {
    return CODES.getOrDefault(state, 0);
  }
}
