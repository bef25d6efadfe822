package io.opsautomator.examples;

import io.opsautomator.action.Action;
import io.opsautomator.action.ActionContext;
import io.opsautomator.action.ActionMetadata;
import io.opsautomator.action.Completion;
import io.opsautomator.action.Evidence;
import io.opsautomator.action.Outcome;
import io.opsautomator.action.Param;
import io.opsautomator.action.Permission;
import io.opsautomator.aws.AwsClients;
import io.opsautomator.aws.Instance;
import io.opsautomator.resource.Aggregation;
import java.time.Duration;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

// docs: action
/** Stops an instance, and tells its owners' chat room once it has. */
final class StopAndTell implements Action<StopAndTell.Params> {

  record Params(
      @Param(label = "Chat room", group = "Telling", description = "Where to tell, without #")
          String room) {
    static final Params DEFAULTS = new Params("ops");
  }

  private static final ActionMetadata<Params> METADATA =
      ActionMetadata.of("StopAndTell", Params.DEFAULTS)
          .titled("Stop and tell", "Stops an instance and tells a chat room")
          .version("1.0", "5a0a4c0e-9d0b-4b5e-8e55-0d3c9a5b6e42")
          .selects(Instance.TYPE, Aggregation.RESOURCE)
          .limits(Duration.ofMinutes(30), Duration.ofMinutes(1), 5)
          .permissions(
              Permission.on(Instance.ARN, "ec2:StopInstances"),
              Permission.anywhere("ec2:DescribeInstances"))
          .build();

  private final AwsClients aws;
  private final Chat chat;

  StopAndTell(AwsClients aws, Chat chat) {
    this.aws = aws;
    this.chat = chat;
  }

  @Override
  public ActionMetadata<Params> metadata() {
    return METADATA;
  }

  @Override
  public Outcome execute(ActionContext<Params> ctx) {
    String id = ctx.resource(Instance.TYPE).id();
    Ec2Client ec2 = aws.client(Ec2Client.class, ctx);

    // Look first: what decides the course is a fact, read once and remembered.
    String before = ctx.effects().fact("state", String.class, () -> state(ec2, id));
    if (before.equals("stopped")) {
      return Outcome.of(id, Evidence.confirmed("was stopped already"));
    }
    // Then act. In doubt, stopping again does no harm; and this is how it is taken back.
    ctx.effects()
        .idempotent("stop", () -> ec2.stopInstances(r -> r.instanceIds(id)))
        .undo(() -> ec2.startInstances(r -> r.instanceIds(id)));
    // Wait, without holding a thread.
    ctx.effects()
        .await(
            Completion.when("stopped", waited -> state(ec2, id).equals("stopped"))
                .within(Duration.ofMinutes(10)));
    // A message cannot be taken back or recognised, so it is sent at most once.
    ctx.effects().atMostOnce("tell", () -> chat.say(ctx.parameters().room(), id + " is stopped"));
    return Outcome.of(id, Evidence.confirmed("stopped"));
  }

  private static String state(Ec2Client ec2, String id) {
    InstanceStateName state =
        ec2.describeInstances(r -> r.instanceIds(id))
            .reservations()
            .get(0)
            .instances()
            .get(0)
            .state()
            .name();
    return state.toString();
  }
}
// docs: end
