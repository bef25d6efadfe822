package io.opsautomator.cli;

import io.opsautomator.aws.AwsConnection;
import io.opsautomator.aws.dynamodb.DynamoDbTable;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

@Command(
    name = "create-store",
    description = {
      "Makes the DynamoDB table that workers share, on demand, with point-in-time recovery, and"
          + " waits until it can be used. A table that is there already is looked at and left as it"
          + " is, but for its backups.",
      "Exit status 1 means that it cannot be made or used, and says why."
    },
    mixinStandardHelpOptions = true)
final class CreateStoreCommand implements Callable<Integer> {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.-]{3,255}");

  private final Surroundings world;

  @Option(
      names = "--table",
      paramLabel = "NAME",
      required = true,
      description = "Its name; what OA_TABLE says to the workers.")
  private String table = "";

  @Option(
      names = "--kms-key",
      paramLabel = "KEY",
      description = "Encrypt it with this key - id, ARN or alias - instead of DynamoDB's own.")
  private Optional<String> kmsKey = Optional.empty();

  @Mixin private AwsOptions options = new AwsOptions();

  CreateStoreCommand(Surroundings world) {
    this.world = world;
  }

  @Override
  public Integer call() {
    if (!NAME.matcher(table).matches()) {
      throw new Failure(
          Failure.BAD_INPUT,
          "--table: '%s' is no name of a table: 3 to 255 letters, digits, '_', '-' and '.'"
              .formatted(table),
          null);
    }
    try (AwsConnection connection = options.aws(world).connect()) {
      DynamoDbClient dynamo = connection.infrastructure(DynamoDbClient.class);
      DynamoDbTable.Result result = DynamoDbTable.create(dynamo, table, kmsKey);
      String region = connection.home().region().value();
      world
          .out()
          .println(
              result == DynamoDbTable.Result.CREATED
                  ? "Made table "
                      + table
                      + " in "
                      + region
                      + ". Workers find it by OA_TABLE="
                      + table
                  : "Table " + table + " is there, in " + region + ", and is as a store needs it.");
    }
    return Failure.OK;
  }
}
