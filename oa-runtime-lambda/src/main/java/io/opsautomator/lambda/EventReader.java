package io.opsautomator.lambda;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Tells by its shape what an event asks for. */
final class EventReader {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String SQS = "aws:sqs";
  private static final String SCHEDULED = "Scheduled Event";
  private static final int SHOWN = 200;

  private EventReader() {}

  /**
   * @throws IllegalArgumentException saying what is understood, if it is none of that: a function
   *     that is wired to the wrong source must not look well
   */
  static Event read(InputStream in) throws IOException {
    JsonNode event = tree(in);
    if (event.path("Records").isArray()) {
      return batch(event.path("Records"));
    }
    if (event.has("RequestType") && event.has("ResponseURL")) {
      return stack(event);
    }
    String action = event.path("action").asText("").strip().toLowerCase(Locale.ROOT);
    boolean scheduled = SCHEDULED.equals(event.path("detail-type").asText());
    if (action.equals("tick") || action.isEmpty() && scheduled) {
      return new Event.Tick();
    }
    if (!action.isEmpty()) {
      return new Event.Direct(action, parameters(event.path("parameters")));
    }
    throw notUnderstood(event);
  }

  private static JsonNode tree(InputStream in) throws IOException {
    try {
      return JSON.readTree(in);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the event is not JSON: " + e.getOriginalMessage(), e);
    }
  }

  private static Event batch(JsonNode records) {
    List<JsonNode> all = new ArrayList<>();
    for (JsonNode one : records) {
      if (!SQS.equals(one.path("eventSource").asText())) {
        throw notUnderstood(one);
      }
      all.add(one);
    }
    return new Event.Batch(List.copyOf(all));
  }

  private static Event stack(JsonNode event) {
    String request = event.path("RequestType").asText().toUpperCase(Locale.ROOT);
    Event.Change change =
        Arrays.stream(Event.Change.values())
            .filter(it -> it.name().equals(request))
            .findFirst()
            .orElseThrow(() -> notUnderstood(event.path("RequestType")));
    return new Event.Stack(
        change,
        new Event.AnswerTo(
            event.path("ResponseURL").asText(),
            event.path("StackId").asText(),
            event.path("RequestId").asText(),
            event.path("LogicalResourceId").asText()),
        event.path("ResourceType").asText(),
        event.path("PhysicalResourceId").asText(""),
        event.path("ResourceProperties"));
  }

  private static Map<String, String> parameters(JsonNode given) {
    Map<String, String> parameters = new LinkedHashMap<>();
    given
        .properties()
        .forEach(
            field -> {
              String name = field.getKey().toLowerCase(Locale.ROOT).replace('-', '_');
              parameters.put(name, field.getValue().asText());
            });
    return Map.copyOf(parameters);
  }

  private static IllegalArgumentException notUnderstood(JsonNode event) {
    String text = event.toString();
    String shown = text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
    return new IllegalArgumentException(
        "the event is not understood: "
            + shown
            + "; understood are EventBridge's scheduled events, records of SQS, CloudFormation's"
            + " requests, and {\"action\": \"tick\"} or "
            + String.join(", ", DirectHandling.ACTIONS));
  }
}
