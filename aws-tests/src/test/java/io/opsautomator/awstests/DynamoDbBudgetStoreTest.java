package io.opsautomator.awstests;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.action.Deadline;
import io.opsautomator.aws.budget.ApiBudgets;
import io.opsautomator.aws.budget.BudgetStore;
import io.opsautomator.aws.budget.BudgetedCall;
import io.opsautomator.aws.budget.CallBudget;
import io.opsautomator.aws.dynamodb.DynamoDbBudgetStore;
import io.opsautomator.resource.Scope;
import io.opsautomator.testkit.aws.BudgetStoreContract;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

final class DynamoDbBudgetStoreTest extends BudgetStoreContract {
  private static final DynamoDbClient CLIENT = LocalDynamoDb.client();
  private static final Scope HERE = Scope.of("111122223333", "eu-west-1");

  private Instant now = Instant.parse("2026-03-02T12:00:00Z");

  @AfterAll
  static void closeClient() {
    CLIENT.close();
  }

  private static AttributeDefinition text(String name) {
    return AttributeDefinition.builder()
        .attributeName(name)
        .attributeType(ScalarAttributeType.S)
        .build();
  }

  private static KeySchemaElement key(String name, KeyType type) {
    return KeySchemaElement.builder().attributeName(name).keyType(type).build();
  }

  @Override
  protected BudgetStore open() {
    return new DynamoDbBudgetStore(CLIENT, table());
  }

  private static String table() {
    String name = LocalDynamoDb.freshName();
    CLIENT.createTable(
        table ->
            table
                .tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(text("pk"), text("sk"))
                .keySchema(key("pk", KeyType.HASH), key("sk", KeyType.RANGE)));
    return name;
  }

  @Test
  void workersOfTwoProcessesDivideABudgetThroughTheTable() {
    String table = table();
    List<CallBudget> workers =
        Stream.of("one", "two")
            .map(
                worker ->
                    ApiBudgets.defaults()
                        .sharedBy(new DynamoDbBudgetStore(CLIENT, table), worker)
                        .time(() -> now, time -> now = now.plus(time))
                        .open())
            .toList();
    BudgetedCall call = new BudgetedCall(HERE, "ec2", "DescribeInstances", true, false);
    Deadline deadline = new Deadline(now.plus(Duration.ofHours(1)), () -> now);
    Instant began = now;
    for (int i = 0; i < 300; i++) {
      workers.get(i % 2).admit(call, deadline);
    }

    // 16 a second are to be had, and each of the two gets no more than the half of it.
    assertThat(Duration.between(began, now)).isGreaterThan(Duration.ofSeconds(15));
    String text =
        new DynamoDbBudgetStore(CLIENT, table)
            .find("111122223333/eu-west-1/ec2/read")
            .orElseThrow()
            .text();
    assertThat(text).startsWith("1 ").contains("\none ").contains("\ntwo ");
  }
}
