package io.opsautomator.aws.dynamodb;

import io.opsautomator.store.GateKey;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** How gates are kept. */
final class GateForm implements Optimistic.Form<GateKey, GateImage> {
  private static final String KIND = "G#";

  @Override
  public Key at(GateKey key) {
    return Key.gate(key);
  }

  @Override
  public Map<String, AttributeValue> write(GateImage image, long version, String writer) {
    return GateItems.write(image, version, writer);
  }

  @Override
  public Stored<GateImage> read(Row row) {
    return GateItems.read(new GateKey(row.key().pk().substring(KIND.length())), row);
  }
}
