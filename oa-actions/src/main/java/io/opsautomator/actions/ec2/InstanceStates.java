package io.opsautomator.actions.ec2;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;

/**
 * Instances at one look, by id. Those that EC2 no longer knows are missing. Immutable.
 *
 * @param states such as {@code running}
 * @param reasons the service's reason for the state, where it gives one
 */
record InstanceStates(Map<String, String> states, Map<String, String> reasons) {
  InstanceStates {
    states = Map.copyOf(states);
    reasons = Map.copyOf(reasons);
  }

  /** Asks by filter: naming the ids, one that is gone would hide all others. */
  static InstanceStates of(Ec2Client ec2, Collection<String> ids) {
    Map<String, String> states = new TreeMap<>();
    Map<String, String> reasons = new TreeMap<>();
    Filter these = Filter.builder().name("instance-id").values(ids).build();
    ec2.describeInstancesPaginator(r -> r.filters(these)).reservations().stream()
        .flatMap(reservation -> reservation.instances().stream())
        .forEach(
            instance -> {
              states.put(instance.instanceId(), instance.state().nameAsString());
              reason(instance).ifPresent(why -> reasons.put(instance.instanceId(), why));
            });
    return new InstanceStates(states, reasons);
  }

  private static Optional<String> reason(Instance instance) {
    return Optional.ofNullable(instance.stateReason())
        .flatMap(reason -> Optional.ofNullable(reason.message()))
        .or(() -> Optional.ofNullable(instance.stateTransitionReason()))
        .filter(why -> !why.isBlank());
  }

  String state(String id) {
    return states.getOrDefault(id, "gone");
  }

  /** Such as {@code is running: Server.InternalError: it hangs}. */
  String words(String id) {
    String why = reasons.getOrDefault(id, "");
    return "is " + state(id) + (why.isEmpty() ? "" : ": " + why);
  }

  boolean anyIs(String state) {
    return states.containsValue(state);
  }

  List<String> in(String state) {
    return states.keySet().stream().filter(id -> state(id).equals(state)).sorted().toList();
  }
}
