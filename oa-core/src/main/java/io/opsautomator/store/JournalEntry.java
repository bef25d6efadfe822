package io.opsautomator.store;

/**
 * One thing an action has learnt or done. Immutable; a journal only grows, but for the end that a
 * redrive cuts off.
 *
 * @param step the name that the action gave it
 * @param json the value, or the refusal; empty for an intent
 */
public record JournalEntry(String step, Stage stage, String json) {
  /** What the names of steps begin with that take others back. */
  public static final String UNDO = "undo/";

  /** The name of a mark, which is no step: behind it the action begins anew, so many times now. */
  public static final String AGAIN = "again/";

  /** Whether it is no step of the action's. */
  public boolean mark() {
    return step.equals(AGAIN);
  }

  public enum Stage {
    /** A read that decides. */
    FACT,
    /** A step that may be done at most once is about to be called. */
    INTENT,
    /** What a step came to. */
    DONE,
    /** The service said no to a step. */
    REFUSED,
    /** What a wait came to. */
    AWAITED
  }
}
