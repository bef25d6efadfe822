package io.opsautomator.testkit.simulation;

/** What a worker has asked of a store that takes several steps for it. Until it is answered. */
final class Operation {
  /** In place of the answer of a write that is told before its operation is over. */
  static final Object PENDING =
      new Object() {
        @Override
        public String toString() {
          return "pending";
        }
      };

  final Request request;

  /** Whether something has been told of it. */
  boolean told;

  Operation(Request request) {
    this.request = request;
  }
}
