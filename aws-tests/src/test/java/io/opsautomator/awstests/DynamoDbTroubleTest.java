package io.opsautomator.awstests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsautomator.aws.dynamodb.DynamoDbStore;
import io.opsautomator.aws.dynamodb.DynamoDbTable;
import io.opsautomator.aws.dynamodb.DynamoDbTable.Result;
import io.opsautomator.store.Store;
import io.opsautomator.store.StoreException;
import io.opsautomator.task.TaskName;
import io.opsautomator.testkit.dynamodb.FakeDynamoDb;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** What an operator is told when the table is not as it should be. */
final class DynamoDbTroubleTest {
  private final FakeDynamoDb dynamo = new FakeDynamoDb();

  @Test
  void aTableIsMadeOnceAndLeftAsItIsAfterThat() {
    assertThat(DynamoDbTable.create(dynamo, "ops", Optional.empty())).isEqualTo(Result.CREATED);
    assertThat(DynamoDbTable.create(dynamo, "ops", Optional.empty())).isEqualTo(Result.THERE);
    assertThat(
            dynamo
                .describeContinuousBackups(r -> r.tableName("ops"))
                .continuousBackupsDescription()
                .pointInTimeRecoveryDescription()
                .pointInTimeRecoveryStatusAsString())
        .isEqualTo("ENABLED");
    assertThat(
            dynamo
                .describeTimeToLive(r -> r.tableName("ops"))
                .timeToLiveDescription()
                .attributeName())
        .isEqualTo("ttl");
  }

  @Test
  void aTableThatIsNotThereIsNamedWithTheCommandThatMakesIt() {
    Store store = DynamoDbStore.over(dynamo, "nowhere").open();

    assertThatThrownBy(() -> store.tasks().find(new TaskName("a")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("nowhere")
        .hasMessageContaining("oa aws create-store --table nowhere");
  }

  @Test
  void aTableWithOtherKeysIsRefusedWithWhatIsWrong() {
    dynamo.createTable(
        table ->
            table
                .tableName("other")
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                    AttributeDefinition.builder()
                        .attributeName("id")
                        .attributeType(ScalarAttributeType.N)
                        .build())
                .keySchema(
                    KeySchemaElement.builder().attributeName("id").keyType(KeyType.HASH).build()));

    assertThatThrownBy(() -> DynamoDbTable.create(dynamo, "other", Optional.empty()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("its key is id HASH, not pk HASH, sk RANGE")
        .hasMessageContaining("it has no index 'due'");
  }

  @Test
  void anItemOfALaterFormIsRefusedAndNotMisread() {
    DynamoDbTable.create(dynamo, "ops", Optional.empty());
    dynamo.putItem(
        item ->
            item.tableName("ops")
                .item(
                    Map.of(
                        "pk", AttributeValue.fromS("T#a"),
                        "sk", AttributeValue.fromS("T"),
                        "f", AttributeValue.fromN("2"))));

    assertThatThrownBy(
            () -> DynamoDbStore.over(dynamo, "ops").open().tasks().find(new TaskName("a")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("form 2")
        .hasMessageContaining("use a newer one");
  }

  @Test
  void aDamagedItemIsNamed() {
    DynamoDbTable.create(dynamo, "ops", Optional.empty());
    dynamo.putItem(
        item ->
            item.tableName("ops")
                .item(
                    Map.of(
                        "pk", AttributeValue.fromS("T#a"),
                        "sk", AttributeValue.fromS("T"),
                        "f", AttributeValue.fromN("1"))));

    assertThatThrownBy(
            () -> DynamoDbStore.over(dynamo, "ops").open().tasks().find(new TaskName("a")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("T#a / T")
        .hasMessageContaining("'b'");
  }
}
