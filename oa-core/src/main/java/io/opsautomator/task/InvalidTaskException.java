package io.opsautomator.task;

import io.opsautomator.action.ParameterSchema.Violation;
import java.util.List;
import java.util.stream.Collectors;

/** A task that cannot be: tells everything that is wrong with it. */
public final class InvalidTaskException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  // Held by the message as well; not worth making violations serializable.
  private final transient List<Violation> violations;

  public InvalidTaskException(String task, List<Violation> violations) {
    super(
        violations.stream()
            .map(Violation::toString)
            .collect(Collectors.joining("\n", "Task '" + task + "' is not valid:\n", "")));
    this.violations = List.copyOf(violations);
  }

  /** At least one. */
  public List<Violation> violations() {
    return violations;
  }
}
