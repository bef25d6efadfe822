package io.opsautomator.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opsautomator.action.Action;
import io.opsautomator.action.ActionCatalog;
import io.opsautomator.action.ParameterSchema;
import io.opsautomator.sqlite.SqliteStore.Item;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is stored, made fit to be shown: the engine needs the secret parameters of a task, and so
 * they are in what it stores.
 *
 * <p>Which parameters are secret, their action says. So all items are looked through twice: first
 * for definitions of tasks, to learn the secrets in them; then each is shown with those masked
 * wherever they appear, be it in the definition, in a key, or in a text that something else has put
 * together. Of an action that is not installed here nothing is known, so all its parameters are
 * taken for secret. JSON within texts is shown as JSON.
 */
final class Redaction {
  private static final String DEFINITION = "definition";
  private static final String PARAMETERS = "parameters";

  /** Fields whose text is JSON of the engine's or an action's own. */
  private static final Set<String> NESTED = Set.of(DEFINITION, "payload", "outcome", "json");

  /** Fewer characters are no secret; to mask them everywhere would leave nothing to read. */
  private static final int SHORTEST = 3;

  private final ActionCatalog actions;

  /** The longest first: one may be the beginning of another. */
  private final Set<String> secrets =
      new TreeSet<>(
          Comparator.comparingInt(String::length)
              .reversed()
              .thenComparing(Comparator.naturalOrder()));

  Redaction(ActionCatalog actions) {
    this.actions = actions;
  }

  /** For every item, before any is shown. */
  void learn(Item item) {
    item.json().map(Json::read).ifPresent(this::learn);
  }

  private void learn(JsonNode json) {
    for (JsonNode field : json.findValues(DEFINITION)) {
      nested(field).ifPresent(this::learnFrom);
    }
  }

  private void learnFrom(JsonNode definition) {
    definition.path(PARAMETERS).properties().stream()
        .filter(parameter -> secret(definition, parameter.getKey()))
        .forEach(parameter -> collect(parameter.getValue()));
  }

  private boolean secret(JsonNode definition, String parameter) {
    Optional<Action<?>> action = actions.find(definition.path("action").asText());
    return action.isEmpty()
        || ParameterSchema.of(action.get().metadata().defaults())
            .field(parameter)
            .map(field -> field.about().secret())
            .orElse(true);
  }

  private void collect(JsonNode value) {
    if (value.isContainerNode()) {
      value.forEach(this::collect);
    } else if (!value.isBoolean() && value.asText().strip().length() >= SHORTEST) {
      secrets.add(value.asText());
      secrets.add(value.asText().strip());
    }
  }

  /** With what is found by its key, and {@code damaged} in place of what cannot be read. */
  Map<String, Object> shown(Item item) {
    ObjectNode key = JsonNodeFactory.instance.objectNode();
    item.key().forEach((name, value) -> key.put(name, masked(value)));
    Optional<JsonNode> json = item.json().map(Json::read).map(this::shown);
    return Json.object(
        "kind",
        item.kind(),
        "key",
        key,
        "item",
        json,
        "damaged",
        json.isPresent() ? Optional.empty() : Optional.of(true));
  }

  private JsonNode shown(JsonNode node) {
    if (node instanceof ObjectNode object) {
      return shown(object);
    }
    if (node instanceof ArrayNode array) {
      ArrayNode shown = JsonNodeFactory.instance.arrayNode();
      array.forEach(element -> shown.add(shown(element)));
      return shown;
    }
    return secrets.stream().anyMatch(node.asText()::contains)
        ? JsonNodeFactory.instance.textNode(masked(node.asText()))
        : node;
  }

  private ObjectNode shown(ObjectNode object) {
    ObjectNode shown = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      String name = field.getKey();
      JsonNode value =
          NESTED.contains(name)
              ? nested(field.getValue()).orElse(field.getValue())
              : field.getValue();
      shown.set(
          masked(name),
          name.equals(DEFINITION) && value instanceof ObjectNode definition
              ? definition(definition)
              : shown(value));
    }
    return shown;
  }

  private ObjectNode definition(ObjectNode definition) {
    ObjectNode shown = shown(definition);
    List<String> hidden = new ArrayList<>();
    definition
        .path(PARAMETERS)
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (secret(definition, name)) {
                hidden.add(name);
              }
            });
    if (shown.get(PARAMETERS) instanceof ObjectNode parameters) {
      hidden.forEach(name -> parameters.put(name, ParameterSchema.MASK));
    }
    return shown;
  }

  private static Optional<JsonNode> nested(JsonNode text) {
    if (!text.isTextual()) {
      return Optional.of(text);
    }
    try {
      return Optional.of(Json.read(text.asText()));
    } catch (Failure notJson) {
      return Optional.empty();
    }
  }

  private String masked(String text) {
    String shown = text;
    for (String secret : secrets) {
      shown = shown.replace(secret, ParameterSchema.MASK);
    }
    return shown;
  }
}
