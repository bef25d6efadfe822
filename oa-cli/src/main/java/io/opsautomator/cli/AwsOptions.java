package io.opsautomator.cli;

import io.opsautomator.aws.Aws;
import java.net.URI;
import java.util.Optional;
import picocli.CommandLine.Option;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** How AWS is reached. */
final class AwsOptions {
  @Option(
      names = "--endpoint",
      paramLabel = "URL",
      description = "Send every call there: an emulator, such as http://127.0.0.1:5555.")
  private Optional<URI> endpoint = Optional.empty();

  @Option(
      names = "--region",
      paramLabel = "NAME",
      description = "Your home region; default: what the environment or the profile says.")
  private Optional<String> region = Optional.empty();

  @Option(
      names = "--role",
      paramLabel = "NAME",
      description = "The role to assume in other accounts, where a task names none.")
  private Optional<String> role = Optional.empty();

  @Option(
      names = "--external-id",
      paramLabel = "ID",
      description = "What the roles' trust policies ask for, where a task names none.")
  private Optional<String> externalId = Optional.empty();

  /** Whether nothing real can come to harm: the calls stay on this machine. */
  boolean emulated() {
    return endpoint.map(URI::getHost).filter(AwsOptions::loopback).isPresent();
  }

  private static boolean loopback(String host) {
    return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
  }

  Optional<URI> endpoint() {
    return endpoint;
  }

  Optional<String> role() {
    return role;
  }

  /**
   * @throws Failure naming the option that is wrong
   */
  Aws aws(Surroundings world) {
    try {
      Aws aws = emulated() ? emulator(world) : Aws.defaults();
      aws = endpoint.map(aws::endpoint).orElse(aws);
      aws = region.map(aws::region).orElse(aws);
      aws = role.map(aws::role).orElse(aws);
      return externalId.map(aws::externalId).orElse(aws);
    } catch (IllegalArgumentException e) {
      throw new Failure(Failure.BAD_INPUT, String.valueOf(e.getMessage()), e);
    }
  }

  /** An emulator takes any credentials, so nobody has to have some; and real ones stay here. */
  private static Aws emulator(Surroundings world) {
    Aws aws =
        Aws.defaults()
            .credentials(StaticCredentialsProvider.create(AwsBasicCredentials.create("oa", "oa")));
    boolean known = world.has("AWS_REGION") || world.has("AWS_DEFAULT_REGION");
    return known ? aws : aws.region("us-east-1");
  }
}
