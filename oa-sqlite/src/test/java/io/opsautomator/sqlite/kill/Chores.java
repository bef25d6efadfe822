package io.opsautomator.sqlite.kill;

import io.opsautomator.action.Action;
import io.opsautomator.action.ActionContext;
import io.opsautomator.action.ActionMetadata;
import io.opsautomator.action.Completion;
import io.opsautomator.action.Effects;
import io.opsautomator.action.Evidence;
import io.opsautomator.action.Outcome;
import io.opsautomator.action.Permission;
import io.opsautomator.aws.AwsClients;
import io.opsautomator.aws.Instance;
import io.opsautomator.resource.Aggregation;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.CreateVolumeRequest;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;
import software.amazon.awssdk.services.ec2.model.Volume;
import software.amazon.awssdk.services.ec2.model.VolumeState;

/**
 * One effect of each kind, and a wait. What each makes carries the execution and the kind as tags,
 * so that the estate's ledger tells who did what.
 */
record Chores(AwsClients aws) implements Action<Chores.Params> {
  static final String NAME = "Chores";
  private static final Duration WAIT = Duration.ofMillis(30);

  record Params() {}

  @Override
  public ActionMetadata<Params> metadata() {
    return ActionMetadata.of(NAME, new Params())
        .titled("Chores", "Does one thing of each kind")
        .version("1.0", "6f4f5e8a-5b1b-4f0c-9a55-0d3c6a0f4b7e")
        .selects(Instance.TYPE, Aggregation.RESOURCE)
        .limits(Duration.ofHours(1), Duration.ofMinutes(1), KilledEngine.LIMIT)
        .permissions(Permission.anywhere("ec2:Describe*", "ec2:CreateTags", "ec2:CreateVolume"))
        .build();
  }

  @Override
  public Outcome execute(ActionContext<Params> ctx) {
    String id = ctx.resource(Instance.TYPE).id();
    Effects effects = ctx.effects();
    String type = effects.fact("type", String.class, () -> type(ctx, id));
    effects.idempotent(name(Effects.Kind.IDEMPOTENT), () -> tag(ctx, id));
    effects.withToken(
        name(Effects.Kind.WITH_TOKEN),
        String.class,
        token -> create(ctx, Effects.Kind.WITH_TOKEN, "none", token));
    String probed =
        effects
            .probed(
                name(Effects.Kind.PROBED),
                String.class,
                token -> find(ctx, token),
                token -> create(ctx, Effects.Kind.PROBED, token, ""))
            .get();
    effects.await(
        Completion.when("available", waited -> waited.compareTo(WAIT) > 0 && available(ctx, probed))
            .every(Duration.ofMillis(20), Duration.ofMillis(100)));
    return effects
        .atMostOnce(
            name(Effects.Kind.AT_MOST_ONCE),
            String.class,
            () -> create(ctx, Effects.Kind.AT_MOST_ONCE, "none", ""))
        .outcome(made -> Outcome.of(id, Evidence.confirmed(type + " has its chores done")));
  }

  /** Steps are named after their kinds. */
  static String name(Effects.Kind kind) {
    return kind.name();
  }

  private Ec2Client ec2(ActionContext<Params> ctx) {
    return aws.client(Ec2Client.class, ctx);
  }

  private String type(ActionContext<Params> ctx, String id) {
    return ec2(ctx)
        .describeInstances(request -> request.instanceIds(id))
        .reservations()
        .get(0)
        .instances()
        .get(0)
        .instanceTypeAsString();
  }

  private void tag(ActionContext<Params> ctx, String id) {
    Tag[] tags = tags(ctx, Effects.Kind.IDEMPOTENT, "none");
    ec2(ctx).createTags(request -> request.resources(id).tags(tags));
  }

  /** A volume with these marks; of two with one client token the service makes one. */
  private String create(
      ActionContext<Params> ctx, Effects.Kind kind, String mark, String clientToken) {
    TagSpecification tags =
        TagSpecification.builder()
            .resourceType(ResourceType.VOLUME)
            .tags(tags(ctx, kind, mark))
            .build();
    CreateVolumeRequest request =
        CreateVolumeRequest.builder()
            .availabilityZone("eu-west-1a")
            .size(1)
            .clientToken(clientToken)
            .tagSpecifications(tags)
            .build();
    return ec2(ctx).createVolume(request).volumeId();
  }

  private Optional<String> find(ActionContext<Params> ctx, String token) {
    Filter mine = Filter.builder().name("tag:Token").values(token).build();
    return ec2(ctx).describeVolumes(request -> request.filters(mine)).volumes().stream()
        .map(Volume::volumeId)
        .findFirst();
  }

  private boolean available(ActionContext<Params> ctx, String volume) {
    return ec2(ctx).describeVolumes(request -> request.volumeIds(volume)).volumes().stream()
        .allMatch(found -> found.state() == VolumeState.AVAILABLE);
  }

  private static Tag[] tags(ActionContext<Params> ctx, Effects.Kind kind, String token) {
    return new Tag[] {
      tag("Execution", ctx.execution().value()), tag("Kind", kind.name()), tag("Token", token)
    };
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }
}
