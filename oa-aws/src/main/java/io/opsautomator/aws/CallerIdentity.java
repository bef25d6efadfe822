package io.opsautomator.aws;

import io.opsautomator.resource.Scope;

/**
 * As whom this process calls. Immutable.
 *
 * @param partition such as {@code aws}, {@code aws-cn} or {@code aws-us-gov}
 */
public record CallerIdentity(Scope.AccountId account, String arn, String partition) {
  static CallerIdentity of(String account, String arn) {
    return new CallerIdentity(new Scope.AccountId(account), arn, arn.split(":", 3)[1]);
  }
}
