package io.opsautomator.benchmarks.filter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.burt.jmespath.Expression;
import io.burt.jmespath.jackson.JacksonRuntime;
import java.util.List;
import java.util.Map;

/** JMESPath over tags as AWS gives them: a list of keys and values. */
final class Jmespath implements FilterEngine {
  private final JacksonRuntime runtime = new JacksonRuntime();

  @Override
  public Expression<JsonNode> read(Question question) {
    return runtime.compile(question.jmespath);
  }

  @Override
  public Asked compile(Question question, List<Map<String, String>> resources) {
    return new Compiled(read(question), resources.stream().map(Jmespath::list).toList());
  }

  private static JsonNode list(Map<String, String> tags) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    tags.forEach((key, value) -> list.addObject().put("Key", key).put("Value", value));
    return list;
  }

  private record Compiled(Expression<JsonNode> expression, List<JsonNode> resources)
      implements Asked {
    @Override
    public boolean matches(int i) {
      return expression.search(resources.get(i)).booleanValue();
    }
  }
}
