package io.opsautomator.awstests;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.aws.dynamodb.DynamoDbStore;
import io.opsautomator.aws.dynamodb.DynamoDbTable;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Store;
import io.opsautomator.testkit.dynamodb.FakeDynamoDb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A table as version 1 of the forms wrote it, kept as a file: later programs read it and go on with
 * it. The file is never changed; a later version gets one of its own beside it.
 */
final class StoredByVersionOneTest {
  private static final Path GOLDEN =
      Path.of(System.getProperty("basedir", "."))
          .resolve("src/test/resources/io/opsautomator/awstests/items-v1.jsonl");

  private final FakeDynamoDb fresh = new FakeDynamoDb();
  private final FakeDynamoDb old = new FakeDynamoDb();

  private static Store store(FakeDynamoDb dynamo) {
    DynamoDbTable.create(dynamo, "ops", Optional.empty());
    return DynamoDbStore.over(dynamo, "ops").writer("golden").open();
  }

  private Store written() {
    Store store = store(fresh);
    Everything.write(store);
    return store;
  }

  private Store kept() throws IOException {
    Store store = store(old);
    for (String line : Files.readAllLines(GOLDEN)) {
      old.putItem(request -> request.tableName("ops").item(ItemLines.read(line)));
    }
    return store;
  }

  /** {@code -Dgolden.update=true} writes the file; once. */
  @Test
  void everythingIsWrittenAsVersionOneWroteIt() throws IOException {
    written();
    if (Boolean.getBoolean("golden.update")) {
      Files.createDirectories(GOLDEN.getParent());
      Files.write(GOLDEN, fresh.items("ops").stream().map(ItemLines::write).sorted().toList());
    }
    kept();

    assertThat(texts(fresh)).containsExactlyInAnyOrderEntriesOf(texts(old));
  }

  /** Without what is JSON of the store's codec: that has versions, and golden files, of its own. */
  private static Map<String, String> texts(FakeDynamoDb dynamo) {
    return dynamo.items("ops").stream()
        .collect(
            Collectors.toMap(
                item -> item.get("pk").s() + " / " + item.get("sk").s(),
                item -> {
                  Map<String, AttributeValue> own = ItemLines.inflated(item);
                  own.keySet().removeAll(Set.of("b", "jo"));
                  return ItemLines.write(own);
                }));
  }

  @Test
  void everythingThatVersionOneWroteIsReadAsItWasMeant() throws IOException {
    assertThat(Everything.read(kept())).isEqualTo(Everything.read(written()));
  }

  @Test
  void aQueueThatVersionOneWroteGoesOnInItsOrder() throws IOException {
    assertThat(Everything.handedOn(kept())).isEqualTo(Everything.waiting());
  }

  @Test
  void anExecutionThatVersionOneLeftRunningIsEnded() throws IOException {
    Store store = kept();

    Execution ended = Everything.end(store);

    assertThat(store.executions().find(List.of(ended.id()))).containsExactly(ended);
    assertThat(ended.journal()).hasSize(3);
  }

  /** No run is left, nor anything of them; tasks stay. */
  @Test
  void whatVersionOneWroteIsPurgedAsAWhole() throws IOException {
    Store store = kept();
    Everything.close(store);

    assertThat(store.purge(Everything.NOON.plusSeconds(86_400 * 365))).isEqualTo(1);

    assertThat(old.items("ops"))
        .extracting(item -> item.get("pk").s().substring(0, 2))
        .containsOnly("T#", "N#", "F#", "G#", "Q#");
  }
}
