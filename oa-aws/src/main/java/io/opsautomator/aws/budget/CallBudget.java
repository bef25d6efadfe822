package io.opsautomator.aws.budget;

import io.opsautomator.action.Deadline;
import java.time.Duration;

/** Stands before every call. Thread-safe. */
public interface CallBudget {
  /** Everything at once. */
  CallBudget UNLIMITED =
      new CallBudget() {
        @Override
        public Duration admit(BudgetedCall call, Deadline deadline) {
          return Duration.ZERO;
        }

        @Override
        public void answered(BudgetedCall call, boolean throttled) {
          // There is nothing to learn for.
        }
      };

  /**
   * Returns when the call may be made, with how long that took; holds the thread until then. Who is
   * admitted makes the call, and tells {@link #answered} of it.
   *
   * @throws io.opsautomator.action.TransientException of the kind THROTTLED, with the code {@value
   *     ApiBudgets#SPENT}, if there is no turn before the deadline or within the patience that was
   *     set: certainly nothing was called
   */
  Duration admit(BudgetedCall call, Deadline deadline);

  /**
   * @param throttled whether the service turned it away for its rate
   */
  void answered(BudgetedCall call, boolean throttled);
}
