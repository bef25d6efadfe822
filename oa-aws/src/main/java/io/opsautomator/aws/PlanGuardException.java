package io.opsautomator.aws;

/**
 * An operation that may change something was called outside of an effect: while planning, selecting
 * or checking, or around the journal. A programming error in an action; nothing was called.
 */
public final class PlanGuardException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  PlanGuardException(String operation) {
    super(
        operation
            + " is not on the list of reads and no effect is running: put it into an effect, such"
            + " as effects().idempotent(name, () -> ...), so that plans list it and the journal"
            + " knows of it");
  }
}
