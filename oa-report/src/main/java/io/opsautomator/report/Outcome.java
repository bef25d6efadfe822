package io.opsautomator.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.opsautomator.store.Execution;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an execution was about and what came of it, in words. Immutable. */
record Outcome(String account, String region, List<String> resources, String code, String reason) {
  private static final JsonMapper JSON = new JsonMapper();

  /** As services name their errors, at the begin of a message or after an id. */
  private static final Pattern CODE =
      Pattern.compile("(?:^|[ :])([A-Z][a-z]+[A-Z][A-Za-z]{2,60}(?:\\.[A-Za-z]{2,60})?):");

  private static final Pattern VARYING = Pattern.compile("[a-z]+-[0-9a-f]{8,32}|[0-9]+");
  private static final int LONGEST = 160;
  private static final int SEARCHED = 2000;

  Outcome {
    resources = List.copyOf(resources);
  }

  static Outcome of(Execution execution) {
    JsonNode unit = read(execution.origin().payload());
    List<String> ids = new ArrayList<>();
    unit.path("resources").forEach(resource -> ids.add(resource.path("id").asText()));
    String told = execution.progress().outcome().orElse("");
    JsonNode outcome = told.startsWith("{") ? read(told) : MissingNode.getInstance();
    return new Outcome(
        unit.path("account").asText(),
        unit.path("region").asText(),
        ids,
        outcome.path("code").asText(),
        outcome.isMissingNode() ? told : outcome.path("reason").asText());
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  String where() {
    return account + "/" + region;
  }

  /** {@code i-1, i-2 and 8 more}. */
  String on() {
    int some = resources.size() <= 3 ? resources.size() : 2;
    String named = String.join(", ", resources.subList(0, some));
    return some == resources.size() ? named : named + " and " + (resources.size() - some) + " more";
  }

  /** What failures have in common that have failed for the same reason. */
  String cause() {
    if (!code.isEmpty()) {
      return code;
    }
    String begin = Words.cut(reason, SEARCHED);
    Matcher named = CODE.matcher(begin);
    if (named.find()) {
      return named.group(1);
    }
    String same = VARYING.matcher(begin).replaceAll("…");
    return same.isBlank() ? "no reason was given" : Words.cut(same, LONGEST);
  }
}
