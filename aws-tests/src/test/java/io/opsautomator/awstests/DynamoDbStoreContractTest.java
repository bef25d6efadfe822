package io.opsautomator.awstests;

/** The store over DynamoDB Local. */
final class DynamoDbStoreContractTest extends DynamoDbContract {
  DynamoDbStoreContractTest() {
    super(LocalDynamoDb.client(), 300);
  }
}
