package io.opsautomator.testkit.dynamodb;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** A table with a sparse index, and items as texts are easily written. */
final class Samples {
  static final String TABLE = "things";
  static final String INDEX = "by-due";

  private Samples() {}

  static FakeDynamoDb fake() {
    return fake(Behaviour.PLAIN);
  }

  static FakeDynamoDb fake(Behaviour behaviour) {
    FakeDynamoDb fake = new FakeDynamoDb(behaviour);
    fake.createTable(table());
    return fake;
  }

  static CreateTableRequest table() {
    return CreateTableRequest.builder()
        .tableName(TABLE)
        .billingMode(BillingMode.PAY_PER_REQUEST)
        .keySchema(keyed("pk", KeyType.HASH), keyed("sk", KeyType.RANGE))
        .attributeDefinitions(
            typed("pk", ScalarAttributeType.S),
            typed("sk", ScalarAttributeType.S),
            typed("bin", ScalarAttributeType.S),
            typed("due", ScalarAttributeType.N))
        .globalSecondaryIndexes(
            GlobalSecondaryIndex.builder()
                .indexName(INDEX)
                .keySchema(keyed("bin", KeyType.HASH), keyed("due", KeyType.RANGE))
                .projection(of -> of.projectionType(ProjectionType.KEYS_ONLY))
                .build())
        .build();
  }

  private static KeySchemaElement keyed(String name, KeyType type) {
    return KeySchemaElement.builder().attributeName(name).keyType(type).build();
  }

  private static AttributeDefinition typed(String name, ScalarAttributeType type) {
    return AttributeDefinition.builder().attributeName(name).attributeType(type).build();
  }

  static AttributeValue s(String value) {
    return AttributeValue.fromS(value);
  }

  static AttributeValue n(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }

  static AttributeValue l(AttributeValue... values) {
    return AttributeValue.fromL(List.of(values));
  }

  static Map<String, AttributeValue> key(String pk, String sk) {
    Map<String, AttributeValue> key = new LinkedHashMap<>();
    key.put("pk", s(pk));
    key.put("sk", s(sk));
    return key;
  }

  /** Of key and further attributes, names and values by turns. */
  static Map<String, AttributeValue> item(String pk, String sk, Object... more) {
    Map<String, AttributeValue> item = key(pk, sk);
    for (int i = 0; i < more.length; i += 2) {
      item.put((String) more[i], (AttributeValue) more[i + 1]);
    }
    return item;
  }

  static void put(FakeDynamoDb fake, String pk, String sk, Object... more) {
    fake.putItem(put -> put.tableName(TABLE).item(item(pk, sk, more)));
  }
}
