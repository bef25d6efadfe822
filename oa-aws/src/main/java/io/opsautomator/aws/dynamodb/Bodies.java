package io.opsautomator.aws.dynamodb;

import io.opsautomator.store.StoreCodec;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Items that are one text, for those whose fields no condition looks at. */
final class Bodies {
  private static final StoreCodec JSON = new StoreCodec();

  private final Texts texts;

  Bodies(Texts texts) {
    this.texts = texts;
  }

  Item put(Item item, String owner, Record body) {
    return item.put(Shape.BODY, texts.pack(owner, JSON.write(body)));
  }

  Map<String, AttributeValue> fitting(Item item) {
    return texts.fitting(item.attributes());
  }

  <T extends Record> Stored<T> read(Class<T> type, Row row) {
    Forms.require(row);
    T body = JSON.read(type, texts.unpack(row.value(Shape.BODY)));
    return new Stored<>(body, row.number(Shape.VERSION), row.text(Shape.WRITER));
  }
}
