package io.opsautomator.benchmarks.filter;

import java.util.List;
import java.util.Map;
import org.springframework.expression.EvaluationContext;
import org.springframework.expression.Expression;
import org.springframework.expression.spel.SpelCompilerMode;
import org.springframework.expression.spel.SpelParserConfiguration;
import org.springframework.expression.spel.standard.SpelCompiler;
import org.springframework.expression.spel.standard.SpelExpressionParser;
import org.springframework.expression.spel.support.StandardEvaluationContext;

/**
 * SpEL with the map of tags as its root. It does not compile its own operator for regular
 * expressions, so compiled there are two ways: with that operator, interpreted, in the one question
 * that needs it, or with a pattern of Java's in a method.
 */
final class Spel implements FilterEngine {
  private static final String OPERATOR = "get('Name') matches 'web-[0-9]+.*'";
  private static final String METHOD = "helper.isNumberedWeb(get('Name'))";

  private final Mode mode;
  private final SpelExpressionParser parser;

  Spel(Mode mode) {
    this.mode = mode;
    SpelCompilerMode compiler =
        mode == Mode.INTERPRETED ? SpelCompilerMode.OFF : SpelCompilerMode.MIXED;
    this.parser =
        new SpelExpressionParser(
            new SpelParserConfiguration(compiler, Spel.class.getClassLoader()));
  }

  @Override
  public Expression read(Question question) {
    return parser.parseExpression(text(question));
  }

  @Override
  public Asked compile(Question question, List<Map<String, String>> resources) {
    Asking asked = new Asking(read(question), new StandardEvaluationContext(), resources);
    if (mode == Mode.WITH_JAVA || (mode == Mode.COMPILED && question != Question.REGEX)) {
      compile(asked);
    }
    return asked;
  }

  /** It learns the types from answers, so it can be compiled only after some. */
  private static void compile(Asking asked) {
    for (int i = 0; i < asked.resources.size(); i++) {
      asked.matches(i);
    }
    if (!SpelCompiler.compile(asked.expression)) {
      throw new IllegalStateException("not compiled: " + asked.expression.getExpressionString());
    }
  }

  private String text(Question question) {
    String text = question.java.replace("(tags,", "(#root,").replace("tags.", "");
    return (mode == Mode.WITH_JAVA ? text.replace(OPERATOR, METHOD) : text)
        .replace("helper.", "T(" + TagHelper.class.getName() + ").");
  }

  enum Mode {
    INTERPRETED,
    COMPILED,
    WITH_JAVA
  }

  private record Asking(
      Expression expression, EvaluationContext context, List<Map<String, String>> resources)
      implements Asked {
    @Override
    public boolean matches(int i) {
      return Boolean.TRUE.equals(expression.getValue(context, resources.get(i)));
    }
  }
}
