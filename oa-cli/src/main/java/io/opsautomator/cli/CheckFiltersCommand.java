package io.opsautomator.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsautomator.InvalidExpressionException;
import io.opsautomator.resource.TagFilter;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
    name = "filters",
    description = {
      "Says which tags a filter matches.",
      "In:  {\"expr\": \"Env=prod\", \"tags\": {\"Env\": \"prod\"}}",
      "Out: {\"expr\": \"Env=prod\", \"match\": true}",
      "What is not a filter is answered with \"error\"."
    },
    mixinStandardHelpOptions = true)
final class CheckFiltersCommand implements Callable<Integer> {
  private final Surroundings world;

  CheckFiltersCommand(Surroundings world) {
    this.world = world;
  }

  @Override
  public Integer call() throws IOException {
    return new JsonLines(world).answer(CheckFiltersCommand::answer);
  }

  private static Map<String, Object> answer(JsonNode question) {
    String expression = JsonLines.text(question, "expr");
    try {
      TagFilter filter = TagFilter.parse(expression);
      return Json.object("expr", expression, "match", filter.matches(tags(question)));
    } catch (InvalidExpressionException e) {
      return Json.object("expr", expression, "error", e.problem());
    }
  }

  private static Map<String, String> tags(JsonNode question) {
    JsonNode given = question.path("tags");
    if (!given.isObject()) {
      throw Failure.badInput("the field \"tags\" is wanted, an object of texts");
    }
    Map<String, String> tags = new HashMap<>();
    given.properties().forEach(tag -> tags.put(tag.getKey(), tag.getValue().asText()));
    return tags;
  }
}
