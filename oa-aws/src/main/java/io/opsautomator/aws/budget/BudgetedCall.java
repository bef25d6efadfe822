package io.opsautomator.aws.budget;

import io.opsautomator.resource.Scope;

/**
 * One call that is about to be made. Immutable.
 *
 * @param service IAM's prefix, such as {@code ec2}
 * @param operation such as {@code DescribeInstances}
 * @param read whether it is known to change nothing
 * @param underWay whether it serves something that has begun, so that it goes before others
 */
public record BudgetedCall(
    Scope scope, String service, String operation, boolean read, boolean underWay) {

  @Override
  public String toString() {
    return service + ":" + operation + " in " + scope.key();
  }
}
