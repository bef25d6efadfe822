package io.opsautomator.ecs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The grammar of OpenMetrics text 1.0.0, as far as its lines go: the end mark, declared families in
 * one piece, the endings that each type allows, labels and their escapes, numbers.
 */
final class OpenMetricsGrammar {
  private static final String NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
  private static final String LABEL = "[a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\"\\\\\\n]|\\\\[\\\\\"n])*\"";
  private static final String NUMBER = "[+-]?(?:[0-9]+(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|Inf|NaN)";
  private static final Pattern SAMPLE =
      Pattern.compile(
          "("
              + NAME
              + ")(?:\\{(?:"
              + LABEL
              + "(?:,"
              + LABEL
              + ")*)?\\})? ("
              + NUMBER
              + ")(?: "
              + NUMBER
              + ")?");
  private static final Pattern DECLARED =
      Pattern.compile("# (TYPE|UNIT|HELP) (" + NAME + ")(?: (.*))?");
  private static final Map<String, Set<String>> ENDINGS =
      Map.of(
          "counter", Set.of("_total", "_created"),
          "gauge", Set.of(""),
          "histogram", Set.of("_bucket", "_count", "_sum", "_created"),
          "summary", Set.of("", "_count", "_sum", "_created"),
          "info", Set.of("_info"),
          "unknown", Set.of(""));

  private final List<String> wrong = new ArrayList<>();
  private final Set<String> families = new HashSet<>();
  private final Map<String, String> series = new HashMap<>();
  private String family = "";
  private String type = "unknown";

  private OpenMetricsGrammar() {}

  static List<String> violations(String text) {
    OpenMetricsGrammar grammar = new OpenMetricsGrammar();
    if (!text.endsWith("\n# EOF\n")) {
      grammar.wrong.add("it does not end with # EOF");
    }
    text.substring(0, Math.max(0, text.length() - "# EOF\n".length()))
        .lines()
        .forEach(grammar::line);
    return grammar.wrong;
  }

  private void line(String line) {
    Matcher declared = DECLARED.matcher(line);
    Matcher sample = SAMPLE.matcher(line);
    if (declared.matches()) {
      declare(line, declared);
    } else if (sample.matches()) {
      sample(line, sample.group(1));
    } else {
      wrong.add("neither a declaration nor a sample: " + line);
    }
  }

  private void declare(String line, Matcher declared) {
    if (!declared.group(2).equals(family)) {
      family = declared.group(2);
      type = "unknown";
      if (!families.add(family)) {
        wrong.add("a family in two pieces: " + line);
      }
    }
    if (declared.group(1).equals("TYPE")) {
      type = declared.group(3);
      if (!ENDINGS.containsKey(type)) {
        wrong.add("no such type: " + line);
      }
    }
    if (declared.group(1).equals("UNIT") && !family.endsWith("_" + declared.group(3))) {
      wrong.add("the name does not end with its unit: " + line);
    }
  }

  private void sample(String line, String name) {
    boolean ours =
        ENDINGS.getOrDefault(type, Set.of()).stream()
            .anyMatch(ending -> name.equals(family + ending));
    if (!ours) {
      wrong.add("not a sample of the " + type + " " + family + ": " + line);
    }
    String key = line.substring(0, line.lastIndexOf(' '));
    if (series.put(key, line) != null) {
      wrong.add("twice: " + line);
    }
  }
}
