package io.opsautomator.testkit.aws;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;

/** LocalStack in a container; only there with {@code -Plocalstack}, and needs Docker. */
public final class LocalStackProvider implements EndpointProvider {
  private static final String IMAGE = "localstack/localstack:4.4";

  private @Nullable LocalStackContainer container;

  @Override
  public String name() {
    return "localstack";
  }

  @Override
  public URI start() {
    LocalStackContainer starting =
        new LocalStackContainer(DockerImageName.parse(IMAGE)).withServices("ec2", "sts", "ssm");
    container = starting;
    starting.start();
    return starting.getEndpoint();
  }

  @Override
  public void stop() {
    if (container != null) {
      container.stop();
    }
  }
}
