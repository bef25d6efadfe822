package io.opsautomator.actions.ec2;

import io.opsautomator.action.Action;
import io.opsautomator.action.ActionProvider;
import io.opsautomator.action.Services;
import io.opsautomator.aws.AwsClients;
import java.util.List;

/** The EC2 actions, found by {@link java.util.ServiceLoader}. They need {@link AwsClients}. */
public final class Ec2Actions implements ActionProvider {
  @Override
  public List<Action<?>> actions(Services services) {
    AwsClients aws = services.get(AwsClients.class);
    return List.of(
        new Ec2CreateSnapshot(aws),
        new Ec2DeleteSnapshot(aws),
        new Ec2StartInstances(aws),
        new Ec2StopInstances(aws));
  }
}
