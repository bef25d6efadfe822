package io.opsautomator.awstests;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.aws.dynamodb.DynamoDbStore;
import io.opsautomator.aws.dynamodb.DynamoDbTable;
import io.opsautomator.store.Store;
import io.opsautomator.testkit.aws.AwsEndpoint;
import io.opsautomator.testkit.aws.EmulatedAws;
import io.opsautomator.testkit.dynamodb.FakeDynamoDb;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Tasks, runs, gates and budgets over the emulator. It fails itself where PartiQL inserts items and
 * where some conditions refuse, and it knows no request tokens; so the rest, hand-overs among it,
 * is left to {@link DynamoDbStoreContractTest}.
 */
@ExtendWith(AwsEndpoint.class)
final class DynamoDbStoreEmulatorTest {
  private final DynamoDbClient client;

  DynamoDbStoreEmulatorTest(EmulatedAws emulated) {
    client = LocalDynamoDb.client(emulated.address(), builder -> {});
  }

  @AfterEach
  void close() {
    client.close();
  }

  private static Store written(DynamoDbClient client, String table) {
    DynamoDbTable.create(client, table, Optional.empty());
    Store store = DynamoDbStore.over(client, table).open();
    Everything.tasks(store);
    Everything.gates(store);
    Everything.budget(store);
    return store;
  }

  @Test
  void whatIsWrittenIsReadAndGoesWithItsRun() {
    Store store = written(client, LocalDynamoDb.freshName());

    assertThat(Everything.read(store))
        .isEqualTo(Everything.read(written(new FakeDynamoDb(), "ops")));
    Everything.close(store);
    assertThat(store.purge(Everything.NOON.plusSeconds(86_400))).isEqualTo(1);
    assertThat(store.runs().history(Optional.empty(), 10)).isEmpty();
  }
}
