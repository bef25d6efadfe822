package io.opsautomator.awstests;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.aws.dynamodb.DynamoDbStore;
import io.opsautomator.aws.dynamodb.DynamoDbTable;
import io.opsautomator.store.Store;
import io.opsautomator.testkit.dynamodb.FakeDynamoDb;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A purge whose process dies between any two of its calls. */
final class PurgeDeathTest {
  private static final Instant LATER = Everything.NOON.plusSeconds(86_400);
  private static final String TABLE = "ops";

  private static final class Death extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** A table with a run that has ended, in which there is something of each kind. */
  private static FakeDynamoDb filled() {
    FakeDynamoDb dynamo = new FakeDynamoDb();
    DynamoDbTable.create(dynamo, TABLE, Optional.empty());
    Store store = open(dynamo);
    Everything.write(store);
    Everything.close(store);
    return dynamo;
  }

  private static Store open(DynamoDbClient client) {
    return DynamoDbStore.over(client, TABLE).writer("always the same").open();
  }

  /** So many calls are made, and none after them. */
  private static DynamoDbClient dyingAfter(int calls, FakeDynamoDb dynamo) {
    int[] left = {calls};
    return (DynamoDbClient)
        Proxy.newProxyInstance(
            DynamoDbClient.class.getClassLoader(),
            new Class<?>[] {DynamoDbClient.class},
            (proxy, method, arguments) -> {
              if (left[0]-- <= 0) {
                throw new Death();
              }
              try {
                return method.invoke(dynamo, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static boolean dies(Store store) {
    try {
      store.purge(LATER);
      return false;
    } catch (Death expected) {
      return true;
    }
  }

  @Test
  void w40_whatAPurgeThatDiedHasLeftIsGoneAfterTheNext() {
    FakeDynamoDb undisturbed = filled();
    int before = undisturbed.items(TABLE).size();
    assertThat(open(undisturbed).purge(LATER)).isEqualTo(1);
    List<Map<String, AttributeValue>> left = undisturbed.items(TABLE);
    assertThat(left).hasSizeLessThan(before);

    int calls = 0;
    for (boolean died = true; died; calls++) {
      FakeDynamoDb dynamo = filled();
      died = dies(open(dyingAfter(calls, dynamo)));
      open(dynamo).purge(LATER);

      assertThat(dynamo.items(TABLE))
          .as("after a death behind call " + calls)
          .containsExactlyInAnyOrderElementsOf(left);
    }
    assertThat(calls).isGreaterThan(20);
  }
}
