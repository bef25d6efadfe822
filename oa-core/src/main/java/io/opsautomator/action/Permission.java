package io.opsautomator.action;

import java.util.Optional;
import java.util.Set;

/**
 * IAM operations an action calls, on which resources, and whether only when some parameter is set.
 * Immutable. Describe permissions of the selected type are added by the catalogue; {@code
 * ActionContract} proves the rest against real calls.
 */
public record Permission(Set<String> operations, String resource, Optional<String> onlyWith) {
  public Permission {
    operations = Set.copyOf(operations);
    for (String operation : operations) {
      if (!operation.matches("[a-z0-9-]+:[A-Za-z*]+")) {
        throw new IllegalArgumentException("not an IAM operation: " + operation);
      }
    }
  }

  /**
   * {@code resource} is an ARN with placeholders, such as {@code
   * arn:{partition}:ec2:{region}:{account}:instance/*}.
   */
  public static Permission on(String resource, String... operations) {
    return new Permission(Set.of(operations), resource, Optional.empty());
  }

  /** For operations that IAM cannot scope. */
  public static Permission anywhere(String... operations) {
    return on("*", operations);
  }

  /** Needed only by tasks that set this parameter. */
  public Permission onlyWith(String parameter) {
    return new Permission(operations, resource, Optional.of(parameter));
  }
}
