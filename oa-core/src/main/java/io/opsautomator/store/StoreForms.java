package io.opsautomator.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/**
 * How the forms of stored items have changed, so that what earlier programs wrote can be read.
 *
 * <p>Version 2: an execution has a list of {@code grants} where it had at most one {@code grant}; a
 * run has a {@code drive}. Other fields that were added need nothing here: missing, they are empty,
 * zero or false.
 */
final class StoreForms {
  /**
   * Statuses in which an execution has no slot; in version 1 a grant that it had given up stayed.
   */
  private static final Set<String> WITHOUT_SLOT = Set.of("READY", "WAITING");

  private StoreForms() {}

  /** The item as version {@link StoreCodec#VERSION} writes it; changes {@code item}. */
  static JsonNode broughtForward(Class<?> type, JsonNode item, int version) {
    if (version < 2 && item instanceof ObjectNode fields) {
      if (type == Execution.class) {
        listGrants(fields);
      } else if (type == Run.class) {
        fields.putObject("drive");
      }
    }
    return item;
  }

  private static void listGrants(ObjectNode execution) {
    JsonNode grant = execution.path("grant");
    ArrayNode grants = execution.putArray("grants");
    if (grant.isObject() && !WITHOUT_SLOT.contains(execution.path("status").asText())) {
      grants.add(grant);
    }
  }
}
