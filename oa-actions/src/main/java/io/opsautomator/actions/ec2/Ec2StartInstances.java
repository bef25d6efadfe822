package io.opsautomator.actions.ec2;

import io.opsautomator.action.Action;
import io.opsautomator.action.ActionContext;
import io.opsautomator.action.ActionMetadata;
import io.opsautomator.action.Invocation;
import io.opsautomator.action.Outcome;
import io.opsautomator.action.Permission;
import io.opsautomator.aws.AwsClients;
import io.opsautomator.aws.Instance;
import io.opsautomator.resource.Aggregation;
import io.opsautomator.resource.Choice;
import io.opsautomator.resource.Resource;
import java.time.Duration;
import software.amazon.awssdk.services.ec2.Ec2Client;

/** Starts stopped instances and says of each whether it really runs. */
final class Ec2StartInstances implements Action.Refining<Ec2StartInstances.Params, Instance> {
  /** There is nothing to choose. */
  record Params() {
    static final Params DEFAULTS = new Params();
  }

  private static final ActionMetadata<Params> METADATA =
      ActionMetadata.of("Ec2StartInstances", Params.DEFAULTS)
          .titled("EC2 Start Instances", "Starts stopped instances and confirms that they run")
          .version("1.0", "bed643da-a9dd-45ed-ad57-d62cedf04a1e")
          .selects(Instance.TYPE, Aggregation.REGION)
          .batchesOf(50)
          .limits(Duration.ofMinutes(15), Duration.ofMinutes(15), 10)
          .permissions(
              Permission.on(Instance.ARN, "ec2:StartInstances", "ec2:StopInstances"),
              Permission.anywhere("ec2:DescribeInstances"))
          .build();

  private final AwsClients aws;

  Ec2StartInstances(AwsClients aws) {
    this.aws = aws;
  }

  @Override
  public ActionMetadata<Params> metadata() {
    return METADATA;
  }

  @Override
  public Choice<Instance> refine(
      Resource<Instance> instance, Params parameters, Invocation caller) {
    String state = instance.attributes().state();
    return state.equals("stopped") ? Choice.keep(instance) : Choice.leaveOut("is " + state);
  }

  @Override
  public Outcome execute(ActionContext<Params> ctx) {
    Ec2Client ec2 = aws.client(Ec2Client.class, ctx);
    return new PowerSwitch(ctx, ec2, PowerSwitch.Change.START)
        .turn(
            ids -> ec2.startInstances(r -> r.instanceIds(ids)),
            ids -> ec2.stopInstances(r -> r.instanceIds(ids)));
  }
}
