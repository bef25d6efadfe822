package io.opsautomator.testkit.internal;

import io.opsautomator.testkit.internal.SimulatedInstance.Habits;
import io.opsautomator.testkit.internal.SimulatedInstance.Launch;
import io.opsautomator.testkit.internal.SimulatedInstance.Phase;
import io.opsautomator.testkit.internal.SimulatedVolume.Attachment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.RunInstancesResponse;

/** Runs new instances; the same client token gives the same ones again. */
final class Launches {
  private static final String TYPE = "m1.small"; // what the service takes when none is named
  private final Ec2Desk desk;

  Launches(Ec2Desk desk) {
    this.desk = desk;
  }

  RunInstancesResponse run(RunInstancesRequest r) {
    Attempt attempt =
        Attempt.change("RunInstances", r.dryRun())
            .with("clientToken", r.clientToken())
            .with("instanceType", r.instanceTypeAsString())
            .with("tags", Tags.text(Tags.read(r.tagSpecifications(), ResourceType.INSTANCE)));
    return desk.call(attempt, visit -> answer(visit, known(visit, r), r));
  }

  private static RunInstancesResponse answer(
      Visit visit, List<SimulatedInstance> known, RunInstancesRequest r) {
    List<SimulatedInstance> all = known.isEmpty() ? launch(visit, r) : known;
    Map<String, String> tags = Tags.read(r.tagSpecifications(), ResourceType.INSTANCE);
    List<Instance> shapes =
        all.stream()
            .map(it -> InstanceReads.shape(visit, it))
            .map(it -> known.isEmpty() ? it.toBuilder().tags(Tags.shape(tags)).build() : it)
            .toList();
    return RunInstancesResponse.builder()
        .reservationId(all.get(0).launch().reservation())
        .ownerId(visit.account())
        .instances(shapes)
        .build();
  }

  private static List<SimulatedInstance> known(Visit visit, RunInstancesRequest r) {
    if (r.clientToken() == null || r.clientToken().isEmpty()) {
      return List.of();
    }
    List<SimulatedInstance> known =
        visit.world().all(SimulatedInstance.class, visit.scope(), visit.now()).stream()
            .filter(it -> it.launch().token().equals(r.clientToken()))
            .toList();
    if (known.stream().anyMatch(it -> !it.launch().image().equals(r.imageId()))) {
      throw new Refusal(
          "IdempotentParameterMismatch",
          "Arguments on this idempotent request are inconsistent with arguments used in previous"
              + " request(s).");
    }
    return known;
  }

  private static List<SimulatedInstance> launch(Visit visit, RunInstancesRequest r) {
    String type = r.instanceTypeAsString() == null ? TYPE : r.instanceTypeAsString();
    InstanceCalls.requireType(type);
    InstanceCalls.requireCapacity(visit, type);
    Ec2Regions.requireImage(visit, r.imageId());
    int count = r.maxCount() == null ? 1 : r.maxCount();
    Launch launch =
        new Launch(
            visit.now(),
            visit.newId("r-"),
            r.imageId(),
            r.clientToken() == null ? "" : r.clientToken());
    List<SimulatedInstance> launched = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      launched.add(one(visit, type, launch, r));
    }
    return launched;
  }

  private static SimulatedInstance one(
      Visit visit, String type, Launch launch, RunInstancesRequest r) {
    String id = visit.newId("i-");
    String root = visit.newId("vol-");
    List<Phase> course =
        List.of(
            new Phase(visit.now(), "pending", ""),
            new Phase(visit.now().plus(visit.pace().starting()), "running", ""));
    SimulatedInstance it =
        new SimulatedInstance(
            id,
            visit.born(),
            type,
            course,
            launch,
            Map.of(SimulatedInstance.ROOT, root),
            Habits.NONE);
    visit.put(it);
    visit.tag(id, Tags.read(r.tagSpecifications(), ResourceType.INSTANCE));
    visit.put(
        VolumeCalls.disk(visit, root, 8).attach(new Attachment(id, SimulatedInstance.ROOT, true)));
    visit.tag(root, Tags.read(r.tagSpecifications(), ResourceType.VOLUME));
    return it;
  }
}
