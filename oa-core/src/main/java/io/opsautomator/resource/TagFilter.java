package io.opsautomator.resource;

import java.util.Map;

/**
 * A tag expression in compiled form (the parser's sealed tree is internal). Immutable; matching
 * never fails, never hangs.
 */
@FunctionalInterface
public interface TagFilter {
  boolean matches(Map<String, String> tags);

  /** The whole filter {@code *}: everything, tagged or not. */
  static TagFilter any() {
    return tags -> true;
  }

  /** Parses Ops Automator's expressions; a fault is told with a caret under it. */
  static TagFilter parse(String expression) {
    throw new UnsupportedOperationException("sketch: " + expression);
  }
}
