package io.opsautomator.aws.sqs;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opsautomator.dispatch.Message;
import io.opsautomator.resource.Scope;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Grant;
import io.opsautomator.store.StoreCodec;
import io.opsautomator.store.StoreException;
import io.opsautomator.task.ExecutionId;
import io.opsautomator.task.RunId;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * A message's text: one JSON object in plain ASCII, so that its length is its size and SQS allows
 * each of its characters.
 *
 * <p>{@code v} is the version of the form; {@code type} one of {@code select}, {@code start},
 * {@code check}, {@code watch}; other fields are called as the components of {@link Message}, and
 * absent ones left out; grants and images are as the store keeps them ({@link StoreCodec}). Two
 * fields belong to the envelope: {@code notBefore}, and {@code receipts}, those of the messages
 * before this one. Fields that this version does not know are skipped; a later version or an
 * unknown type is refused, never guessed at.
 *
 * <p>A check carries the image of its execution if that has at most {@value #IMAGE} bytes: ten
 * checks are then within 64 KB, which SQS charges as one request. Without it, looking costs one
 * read. So no message is near the 256 KB that SQS takes, unless a concurrency key is; that one is
 * refused. Thread-safe.
 */
final class MessageCodec {
  static final int VERSION = 1;
  static final int IMAGE = 6_000;

  /** What is left of 256 KB is for whoever adds attributes on the way. */
  static final int LARGEST = 240_000;

  private final ObjectMapper mapper =
      new ObjectMapper(JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build());
  private final StoreCodec items = new StoreCodec();

  /**
   * @throws IllegalArgumentException if it is too large for SQS
   */
  String write(Envelope envelope) {
    ObjectNode json = mapper.createObjectNode().put("v", VERSION);
    Message message = envelope.message();
    if (message instanceof Message.Select select) {
      json.put("type", "select").put("run", select.run().value());
      select.slice().ifPresent(slice -> json.put("slice", slice.key()));
    } else if (message instanceof Message.Start start) {
      json.put("type", "start").put("execution", start.execution().value());
      json.put("ticket", start.ticket());
      start.by().ifPresent(grant -> json.set("by", item(grant)));
    } else if (message instanceof Message.Check check) {
      json.put("type", "check").put("execution", check.execution().value());
      json.put("epoch", check.epoch());
      check.image().map(this::item).filter(this::small).ifPresent(it -> json.set("image", it));
    } else if (message instanceof Message.Watch watch) {
      json.put("type", "watch").put("run", watch.run().value());
    }
    envelope.notBefore().ifPresent(when -> json.put("notBefore", when.toString()));
    if (envelope.before() > 0) {
      json.put("receipts", envelope.before());
    }
    return requireSmall(text(json));
  }

  private JsonNode item(Record item) {
    try {
      return mapper.readTree(items.write(item));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the store's form of an item is no JSON", e);
    }
  }

  private boolean small(JsonNode image) {
    return text(image).length() <= IMAGE;
  }

  private String text(JsonNode json) {
    try {
      return mapper.writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a message cannot be written", e);
    }
  }

  private static String requireSmall(String text) {
    if (text.length() > LARGEST) {
      throw new IllegalArgumentException(
          "a message has %,d bytes, and SQS takes no more than %,d: use a shorter concurrency key: %s..."
              .formatted(text.length(), LARGEST, text.substring(0, 200)));
    }
    return text;
  }

  /**
   * @throws UnreadableMessageException saying why
   */
  Envelope read(String text) {
    try {
      JsonNode json = mapper.readTree(text);
      requireKnown(json.path("v"));
      return new Envelope(
          message(json),
          optional(json, "notBefore").map(node -> Instant.parse(node.asText())),
          json.path("receipts").asInt(0));
    } catch (JsonProcessingException e) {
      throw new UnreadableMessageException("it is no JSON: " + e.getOriginalMessage(), e);
    } catch (StoreException | DateTimeException | IllegalArgumentException e) {
      throw new UnreadableMessageException("" + e.getMessage(), e);
    }
  }

  private static void requireKnown(JsonNode version) {
    if (!version.isInt() || version.intValue() < 1) {
      throw new UnreadableMessageException("it has no version, so it is not one of ours", null);
    }
    if (version.intValue() > VERSION) {
      throw new UnreadableMessageException(
          "it has version %d, and this program knows versions up to %d: use a newer one"
              .formatted(version.intValue(), VERSION),
          null);
    }
  }

  private Message message(JsonNode json) {
    String type = json.path("type").asText();
    return switch (type) {
      case "select" ->
          new Message.Select(run(json), optional(json, "slice").map(node -> scope(node.asText())));
      case "start" ->
          new Message.Start(
              execution(json),
              (int) number(json, "ticket"),
              optional(json, "by").map(node -> items.read(Grant.class, text(node))));
      case "check" ->
          new Message.Check(
              execution(json),
              number(json, "epoch"),
              optional(json, "image").map(node -> items.read(Execution.class, text(node))));
      case "watch" -> new Message.Watch(run(json));
      default ->
          throw new UnreadableMessageException(
              "its type is '%s'; known are select, start, check and watch".formatted(type), null);
    };
  }

  private static RunId run(JsonNode json) {
    return new RunId(required(json, "run").asText());
  }

  private static ExecutionId execution(JsonNode json) {
    return new ExecutionId(required(json, "execution").asText());
  }

  private static long number(JsonNode json, String field) {
    JsonNode number = required(json, field);
    if (!number.canConvertToLong()) {
      throw new UnreadableMessageException("its '" + field + "' is no number: " + number, null);
    }
    return number.longValue();
  }

  private static Scope scope(String key) {
    int slash = key.indexOf('/');
    if (slash < 0) {
      throw new UnreadableMessageException("its slice is no account and region: " + key, null);
    }
    return Scope.of(key.substring(0, slash), key.substring(slash + 1));
  }

  private static JsonNode required(JsonNode json, String field) {
    return optional(json, field)
        .orElseThrow(() -> new UnreadableMessageException("it has no field '" + field + "'", null));
  }

  private static Optional<JsonNode> optional(JsonNode json, String field) {
    JsonNode value = json.path(field);
    return value.isMissingNode() || value.isNull() ? Optional.empty() : Optional.of(value);
  }
}
