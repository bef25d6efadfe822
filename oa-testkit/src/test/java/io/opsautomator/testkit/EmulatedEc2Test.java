package io.opsautomator.testkit;

import io.opsautomator.aws.AwsConnection;
import io.opsautomator.resource.Scope;
import io.opsautomator.testkit.aws.AwsEndpoint;
import io.opsautomator.testkit.aws.EmulatedAws;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.ec2.Ec2Client;

/** What the estate is held to is what others take EC2's behaviour to be. */
@ExtendWith(AwsEndpoint.class)
final class EmulatedEc2Test extends Ec2BehaviourContract {
  private final AwsConnection connection;
  private final Scope scope;

  EmulatedEc2Test(EmulatedAws emulated) {
    connection = emulated.aws().connect();
    scope = Scope.of(emulated.newAccount(), "eu-west-1");
  }

  @AfterEach
  void close() {
    connection.close();
  }

  @Override
  protected Ec2Client ec2() {
    return connection.clients().client(Ec2Client.class, new Acting(scope, InstantSource.system()));
  }

  /** Everything happens at once there. */
  @Override
  protected void settle() {}
}
