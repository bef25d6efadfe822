package io.opsautomator.resource.internal;

import io.opsautomator.resource.internal.Expression.Condition;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a comma list of conditions. A list that begins with a regular expression or has one for a
 * value is not split, as its commas may belong to it. Elements that are blank are skipped.
 */
public final class ListParser {
  private ListParser() {}

  /** What was read. */
  public record Parsed(List<Condition> conditions, List<String> warnings) {
    public Parsed {
      conditions = List.copyOf(conditions);
    }
  }

  /**
   * @throws io.opsautomator.InvalidExpressionException if the text is not such a list
   */
  public static Parsed parse(String source) {
    Lint lint = new Lint(false);
    List<Condition> conditions = new ArrayList<>();
    int start = 0;
    while (start <= source.length()) {
      int end = endOfElement(source, start);
      if (!source.substring(start, end).isBlank()) {
        conditions.add(ConditionReader.inList(source, start, end, lint).read());
      }
      start = end + 1;
    }
    if (conditions.stream().filter(Condition::negated).count() > 1) {
      lint.negatedTwice();
    }
    return new Parsed(conditions, lint.warnings());
  }

  private static int endOfElement(String source, int start) {
    boolean isSingle = source.stripLeading().startsWith("\\") || source.contains("=\\");
    int comma = isSingle ? -1 : source.indexOf(',', start);
    return comma < 0 ? source.length() : comma;
  }
}
