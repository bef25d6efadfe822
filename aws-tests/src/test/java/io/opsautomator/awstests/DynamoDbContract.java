package io.opsautomator.awstests;

import io.opsautomator.aws.dynamodb.DynamoDbStore;
import io.opsautomator.aws.dynamodb.DynamoDbTable;
import io.opsautomator.store.Store;
import io.opsautomator.testkit.StoreContract;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The contract of stores over what answers as DynamoDB does; each test has a table of its own. */
abstract class DynamoDbContract extends StoreContract {
  private final DynamoDbClient client;
  private final int volume;
  private String table = "";

  /**
   * @param client closed after the test
   * @param volume small where a call takes long
   */
  DynamoDbContract(DynamoDbClient client, int volume) {
    this.client = client;
    this.volume = volume;
  }

  @Override
  protected final Store open() {
    table = LocalDynamoDb.freshName();
    DynamoDbTable.create(client, table, Optional.empty());
    return DynamoDbStore.over(client, table).open();
  }

  @Override
  protected final int volume() {
    return volume;
  }

  @AfterEach
  final void dropTable() {
    client.deleteTable(request -> request.tableName(table));
    client.close();
  }
}
