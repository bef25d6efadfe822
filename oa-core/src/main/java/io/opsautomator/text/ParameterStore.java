package io.opsautomator.text;

import java.util.Map;
import java.util.Set;

/**
 * Where the values of {@code {ssm:NAME}} come from. It only reads. An implementation is free to
 * throw the exceptions of {@code io.opsautomator.action}; they pass through the template that
 * asked.
 */
@FunctionalInterface
public interface ParameterStore {
  /** Knows no parameter. */
  ParameterStore NONE = names -> Map.of();

  /**
   * The values of these parameters, those of a list joined by commas. Called at most once a
   * template, and not at all for one that names no parameter.
   *
   * @param names never empty, without the {@code ssm:}; may be more than a service takes in one
   *     call
   * @return what was found; placeholders of the others stay as they are
   */
  Map<String, String> lookUp(Set<String> names);
}
