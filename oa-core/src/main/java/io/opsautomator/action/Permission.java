package io.opsautomator.action;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * IAM operations an action calls, on which resources, and whether only when some parameter is set.
 * Immutable. Describe permissions of the selected type are added by the catalogue; {@code
 * ActionContract} proves the rest against real calls.
 *
 * @param operations such as {@code ec2:StopInstances}; at least one
 * @param resource {@code *}, or an ARN with the placeholders {@code {partition}}, {@code {region}}
 *     and {@code {account}}
 * @param onlyWith the wire name of the parameter; the operations are needed only if a task sets it
 */
public record Permission(Set<String> operations, String resource, Optional<String> onlyWith) {
  private static final Pattern OPERATION = Pattern.compile("[a-z0-9-]+:[A-Za-z0-9*]+");
  private static final Pattern RESOURCE =
      Pattern.compile(
          "\\*|arn:\\{partition}:[a-z0-9-]+:(\\{region}|[a-z0-9*-]*):(\\{account}|[a-z0-9*]*):[^{}]+");

  public Permission {
    operations = Set.copyOf(operations);
    if (operations.isEmpty()) {
      throw new IllegalArgumentException("a permission without an operation, on " + resource);
    }
    for (String operation : operations) {
      if (!OPERATION.matcher(operation).matches()) {
        throw new IllegalArgumentException("not an IAM operation: " + operation);
      }
    }
    if (!isResource(resource)) {
      throw new IllegalArgumentException(
          "not '*' and not an ARN such as arn:{partition}:ec2:{region}:{account}:instance/*: "
              + resource);
    }
  }

  /** The name is seen with its placeholders filled in: an alternation in a loop costs stack. */
  private static boolean isResource(String resource) {
    int name = nthColon(resource, 5) + 1;
    String filled =
        resource.substring(0, name)
            + resource
                .substring(name)
                .replace("{partition}", "-")
                .replace("{region}", "-")
                .replace("{account}", "-");
    return RESOURCE.matcher(filled).matches();
  }

  private static int nthColon(String text, int n) {
    int at = -1;
    for (int i = 0; i < n; i++) {
      at = text.indexOf(':', at + 1);
      if (at < 0) {
        return -1;
      }
    }
    return at;
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
