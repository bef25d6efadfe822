package io.opsautomator.templategen.cloudformation;

import java.util.List;
import java.util.stream.Collectors;

/** A template is wrong; the message tells everything that is. */
public final class InvalidTemplateException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final transient List<Violation> violations;

  InvalidTemplateException(String template, List<Violation> violations) {
    super(
        "Template '"
            + template
            + "' is wrong: "
            + violations.stream().map(Violation::toString).collect(Collectors.joining("; ")));
    this.violations = List.copyOf(violations);
  }

  /** In the order of the template. */
  public List<Violation> violations() {
    return violations;
  }

  /**
   * One thing that is wrong.
   *
   * @param element where, such as {@code Resources.Task.Properties.Name}
   * @param problem the value, and what is allowed, in words
   */
  public record Violation(String element, String problem) {
    @Override
    public String toString() {
      return element + " " + problem;
    }
  }
}
