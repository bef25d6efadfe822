package io.opsautomator.templategen;

import io.opsautomator.action.ActionMetadata;
import java.util.List;

/** An action says something of itself that no template can be made of; tells everything. */
public final class InvalidMetadataException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  InvalidMetadataException(ActionMetadata<?> action, List<String> problems, Throwable cause) {
    super(message(action, problems), cause);
    this.problems = List.copyOf(problems);
  }

  InvalidMetadataException(ActionMetadata<?> action, List<String> problems) {
    super(message(action, problems));
    this.problems = List.copyOf(problems);
  }

  private static String message(ActionMetadata<?> action, List<String> problems) {
    return "No template can be made of action "
        + action.name()
        + " (parameters "
        + action.defaults().getClass().getName()
        + "): "
        + String.join("; ", problems);
  }

  /** Each names the parameter, its value, and what is allowed. */
  public List<String> problems() {
    return problems;
  }
}
