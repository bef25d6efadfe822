package io.opsautomator.benchmarks.filter;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.mvel2.MVEL;
import org.mvel2.ParserContext;

/** MVEL, compiled, with the map of tags as a typed variable. */
final class Mvel implements FilterEngine {
  @Override
  public Serializable read(Question question) {
    ParserContext context = new ParserContext();
    context.addImport("helper", TagHelper.class);
    context.addInput("tags", Map.class);
    return MVEL.compileExpression(question.java.replace(" matches ", " ~= "), context);
  }

  @Override
  public Asked compile(Question question, List<Map<String, String>> resources) {
    return new Compiled(
        read(question), resources.stream().map(tags -> Map.of("tags", tags)).toList());
  }

  private record Compiled(Serializable expression, List<Map<String, Map<String, String>>> variables)
      implements Asked {
    @Override
    public boolean matches(int i) {
      return Boolean.TRUE.equals(MVEL.executeExpression(expression, variables.get(i)));
    }
  }
}
