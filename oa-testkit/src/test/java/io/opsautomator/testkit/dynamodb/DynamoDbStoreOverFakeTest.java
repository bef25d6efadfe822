package io.opsautomator.testkit.dynamodb;

import io.opsautomator.aws.dynamodb.DynamoDbStore;
import io.opsautomator.aws.dynamodb.DynamoDbTable;
import io.opsautomator.store.Store;
import io.opsautomator.testkit.StoreContract;
import java.util.Optional;

/** The contract of the store over the fake, with the volumes of the store in memory. */
final class DynamoDbStoreOverFakeTest extends StoreContract {
  @Override
  protected Store open() {
    FakeDynamoDb fake = new FakeDynamoDb();
    DynamoDbTable.create(fake, "store", Optional.empty());
    return DynamoDbStore.over(fake, "store").writer("contract").open();
  }
}
