package io.opsautomator.testkit;

import io.opsautomator.action.Action;
import io.opsautomator.action.ActionContext;
import io.opsautomator.action.ActionMetadata;
import io.opsautomator.action.Completion;
import io.opsautomator.action.Evidence;
import io.opsautomator.action.Outcome;
import io.opsautomator.action.Permission;
import io.opsautomator.action.RefusedException;
import io.opsautomator.aws.AwsClients;
import io.opsautomator.aws.Instance;
import io.opsautomator.resource.Aggregation;
import io.opsautomator.resource.Resource;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import software.amazon.awssdk.services.ec2.Ec2Client;

/** An action on all instances of a region whose body each test chooses. */
record Herd(AwsClients aws, BiFunction<Herd, ActionContext<Herd.Params>, Outcome> body)
    implements Action<Herd.Params> {

  record Params() {
    static final Params DEFAULTS = new Params();
  }

  static ActionHarness<Params> harness(BiFunction<Herd, ActionContext<Params>, Outcome> body) {
    return ActionHarness.of(services -> new Herd(services.get(AwsClients.class), body))
        .given(estate -> estate.instance("i-1", "t3.small", Map.of()))
        .given(estate -> estate.instance("i-2", "t3.small", Map.of()));
  }

  @Override
  public ActionMetadata<Params> metadata() {
    return ActionMetadata.of("Herd", Params.DEFAULTS)
        .titled("Herd", "Does what a test wants, to all of a region")
        .version("1.0", "0f0c6c0e-3c59-4a4e-9a53-5c8d7f6f0b12")
        .selects(Instance.TYPE, Aggregation.REGION)
        .limits(Duration.ofHours(2), Duration.ofMinutes(1), 0)
        .permissions(
            Permission.anywhere("ec2:DescribeInstances"),
            Permission.on(Instance.ARN, "ec2:StopInstances"))
        .build();
  }

  @Override
  public Outcome execute(ActionContext<Params> context) {
    return body.apply(this, context);
  }

  /** One by one; who refuses is told of, and does not keep the others. */
  Outcome stopEach(ActionContext<Params> ctx) {
    Map<String, Evidence> evidence = new LinkedHashMap<>();
    Set<String> accepted = new TreeSet<>();
    for (String id : ids(ctx)) {
      try {
        stop(ctx, id);
        accepted.add(id);
      } catch (RefusedException no) {
        evidence.put(id, Evidence.contradicted(no.code() + ": " + no.getMessage()));
      }
    }
    return ctx.effects()
        .await(Completion.of("stopped", String.class, waited -> allStopped(ctx, accepted)))
        .outcome(
            seen -> {
              accepted.forEach(id -> evidence.put(id, Evidence.confirmed(seen)));
              return Outcome.of(evidence);
            });
  }

  /** The first that refuses is the end of it. */
  Outcome stopUntilOneRefuses(ActionContext<Params> ctx) {
    Map<String, Evidence> evidence = new LinkedHashMap<>();
    for (String id : ids(ctx)) {
      stop(ctx, id);
      evidence.put(id, Evidence.confirmed("stopped"));
    }
    return Outcome.of(evidence);
  }

  /** Goes on with the others, and says nothing of the one. */
  Outcome stopQuietly(ActionContext<Params> ctx) {
    Map<String, Evidence> evidence = new LinkedHashMap<>();
    for (String id : ids(ctx)) {
      try {
        stop(ctx, id);
        evidence.put(id, Evidence.confirmed("stopped"));
      } catch (RefusedException no) {
        continue;
      }
    }
    return Outcome.of(evidence);
  }

  private void stop(ActionContext<Params> ctx, String id) {
    ctx.effects().idempotent("stop/" + id, () -> ec2(ctx).stopInstances(r -> r.instanceIds(id)));
  }

  private Optional<String> allStopped(ActionContext<Params> ctx, Set<String> ids) {
    boolean all =
        ids.isEmpty()
            || ec2(ctx).describeInstances(r -> r.instanceIds(ids)).reservations().stream()
                .flatMap(reservation -> reservation.instances().stream())
                .allMatch(instance -> instance.state().nameAsString().equals("stopped"));
    return all ? Optional.of("stopped") : Optional.empty();
  }

  private static List<String> ids(ActionContext<Params> ctx) {
    return ctx.resources(Instance.TYPE).stream().map(Resource::id).toList();
  }

  private Ec2Client ec2(ActionContext<Params> ctx) {
    return aws.client(Ec2Client.class, ctx);
  }
}
