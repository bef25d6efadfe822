package io.opsautomator.benchmarks.filter;

import dev.cel.common.CelValidationException;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.List;
import java.util.Map;

/** CEL with the map of tags as a typed variable. */
final class Cel implements FilterEngine {
  private final CelCompiler compiler =
      CelCompilerFactory.standardCelCompilerBuilder()
          .setStandardMacros(CelStandardMacro.EXISTS)
          .addVar("tags", MapType.create(SimpleType.STRING, SimpleType.STRING))
          .setResultType(SimpleType.BOOL)
          .build();
  private final CelRuntime runtime = CelRuntimeFactory.standardCelRuntimeBuilder().build();

  @Override
  public Asked compile(Question question, List<Map<String, String>> resources) {
    return new Compiled(
        read(question), resources.stream().map(tags -> Map.of("tags", tags)).toList());
  }

  @Override
  public CelRuntime.Program read(Question question) {
    try {
      return runtime.createProgram(compiler.compile(question.cel).getAst());
    } catch (CelValidationException | CelEvaluationException e) {
      throw new IllegalArgumentException(question.cel, e);
    }
  }

  private record Compiled(
      CelRuntime.Program program, List<Map<String, Map<String, String>>> variables)
      implements Asked {
    @Override
    public boolean matches(int i) {
      try {
        return (Boolean) program.eval(variables.get(i));
      } catch (CelEvaluationException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
