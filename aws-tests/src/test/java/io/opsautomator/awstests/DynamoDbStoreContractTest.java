package io.opsautomator.awstests;

import io.opsautomator.aws.dynamodb.DynamoDbStore;
import io.opsautomator.aws.dynamodb.DynamoDbTable;
import io.opsautomator.store.Store;
import io.opsautomator.testkit.StoreContract;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The store over DynamoDB Local; each test has a table of its own. */
final class DynamoDbStoreContractTest extends StoreContract {
  private static final DynamoDbClient CLIENT = LocalDynamoDb.client();

  private String table = "";

  @Override
  protected Store open() {
    table = LocalDynamoDb.freshName();
    DynamoDbTable.create(CLIENT, table, Optional.empty());
    return DynamoDbStore.over(CLIENT, table).open();
  }

  /** A call takes milliseconds here. */
  @Override
  protected int volume() {
    return 300;
  }

  @AfterEach
  void dropTable() {
    CLIENT.deleteTable(request -> request.tableName(table));
  }
}
