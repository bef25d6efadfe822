package io.opsautomator.action;

import io.opsautomator.resource.TagChanges;

/**
 * Ops Automator's placeholders, such as {@code {task}} or {@code {date}}; unknown ones stay as they
 * are. Immutable.
 */
public interface Texts {
  /**
   * These texts with one more placeholder, written {@code {placeholder}}.
   *
   * @param value a collection becomes its elements joined by commas, a map JSON, an empty {@code
   *     Optional} the empty text, anything else its {@code toString()}
   */
  Texts with(String placeholder, Object value);

  /** Free text: no tag grammar, so commas and equals signs survive. */
  String text(String template);

  /**
   * A tag list {@code name=value,…}; the value {@code {delete}} means removal. Commas may be part
   * of a value: what has no {@code =} belongs to the value before it.
   *
   * @throws io.opsautomator.InvalidExpressionException if a tag name is missing
   */
  TagChanges tags(String list);
}
