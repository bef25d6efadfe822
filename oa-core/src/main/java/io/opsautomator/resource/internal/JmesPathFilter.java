package io.opsautomator.resource.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.burt.jmespath.Expression;
import io.burt.jmespath.JmesPathException;
import io.burt.jmespath.jackson.JacksonRuntime;
import io.burt.jmespath.parser.ParseError;
import io.burt.jmespath.parser.ParseException;
import io.opsautomator.InvalidExpressionException;
import java.util.Iterator;
import java.util.Optional;

/**
 * A compiled JMESPath expression. The only class that needs the library, so that without it
 * everything works but filters of attributes. Immutable and thread-safe.
 */
final class JmesPathFilter {
  private static final JacksonRuntime RUNTIME = new JacksonRuntime();

  private final Expression<JsonNode> compiled;

  private JmesPathFilter(Expression<JsonNode> compiled) {
    this.compiled = compiled;
  }

  static JmesPathFilter compile(String text) {
    try {
      return new JmesPathFilter(RUNTIME.compile(text));
    } catch (ParseException e) {
      Iterator<ParseError> errors = e.iterator();
      ParseError first = errors.next();
      String hint = hint(text, first);
      throw new InvalidExpressionException(text, first.position(), problem(first) + hint, e);
    } catch (JmesPathException | StackOverflowError e) {
      throw new InvalidExpressionException(text, 0, "this cannot be compiled: " + e, e);
    }
  }

  /** Without the signs that could follow: there are many, and few of them would help. */
  private static String problem(ParseError error) {
    String message = error.message().replaceFirst("^syntax error ", "");
    int expecting = message.indexOf(" expecting {");
    return (expecting < 0 ? message : message.substring(0, expecting)).replace("'<EOF>'", "end");
  }

  private static String hint(String text, ParseError error) {
    String rest = text.substring(Math.min(error.position(), text.length())).strip();
    if (rest.startsWith("=") && !rest.startsWith("==")) {
      return "; 'equals' is written ==";
    }
    return rest.matches("(?s)-?[0-9].*") ? "; a number is written `100`" : "";
  }

  /**
   * Empty if the value is true as JMESPath has it; else why not: nothing more to say, or what is
   * wrong with the value for this expression.
   */
  Optional<String> refuses(JsonNode value) {
    try {
      return RUNTIME.isTruthy(compiled.search(value)) ? Optional.empty() : Optional.of("");
    } catch (JmesPathException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
