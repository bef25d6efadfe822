package io.opsautomator.fuzz;

import static io.opsautomator.fuzz.Claims.claim;

import io.opsautomator.InvalidExpressionException;
import io.opsautomator.resource.Scope;
import io.opsautomator.resource.TagChanges;
import io.opsautomator.text.Cleaning;
import io.opsautomator.text.Placeholders;
import io.opsautomator.text.TagTemplate;
import io.opsautomator.text.TextTemplate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Two lines: a template, and what its placeholder {@code {own}} stands for. Filling in is compared
 * with the obvious replacement of every {@code {name}}.
 */
final class TemplateFuzz {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]+)\\}");
  private static final Placeholders COMMON =
      Placeholders.at(Instant.parse("2020-01-02T03:04:05Z"), ZoneOffset.UTC)
          .in(Scope.of("111122223333", "eu-west-1"))
          .stack("ops")
          .task("T1", "id-7")
          .parameters(TemplateFuzz::parameters);
  private static final Map<String, String> KNOWN =
      Map.of("account", "111122223333", "region", "eu-west-1", "task", "T1", "stack", "ops");

  private TemplateFuzz() {}

  static void checkText(String input) {
    String[] lines = input.split("\n", 2);
    String own = lines.length > 1 ? lines[1] : "{ssm:secret},{task}";
    TextTemplate template = TextTemplate.parse(lines[0]);
    claim(TextTemplate.parse(template.toString()).equals(template), "does not read back");
    for (String name : template.placeholders()) {
      claim(!name.isEmpty() && name.indexOf('{') < 0 && name.indexOf('}') < 0, "name " + name);
    }
    String filled = template.fill(COMMON.with("own", own));
    Map<String, String> values = new HashMap<>(KNOWN);
    values.put("own", own);
    if (values.keySet().containsAll(template.placeholders())) {
      claim(filled.equals(replaced(lines[0], values)), "filled in as " + filled);
    }
    String clean = Cleaning.RESTRICTED.apply(filled);
    claim(Cleaning.RESTRICTED.apply(clean).equals(clean), "cleaning twice cleans more");
    claim(clean.codePointCount(0, clean.length()) == filled.codePoints().count(), "cut");
  }

  private static String replaced(String text, Map<String, String> values) {
    return PLACEHOLDER
        .matcher(text)
        .replaceAll((MatchResult m) -> Matcher.quoteReplacement(values.get(m.group(1))));
  }

  /** Only what the template itself names is ever looked up. */
  private static Map<String, String> parameters(Set<String> names) {
    claim(!names.contains("secret"), "a value made us read a parameter");
    Map<String, String> found = new HashMap<>();
    names.forEach(name -> found.put(name, "<" + name + ">"));
    return found;
  }

  static void checkTags(String input) {
    String[] lines = input.split("\n", 2);
    TagTemplate template;
    try {
      template = TagTemplate.parse(lines[0]);
    } catch (InvalidExpressionException e) {
      Claims.points(e, lines[0]);
      return;
    }
    claim(TagTemplate.parse(template.toString()).equals(template), "does not read back");
    try {
      String own = lines.length > 1 ? lines[1] : "a=b,c={delete}";
      TagChanges changes = template.fill(COMMON.with("own", own), Cleaning.RESTRICTED);
      long most = lines[0].chars().filter(c -> c == '=').count();
      claim(changes.set().size() + changes.remove().size() <= most, "a value became a tag");
      Map<String, String> after = changes.applyTo(Map.of("a", "x"));
      claim(changes.effectiveOn(after).isEmpty(), "applying twice changes more");
    } catch (IllegalArgumentException e) {
      claim(String.valueOf(e.getMessage()).contains("is empty once filled in"), "" + e);
    }
  }
}
