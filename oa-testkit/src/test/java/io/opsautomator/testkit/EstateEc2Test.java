package io.opsautomator.testkit;

import java.time.Duration;
import software.amazon.awssdk.services.ec2.Ec2Client;

/** The estate behaves as EC2 does. */
final class EstateEc2Test extends Ec2BehaviourContract {
  private final VirtualTime time = VirtualTime.startingAt("2026-03-01T00:00:00Z");
  private final Estate estate = Estate.at(time);

  @Override
  protected Ec2Client ec2() {
    return estate.clients().client(Ec2Client.class, new Acting(Estate.HOME, time));
  }

  @Override
  protected void settle() {
    time.advance(Duration.ofMinutes(5));
  }
}
