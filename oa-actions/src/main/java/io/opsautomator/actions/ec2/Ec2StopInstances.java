package io.opsautomator.actions.ec2;

import io.opsautomator.action.Action;
import io.opsautomator.action.ActionContext;
import io.opsautomator.action.ActionMetadata;
import io.opsautomator.action.Invocation;
import io.opsautomator.action.Outcome;
import io.opsautomator.action.Param;
import io.opsautomator.action.Permission;
import io.opsautomator.aws.AwsClients;
import io.opsautomator.aws.Instance;
import io.opsautomator.resource.Aggregation;
import io.opsautomator.resource.Choice;
import io.opsautomator.resource.Resource;
import java.time.Duration;
import software.amazon.awssdk.services.ec2.Ec2Client;

/** Stops running instances and says of each whether it really stopped. */
final class Ec2StopInstances implements Action.Refining<Ec2StopInstances.Params, Instance> {
  record Params(
      @Param(
              label = "Hibernate",
              description = "Hibernate the instances; those that cannot are left running",
              group = "Stopping")
          boolean hibernate) {
    static final Params DEFAULTS = new Params(false);
  }

  private static final ActionMetadata<Params> METADATA =
      ActionMetadata.of("Ec2StopInstances", Params.DEFAULTS)
          .titled("EC2 Stop Instances", "Stops running instances and confirms that they stopped")
          .version("1.0", "7f0c6c0e-3c59-4a4e-9a53-5c8d7f6f0b11")
          .selects(Instance.TYPE, Aggregation.REGION)
          .batchesOf(50)
          .limits(Duration.ofMinutes(15), Duration.ofMinutes(15), 10)
          .permissions(
              Permission.on(Instance.ARN, "ec2:StopInstances", "ec2:StartInstances"),
              Permission.anywhere("ec2:DescribeInstances"))
          .build();

  private final AwsClients aws;

  Ec2StopInstances(AwsClients aws) {
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
    return state.equals("running") ? Choice.keep(instance) : Choice.leaveOut("is " + state);
  }

  @Override
  public Outcome execute(ActionContext<Params> ctx) {
    Ec2Client ec2 = aws.client(Ec2Client.class, ctx);
    boolean hibernate = ctx.parameters().hibernate();
    return new PowerSwitch(ctx, ec2, PowerSwitch.Change.STOP)
        .turn(
            ids -> ec2.stopInstances(r -> r.instanceIds(ids).hibernate(hibernate)),
            ids -> ec2.startInstances(r -> r.instanceIds(ids)));
  }
}
