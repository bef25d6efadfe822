package io.opsautomator.awstests;

import io.opsautomator.aws.dynamodb.DynamoDbStore;
import io.opsautomator.aws.dynamodb.DynamoDbTable;
import io.opsautomator.store.Store;
import io.opsautomator.testkit.StoreContract;
import io.opsautomator.testkit.aws.AwsEndpoint;
import io.opsautomator.testkit.aws.EmulatedAws;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The same on LocalStack; chosen by the profile of that name. Moto is left out: it knows no tokens
 * of transactions, and takes minutes.
 */
@ExtendWith(AwsEndpoint.class)
final class DynamoDbStoreLocalStackTest extends StoreContract {
  private final DynamoDbClient client;
  private String table = "";

  DynamoDbStoreLocalStackTest(EmulatedAws emulated) {
    client = LocalDynamoDb.client(builder -> builder.endpointOverride(emulated.address()));
  }

  @Override
  protected Store open() {
    table = LocalDynamoDb.freshName();
    DynamoDbTable.create(client, table, Optional.empty());
    return DynamoDbStore.over(client, table).open();
  }

  @Override
  protected int volume() {
    return 100;
  }

  @AfterEach
  void dropTable() {
    client.deleteTable(request -> request.tableName(table));
    client.close();
  }
}
