package io.opsautomator.aws.budget;

import java.util.HashMap;
import java.util.Map;

/**
 * What is counted together: a service's reads, its changes, and operations that have a bucket of
 * their own. EC2's numbers are those of "Request throttling for the Amazon EC2 API" in the Amazon
 * EC2 Developer Guide (request token bucket sizes and refill rates); accounts may have others,
 * which is why they are only where learning begins. Other services do not state theirs; a small
 * number is assumed. Immutable.
 *
 * @param name {@code read}, {@code mutate}, or the operation
 */
record OperationClass(String service, String name) {
  static final String READ = "read";
  static final String MUTATE = "mutate";

  private static final Rate ANY_READ = new Rate(10, 20);
  private static final Rate ANY_CHANGE = new Rate(5, 10);
  private static final Map<OperationClass, Rate> DOCUMENTED = new HashMap<>();

  static {
    known("ec2", READ, new Rate(20, 100));
    known("ec2", MUTATE, new Rate(5, 50));
    known("ec2", "CreateTags", new Rate(10, 100));
    known("ec2", "DeleteTags", new Rate(10, 100));
    known("ec2", "CreateSnapshot", new Rate(5, 100));
    known("ec2", "CreateSnapshots", new Rate(5, 100));
    known("ec2", "DeleteSnapshot", new Rate(5, 100));
    known("ec2", "TerminateInstances", new Rate(5, 100));
    known("ec2", "RunInstances", new Rate(2, 5));
    known("ec2", "StartInstances", new Rate(2, 5));
  }

  private static void known(String service, String name, Rate rate) {
    DOCUMENTED.put(new OperationClass(service, name), rate);
  }

  /**
   * @param own further operations with a bucket of their own
   */
  static OperationClass of(BudgetedCall call, Map<OperationClass, Rate> own) {
    OperationClass named = new OperationClass(call.service(), call.operation());
    if (own.containsKey(named) || DOCUMENTED.containsKey(named)) {
      return named;
    }
    return new OperationClass(call.service(), call.read() ? READ : MUTATE);
  }

  Rate documented() {
    return DOCUMENTED.getOrDefault(this, name.equals(READ) ? ANY_READ : ANY_CHANGE);
  }

  /** Such as {@code ec2/read}. */
  @Override
  public String toString() {
    return service + "/" + name;
  }
}
