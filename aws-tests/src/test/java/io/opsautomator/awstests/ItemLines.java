package io.opsautomator.awstests;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.InflaterInputStream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Items as DynamoDB's own JSON, one a line, with their attributes in order. */
final class ItemLines {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int DEFLATED = 0x78;

  private ItemLines() {}

  static String write(Map<String, AttributeValue> item) {
    try {
      return JSON.writeValueAsString(attributes(item));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts and numbers can be written", e);
    }
  }

  private static Map<String, Object> attributes(Map<String, AttributeValue> item) {
    Map<String, Object> attributes = new TreeMap<>();
    item.forEach((name, value) -> attributes.put(name, Map.of(value.type().name(), plain(value))));
    return attributes;
  }

  private static Object plain(AttributeValue value) {
    return switch (value.type()) {
      case S -> value.s();
      case N -> value.n();
      case B -> Base64.getEncoder().encodeToString(value.b().asByteArrayUnsafe());
      case BOOL -> value.bool();
      case NS -> value.ns();
      case L -> value.l().stream().map(it -> Map.of(it.type().name(), plain(it))).toList();
      case M -> attributes(value.m());
      default -> throw new IllegalArgumentException("no item has a " + value.type());
    };
  }

  static Map<String, AttributeValue> read(String line) {
    try {
      return attributes(JSON.readTree(line));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no item: " + line, e);
    }
  }

  private static Map<String, AttributeValue> attributes(JsonNode node) {
    Map<String, AttributeValue> item = new TreeMap<>();
    node.properties().forEach(each -> item.put(each.getKey(), value(each.getValue())));
    return item;
  }

  private static AttributeValue value(JsonNode node) {
    Map.Entry<String, JsonNode> only = node.properties().iterator().next();
    JsonNode content = only.getValue();
    return switch (only.getKey()) {
      case "S" -> AttributeValue.fromS(content.asText());
      case "N" -> AttributeValue.fromN(content.asText());
      case "B" -> AttributeValue.fromB(bytes(content));
      case "BOOL" -> AttributeValue.fromBool(content.asBoolean());
      case "NS" -> AttributeValue.fromNs(elements(content).stream().map(JsonNode::asText).toList());
      case "L" -> AttributeValue.fromL(elements(content).stream().map(ItemLines::value).toList());
      case "M" -> AttributeValue.fromM(attributes(content));
      default -> throw new IllegalArgumentException("no item has a " + only.getKey());
    };
  }

  private static SdkBytes bytes(JsonNode content) {
    return SdkBytes.fromByteArray(Base64.getDecoder().decode(content.asText()));
  }

  private static List<JsonNode> elements(JsonNode array) {
    List<JsonNode> elements = new ArrayList<>();
    array.forEach(elements::add);
    return elements;
  }

  /** With what was deflated as the text that it is: how small it becomes is the platform's. */
  static Map<String, AttributeValue> inflated(Map<String, AttributeValue> item) {
    Map<String, AttributeValue> texts = new TreeMap<>(item);
    texts.replaceAll((name, value) -> value.b() == null ? value : inflated(value));
    return texts;
  }

  private static AttributeValue inflated(AttributeValue value) {
    byte[] bytes = value.b().asByteArray();
    if (bytes[0] != DEFLATED) {
      return value;
    }
    try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(bytes))) {
      return AttributeValue.fromS(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
