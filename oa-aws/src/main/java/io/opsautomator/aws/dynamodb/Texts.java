package io.opsautomator.aws.dynamodb;

import io.opsautomator.store.StoreException;
import io.opsautomator.task.RunId;
import io.opsautomator.task.TaskName;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * How texts are kept in items. A write is charged by the size of the whole item, so what is longer
 * than a few hundred bytes is deflated, and what is large even then is an object in the bucket. A
 * text, bytes, or a map tells which it is. Without a bucket an item takes what fits. Thread-safe.
 */
final class Texts {
  /** Largest item that is written; DynamoDB takes 400 KB with all names. */
  static final int LARGEST_ITEM = 390_000;

  private static final int PLAIN = 300;
  private static final int INLINE = 16 * 1024;
  private static final String OBJECT = "s3";

  private final Optional<LargeTexts> large;

  Texts(Optional<LargeTexts> large) {
    this.large = large;
  }

  static String owner(RunId run) {
    return "run/" + run.value();
  }

  static String owner(TaskName task) {
    return "task/" + Integer.toHexString(task.value().hashCode());
  }

  AttributeValue pack(String owner, String text) {
    if (text.length() <= PLAIN) {
      return Item.text(text);
    }
    byte[] deflated = deflated(text);
    if (deflated.length <= INLINE || large.isEmpty()) {
      return Item.bytes(deflated);
    }
    return AttributeValue.fromM(Map.of(OBJECT, Item.text(large.get().write(owner, deflated))));
  }

  String unpack(AttributeValue value) {
    if (value.s() != null) {
      return value.s();
    }
    if (value.b() != null) {
      return inflated(value.b().asByteArray());
    }
    String object = new Row(value.m()).text(OBJECT);
    return inflated(
        large
            .orElseThrow(
                () ->
                    new StoreException(
                        "a text is in object %s, and no bucket is set: set OA_PAYLOAD_BUCKET"
                            .formatted(object)))
            .read(object));
  }

  /** Forgets what of this owner is in the bucket. */
  void remove(String owner) {
    large.ifPresent(it -> it.remove(owner));
  }

  /** The same item, unless it is too large for the table. */
  Map<String, AttributeValue> fitting(Map<String, AttributeValue> item) {
    long size = Sizes.of(item);
    if (size <= LARGEST_ITEM) {
      return item;
    }
    String advice =
        large.isEmpty()
            ? "set OA_PAYLOAD_BUCKET, so that large texts go to a bucket"
            : "even without its large texts; what an action keeps has to be smaller";
    throw new StoreException(
        "item %s has %d bytes, and the table takes %d: %s"
            .formatted(new Row(item).key(), size, LARGEST_ITEM, advice));
  }

  private static byte[] deflated(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException("nothing is written but memory", e);
    }
    return bytes.toByteArray();
  }

  private static String inflated(byte[] bytes) {
    try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(bytes))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new StoreException("a stored text is damaged: it cannot be inflated", e);
    }
  }
}
