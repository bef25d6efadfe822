package io.opsautomator.testkit.internal;

import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.ec2.model.InstanceStateChange;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceAttributeResponse;
import software.amazon.awssdk.services.ec2.model.RebootInstancesRequest;
import software.amazon.awssdk.services.ec2.model.RebootInstancesResponse;
import software.amazon.awssdk.services.ec2.model.StartInstancesRequest;
import software.amazon.awssdk.services.ec2.model.StartInstancesResponse;
import software.amazon.awssdk.services.ec2.model.StopInstancesRequest;
import software.amazon.awssdk.services.ec2.model.StopInstancesResponse;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesRequest;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesResponse;

/** Starts, stops and changes instances; a call on several changes all of them or none. */
final class InstanceCalls {
  private final Ec2Desk desk;

  InstanceCalls(Ec2Desk desk) {
    this.desk = desk;
  }

  StartInstancesResponse start(StartInstancesRequest r) {
    Attempt attempt = Attempt.change("StartInstances", r.dryRun()).on(r.instanceIds());
    return desk.call(
        attempt,
        visit ->
            StartInstancesResponse.builder()
                .startingInstances(each(visit, r.instanceIds(), it -> start(visit, it)))
                .build());
  }

  private static SimulatedInstance start(Visit visit, SimulatedInstance it) {
    String state = it.state(visit.now());
    if (Set.of("running", "pending").contains(state)) {
      return it;
    }
    requireState(state.equals("stopped"), it, "is not in a state from which it can be started");
    requireCapacity(visit, it.type());
    return it.starting(visit.now(), visit.pace().starting());
  }

  static void requireCapacity(Visit visit, String type) {
    if (visit.faults().lacksCapacity(type)) {
      throw new Refusal(
          "InsufficientInstanceCapacity",
          "We currently do not have sufficient "
              + type
              + " capacity in the Availability Zone"
              + " you requested ("
              + visit.region()
              + "a).");
    }
  }

  StopInstancesResponse stop(StopInstancesRequest r) {
    boolean hibernate = Boolean.TRUE.equals(r.hibernate());
    Attempt attempt =
        Attempt.change("StopInstances", r.dryRun())
            .on(r.instanceIds())
            .with("hibernate", hibernate ? "true" : "");
    return desk.call(
        attempt,
        visit ->
            StopInstancesResponse.builder()
                .stoppingInstances(each(visit, r.instanceIds(), it -> stop(visit, it, hibernate)))
                .build());
  }

  private static SimulatedInstance stop(Visit visit, SimulatedInstance it, boolean hibernate) {
    String state = it.state(visit.now());
    if (Set.of("stopped", "stopping").contains(state)) {
      return it;
    }
    requireState(state.equals("running"), it, "is not in a state from which it can be stopped");
    if (hibernate && !it.habits().hibernates()) {
      throw new Refusal(
          "UnsupportedHibernationConfiguration",
          "The instance '" + it.id() + "' is not enabled for hibernation.");
    }
    return it.stopping(visit.now(), visit.pace().stopping());
  }

  RebootInstancesResponse reboot(RebootInstancesRequest r) {
    Attempt attempt = Attempt.change("RebootInstances", r.dryRun()).on(r.instanceIds());
    return desk.call(
        attempt,
        visit -> {
          for (SimulatedInstance it : named(visit, r.instanceIds())) {
            boolean up = it.state(visit.now()).equals("running");
            requireState(up, it, "is not in a state from which it can be rebooted");
          }
          return RebootInstancesResponse.builder().build();
        });
  }

  TerminateInstancesResponse terminate(TerminateInstancesRequest r) {
    Attempt attempt = Attempt.change("TerminateInstances", r.dryRun()).on(r.instanceIds());
    return desk.call(
        attempt,
        visit ->
            TerminateInstancesResponse.builder()
                .terminatingInstances(each(visit, r.instanceIds(), it -> terminate(visit, it)))
                .build());
  }

  private static SimulatedInstance terminate(Visit visit, SimulatedInstance it) {
    if (Set.of("shutting-down", "terminated").contains(it.state(visit.now()))) {
      return it;
    }
    for (String volume : it.volumes().values()) {
      VolumeCalls.find(visit, volume).ifPresent(disk -> visit.put(released(visit, disk)));
    }
    return it.terminating(visit.now(), visit.pace().terminating());
  }

  private static SimulatedVolume released(Visit visit, SimulatedVolume disk) {
    return disk.attachment().deleteOnTermination()
        ? disk.goneAt(visit.now().plus(visit.pace().terminating()))
        : disk.attach(SimulatedVolume.Attachment.NONE);
  }

  ModifyInstanceAttributeResponse modify(ModifyInstanceAttributeRequest r) {
    if (r.instanceType() == null) {
      throw new UnsupportedOperationException(
          "the estate lets ModifyInstanceAttribute change the instance type only: " + r);
    }
    String type = r.instanceType().value();
    Attempt attempt =
        Attempt.change("ModifyInstanceAttribute", r.dryRun())
            .on(r.instanceId())
            .with("instanceType", type);
    return desk.call(
        attempt,
        visit -> {
          each(visit, List.of(r.instanceId()), it -> retype(visit, it, type));
          return ModifyInstanceAttributeResponse.builder().build();
        });
  }

  private static SimulatedInstance retype(Visit visit, SimulatedInstance it, String type) {
    requireType(type);
    boolean stopped = it.state(visit.now()).equals("stopped");
    requireState(stopped, it, "is not in the 'stopped' state.");
    return it.of(type);
  }

  static void requireType(String type) {
    if (!type.matches("[a-z0-9-]+\\.[a-z0-9-]+")) {
      throw new Refusal("InvalidParameterValue", "Invalid value '" + type + "' for InstanceType.");
    }
  }

  private static List<SimulatedInstance> named(Visit visit, List<String> ids) {
    return Ids.all(ids, "instance", id -> InstanceReads.find(visit, id));
  }

  private static List<InstanceStateChange> each(
      Visit visit, List<String> ids, UnaryOperator<SimulatedInstance> change) {
    return named(visit, ids).stream().map(it -> put(visit, it, change.apply(it))).toList();
  }

  private static InstanceStateChange put(
      Visit visit, SimulatedInstance before, SimulatedInstance after) {
    if (!after.equals(before)) {
      visit.put(after);
    }
    return InstanceStateChange.builder()
        .instanceId(before.id())
        .previousState(InstanceReads.state(before.state(visit.now())))
        .currentState(InstanceReads.state(after.state(visit.now())))
        .build();
  }

  private static void requireState(boolean holds, SimulatedInstance it, String otherwise) {
    if (!holds) {
      throw new Refusal("IncorrectInstanceState", "The instance '" + it.id() + "' " + otherwise);
    }
  }
}
