package io.opsautomator.aws.deployment;

import io.opsautomator.action.ParameterSchema.Violation;
import java.util.List;
import java.util.stream.Collectors;

/** An environment that describes no deployment: tells everything that is wrong with it. */
public final class InvalidDeploymentException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  // Held by the message as well; not worth making violations serializable.
  private final transient List<Violation> violations;

  InvalidDeploymentException(List<Violation> violations) {
    super(
        violations.stream()
            .map(violation -> violation.field() + ": " + violation.problem())
            .collect(Collectors.joining("\n", "The environment describes no deployment:\n", "")));
    this.violations = List.copyOf(violations);
  }

  /** At least one; the field is the variable's name. */
  public List<Violation> violations() {
    return violations;
  }
}
