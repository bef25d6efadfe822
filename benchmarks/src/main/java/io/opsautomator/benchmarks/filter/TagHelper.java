package io.opsautomator.benchmarks.filter;

import java.util.Map;
import java.util.regex.Pattern;

/** What SpEL does not compile, written in Java. Public for the languages that call it. */
public final class TagHelper {
  private static final Pattern NUMBERED_WEB = Pattern.compile("web-[0-9]+");

  private TagHelper() {}

  /** Whether some tag's name begins like this. */
  public static boolean anyName(Map<String, String> tags, String start) {
    for (String name : tags.keySet()) {
      if (name.startsWith(start)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the value of a tag begins like the name of a numbered web server. */
  public static boolean isNumberedWeb(Object value) {
    return NUMBERED_WEB.matcher((String) value).lookingAt();
  }
}
