package io.opsautomator.store;

/**
 * One thing an action has learnt or done. Immutable; a journal only grows.
 *
 * @param step the name that the action gave it
 * @param json the value, or the refusal; empty for an intent
 */
public record JournalEntry(String step, Stage stage, String json) {
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
