package io.opsautomator.testkit;

import io.opsautomator.action.Action;
import io.opsautomator.action.ActionContext;
import io.opsautomator.action.ActionMetadata;
import io.opsautomator.action.Completion;
import io.opsautomator.action.Effects;
import io.opsautomator.action.Evidence;
import io.opsautomator.action.Outcome;
import io.opsautomator.action.Param;
import io.opsautomator.action.Permission;
import io.opsautomator.action.Services;
import io.opsautomator.aws.AwsClients;
import io.opsautomator.aws.Instance;
import io.opsautomator.resource.Aggregation;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.CreateSnapshotResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Snapshot;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** An action on one instance whose body each test chooses: good ones, and one for each mistake. */
record Sample(
    AwsClients aws,
    BiFunction<Sample, ActionContext<Sample.Params>, Outcome> body,
    Set<String> memory)
    implements Action<Sample.Params> {

  record Params(
      @Param(label = "Note", description = "What it is for", group = "Snapshot") String note,
      @Param(label = "Key", description = "What opens it", group = "Snapshot", secret = true)
          String key) {
    static final Params DEFAULTS = new Params("by a test", "");
  }

  static ActionHarness<Params> harness(BiFunction<Sample, ActionContext<Params>, Outcome> body) {
    return ActionHarness.of(
            (Services services) ->
                new Sample(services.get(AwsClients.class), body, new HashSet<>()))
        .given(estate -> estate.instance("i-1", "t3.small", Map.of("Name", "one")));
  }

  @Override
  public ActionMetadata<Params> metadata() {
    return ActionMetadata.of("Sample", Params.DEFAULTS)
        .titled("Sample", "Does what a test wants")
        .version("1.0", "0f0c6c0e-3c59-4a4e-9a53-5c8d7f6f0b11")
        .selects(Instance.TYPE, Aggregation.RESOURCE)
        .limits(Duration.ofHours(2), Duration.ofMinutes(1), 0)
        .permissions(
            Permission.anywhere("ec2:Describe*"),
            Permission.anywhere("ec2:CreateSnapshot"),
            Permission.on(
                "arn:{partition}:ec2:{region}:{account}:instance/*",
                "ec2:StartInstances",
                "ec2:StopInstances"))
        .build();
  }

  @Override
  public Outcome execute(ActionContext<Params> context) {
    return body.apply(this, context);
  }

  // -- As they should be --------------------------------------------------------------------------

  /** Looks, stops, waits. */
  Outcome stop(ActionContext<Params> ctx) {
    String id = id(ctx);
    String before = ctx.effects().fact("state", String.class, () -> state(ctx));
    if (!before.equals("running")) {
      return Outcome.of(id, Evidence.confirmed("was " + before));
    }
    return stopAndWait(ctx);
  }

  /** Is content to have asked for it. */
  Outcome stopWithoutWaiting(ActionContext<Params> ctx) {
    return ctx.effects()
        .idempotent("stop", () -> ec2(ctx).stopInstances(r -> r.instanceIds(id(ctx))))
        .undo((nothing, back) -> startAgain(ctx, back))
        .outcome(done -> Outcome.of(id(ctx), Evidence.requested("stopped")));
  }

  /** Looks whether an earlier worker made it before it makes one. */
  Outcome snapshot(ActionContext<Params> ctx) {
    return ctx.effects()
        .probed("snapshot", String.class, token -> find(ctx, token), token -> create(ctx, token))
        .outcome(made -> Outcome.of(id(ctx), Evidence.requested("made " + made)));
  }

  /** One after the other, with a wait for each. */
  Outcome snapshotAndStop(ActionContext<Params> ctx) {
    ctx.effects()
        .probed("snapshot", String.class, token -> find(ctx, token), token -> create(ctx, token));
    return stopAndWait(ctx);
  }

  /** Nobody can know in between. */
  Outcome snapshotAtMostOnce(ActionContext<Params> ctx) {
    return ctx.effects()
        .atMostOnce("snapshot", String.class, () -> create(ctx, "none"))
        .outcome(made -> Outcome.of(id(ctx), Evidence.requested("made " + made)));
  }

  // -- With a mistake -----------------------------------------------------------------------------

  /** Decides by what it reads at that moment. */
  Outcome stopByUnjournalledRead(ActionContext<Params> ctx) {
    if (!state(ctx).equals("running")) {
      return Outcome.of(id(ctx), Evidence.confirmed("was not running"));
    }
    return stopAndWait(ctx);
  }

  /** Takes a creation for something that may be repeated. */
  Outcome snapshotWithoutProbe(ActionContext<Params> ctx) {
    return ctx.effects()
        .idempotent("snapshot", String.class, () -> create(ctx, "none"))
        .outcome(made -> Outcome.of(id(ctx), Evidence.requested("made a snapshot")));
  }

  /** Stops it while it says it only looks. */
  Outcome stopInsideFact(ActionContext<Params> ctx) {
    ctx.effects()
        .fact(
            "state",
            String.class,
            () -> {
              ec2(ctx).stopInstances(request -> request.instanceIds(id(ctx)));
              return "stopped";
            });
    return Outcome.of(id(ctx), Evidence.requested("stopped"));
  }

  /** Keeps in a field what belongs into the journal. */
  Outcome stopRemembered(ActionContext<Params> ctx) {
    if (memory.isEmpty()) {
      memory.add(state(ctx));
    }
    stopAndWait(ctx);
    return Outcome.of(id(ctx), Evidence.confirmed("stopped, was " + memory));
  }

  /** Waits by asking again and again. */
  Outcome stopInALoop(ActionContext<Params> ctx) {
    ctx.effects().idempotent("stop", () -> ec2(ctx).stopInstances(r -> r.instanceIds(id(ctx))));
    while (!state(ctx).equals("stopped")) {
      Thread.onSpinWait();
    }
    return Outcome.of(id(ctx), Evidence.confirmed("stopped"));
  }

  /** Takes what was accepted for what is. */
  Outcome stopBelieved(ActionContext<Params> ctx) {
    return ctx.effects()
        .idempotent("stop", () -> ec2(ctx).stopInstances(r -> r.instanceIds(id(ctx))))
        .outcome(done -> Outcome.of(id(ctx), Evidence.confirmed("stopped")));
  }

  /** Takes the end of its patience for success. */
  Outcome stopImpatiently(ActionContext<Params> ctx) {
    ctx.effects().idempotent("stop", () -> ec2(ctx).stopInstances(r -> r.instanceIds(id(ctx))));
    return ctx.effects()
        .await(
            Completion.of(
                    "stopped",
                    String.class,
                    waited -> Optional.of(state(ctx)).filter(now -> !now.equals("stopping")))
                .within(Duration.ofMinutes(10))
                .otherwise(() -> "stopped"))
        .outcome(
            seen ->
                Outcome.of(
                    id(ctx),
                    seen.equals("stopped")
                        ? Evidence.confirmed(seen)
                        : Evidence.contradicted("is " + seen)));
  }

  /** Calls what its metadata does not mention. */
  Outcome tagUndeclared(ActionContext<Params> ctx) {
    return ctx.effects()
        .idempotent("tag", () -> ec2(ctx).createTags(r -> r.resources(id(ctx)).tags(tag("a", "b"))))
        .outcome(done -> Outcome.of(id(ctx), Evidence.requested("tagged")));
  }

  /** Leaves it stopped when taken back. */
  Outcome stopWithWrongUndo(ActionContext<Params> ctx) {
    return ctx.effects()
        .idempotent("stop", () -> ec2(ctx).stopInstances(r -> r.instanceIds(id(ctx))))
        .undo(() -> {})
        .outcome(done -> Outcome.of(id(ctx), Evidence.requested("stopped")));
  }

  /** Names a step after the execution, which a plan cannot know. */
  Outcome stepsThatChange(ActionContext<Params> ctx) {
    return stepNamed(ctx, "step of " + ctx.execution().value());
  }

  Outcome stepNamed(ActionContext<Params> ctx, String name) {
    return ctx.effects()
        .idempotent(name, () -> {})
        .outcome(done -> Outcome.of(id(ctx), Evidence.requested("done")));
  }

  // -- Calls --------------------------------------------------------------------------------------

  private Outcome stopAndWait(ActionContext<Params> ctx) {
    ctx.effects()
        .idempotent("stop", () -> ec2(ctx).stopInstances(r -> r.instanceIds(id(ctx))))
        .undo((nothing, back) -> startAgain(ctx, back));
    return ctx.effects()
        .await(Completion.when("stopped", waited -> state(ctx).equals("stopped")))
        .outcome(done -> Outcome.of(id(ctx), Evidence.confirmed("stopped")));
  }

  /** What is stopping cannot be started yet. */
  private void startAgain(ActionContext<Params> ctx, Effects back) {
    back.await(Completion.when("at rest", waited -> !state(ctx).equals("stopping")));
    back.idempotent("start", () -> ec2(ctx).startInstances(r -> r.instanceIds(id(ctx))));
  }

  private String id(ActionContext<Params> ctx) {
    return ctx.resource(Instance.TYPE).id();
  }

  private Ec2Client ec2(ActionContext<Params> ctx) {
    return aws.client(Ec2Client.class, ctx);
  }

  private String state(ActionContext<Params> ctx) {
    return ec2(ctx)
        .describeInstances(request -> request.instanceIds(id(ctx)))
        .reservations()
        .get(0)
        .instances()
        .get(0)
        .state()
        .nameAsString();
  }

  private Optional<String> find(ActionContext<Params> ctx, String token) {
    Filter mine = Filter.builder().name("tag:Token").values(token).build();
    return ec2(ctx).describeSnapshots(r -> r.ownerIds("self").filters(mine)).snapshots().stream()
        .map(Snapshot::snapshotId)
        .findFirst();
  }

  private String create(ActionContext<Params> ctx, String token) {
    CreateSnapshotResponse made =
        ec2(ctx)
            .createSnapshot(
                request ->
                    request
                        .volumeId("vol-" + id(ctx).substring("i-".length()))
                        .description(ctx.parameters().note())
                        .tagSpecifications(tokenTag(token)));
    return made.snapshotId();
  }

  private static TagSpecification tokenTag(String token) {
    return TagSpecification.builder()
        .resourceType(ResourceType.SNAPSHOT)
        .tags(tag("Token", token))
        .build();
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }
}
