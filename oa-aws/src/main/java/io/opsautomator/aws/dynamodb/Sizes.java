package io.opsautomator.aws.dynamodb;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * How large an item is, as DynamoDB counts: names and values; numbers by their digits, a byte for
 * two and one more; lists and maps three bytes, and one for each element.
 */
final class Sizes {
  private Sizes() {}

  static long of(Map<String, AttributeValue> item) {
    long size = 0;
    for (Map.Entry<String, AttributeValue> each : item.entrySet()) {
      size += bytes(each.getKey()) + of(each.getValue());
    }
    return size;
  }

  private static long of(AttributeValue value) {
    return switch (value.type()) {
      case S -> bytes(value.s());
      case N -> digits(value.n());
      case B -> value.b().asByteArrayUnsafe().length;
      case NS -> value.ns().stream().mapToLong(Sizes::digits).sum();
      case SS -> value.ss().stream().mapToLong(Sizes::bytes).sum();
      case BS -> value.bs().stream().mapToLong(each -> each.asByteArrayUnsafe().length).sum();
      case M -> 3 + value.m().size() + of(value.m());
      case L -> 3 + value.l().size() + value.l().stream().mapToLong(Sizes::of).sum();
      default -> 1;
    };
  }

  private static long digits(String number) {
    return (number.length() + 1L) / 2 + 1;
  }

  private static long bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
