package io.opsautomator.action;

import java.util.Map;

/**
 * Ops Automator's placeholders, such as {@code {task}} or {@code {date}}; unknown ones stay as they
 * are. Immutable.
 */
public interface Texts {
  Texts with(String placeholder, String value);

  /** Free text: no tag grammar, so commas and equals signs survive. */
  String text(String template);

  /** A tag list {@code name=value,…}; the value {@code {delete}} means removal. */
  Map<String, String> tags(String list);
}
