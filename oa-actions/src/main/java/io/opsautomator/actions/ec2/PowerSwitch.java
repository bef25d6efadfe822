package io.opsautomator.actions.ec2;

import io.opsautomator.action.ActionContext;
import io.opsautomator.action.Completion;
import io.opsautomator.action.Effects;
import io.opsautomator.action.Evidence;
import io.opsautomator.action.Outcome;
import io.opsautomator.action.RefusedException;
import io.opsautomator.aws.Instance;
import io.opsautomator.event.EventKey;
import io.opsautomator.event.EventType;
import io.opsautomator.resource.Resource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import software.amazon.awssdk.services.ec2.Ec2Client;

/**
 * Turns the instances of one execution on or off.
 *
 * <p>EC2 changes all instances of a call or none, so one that cannot be changed would keep the
 * others from it; therefore a batch that is refused is done again one by one. What each instance
 * was before is a fact: only those that this execution changed are changed back by an undo.
 */
final class PowerSwitch {
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final ActionContext<?> ctx;
  private final Ec2Client ec2;
  private final Change change;
  private final Map<String, Evidence> evidence = new LinkedHashMap<>();

  /**
   * @param step what the call is named in the journal
   * @param inverse what takes it back
   * @param meanwhile the state on the way to {@code wanted}
   * @param arrived the event that tells of it
   */
  record Change(String step, String inverse, String meanwhile, String wanted, EventType arrived) {
    static final Change STOP = new Change("stop", "start", "stopping", "stopped", Instance.STOPPED);
    static final Change START = new Change("start", "stop", "pending", "running", Instance.RUNNING);
  }

  PowerSwitch(ActionContext<?> ctx, Ec2Client ec2, Change change) {
    this.ctx = ctx;
    this.ec2 = ec2;
    this.change = change;
  }

  /** Calls may be repeated; {@code back} is only given instances that have arrived. */
  Outcome turn(Consumer<List<String>> call, Consumer<List<String>> back) {
    List<String> ids = ctx.resources(Instance.TYPE).stream().map(Resource::id).toList();
    InstanceStates before =
        ctx.effects().fact("before", InstanceStates.class, () -> InstanceStates.of(ec2, ids));
    List<String> underway = new ArrayList<>(before.in(change.meanwhile()));
    underway.addAll(called(toCall(ids, before), call, back));
    if (underway.isEmpty()) {
      return Outcome.of(evidence);
    }
    return ctx.effects()
        .await(settled(underway))
        .outcome(
            seen -> {
              underway.forEach(id -> evidence.put(id, evidence(seen, id)));
              return Outcome.of(evidence);
            });
  }

  private List<String> toCall(List<String> ids, InstanceStates before) {
    List<String> wanting = new ArrayList<>();
    for (String id : ids) {
      String state = before.state(id);
      if (state.equals(change.wanted())) {
        evidence.put(id, Evidence.confirmed("was " + state + " already"));
      } else if (List.of("gone", "shutting-down", "terminated").contains(state)) {
        evidence.put(id, Evidence.contradicted(before.words(id)));
      } else if (!state.equals(change.meanwhile())) {
        wanting.add(id);
      }
    }
    return wanting;
  }

  /** Those for which it was accepted. */
  private Set<String> called(
      List<String> ids, Consumer<List<String>> call, Consumer<List<String>> back) {
    Set<String> accepted = new LinkedHashSet<>();
    if (ids.isEmpty()) {
      return accepted;
    }
    List<Way> ways = ids.size() == 1 ? List.of(Way.TOGETHER) : List.of(Way.values());
    try {
      ctx.effects()
          .firstAccepted(
              change.step() + "-way",
              ways,
              refusal -> true,
              way -> {
                if (way == Way.TOGETHER) {
                  call(change.step(), ids, call, back);
                  accepted.addAll(ids);
                } else {
                  oneByOne(ids, call, back, accepted);
                }
              });
    } catch (RefusedException only) {
      refused(ids.get(0), only);
    }
    return accepted;
  }

  private enum Way {
    TOGETHER,
    ONE_BY_ONE
  }

  private void oneByOne(
      List<String> ids,
      Consumer<List<String>> call,
      Consumer<List<String>> back,
      Set<String> accepted) {
    for (String id : ids) {
      try {
        call(change.step() + "/" + id, List.of(id), call, back);
        accepted.add(id);
      } catch (RefusedException one) {
        refused(id, one);
      }
    }
  }

  private void call(
      String step, List<String> ids, Consumer<List<String>> call, Consumer<List<String>> back) {
    ctx.effects()
        .idempotent(step, () -> call.accept(ids))
        .undo((nothing, undoing) -> turnBack(ids, back, undoing));
  }

  private void refused(String id, RefusedException why) {
    evidence.put(id, Evidence.contradicted(why.code() + ": " + why.getMessage()));
  }

  /** What is on its way has to arrive first: EC2 refuses to turn it around. */
  private void turnBack(List<String> ids, Consumer<List<String>> back, Effects undoing) {
    undoing.await(settled(ids));
    undoing.idempotent(
        change.inverse(),
        () -> {
          List<String> arrived = InstanceStates.of(ec2, ids).in(change.wanted());
          if (!arrived.isEmpty()) {
            back.accept(arrived);
          }
        });
  }

  private Completion<InstanceStates> settled(List<String> ids) {
    return Completion.of(
            change.wanted(),
            InstanceStates.class,
            waited ->
                Optional.of(InstanceStates.of(ec2, ids))
                    .filter(seen -> !seen.anyIs(change.meanwhile())))
        .soonerOn(() -> ids.stream().map(id -> new EventKey(change.arrived(), id)).toList())
        .within(PATIENCE)
        .otherwise(() -> InstanceStates.of(ec2, ids));
  }

  private Evidence evidence(InstanceStates seen, String id) {
    String state = seen.state(id);
    if (state.equals(change.wanted())) {
      return Evidence.confirmed("is " + state);
    }
    return state.equals(change.meanwhile())
        ? Evidence.unknown("is still " + state)
        : Evidence.contradicted(seen.words(id));
  }
}
