package io.opsautomator.action;

import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * What a step came to. A plan has no values: it may hand results on into later calls, which it does
 * not run, but {@link #get} ends it there, marked as open at this step. Not thread-safe.
 */
public interface Result<T> {
  T get();

  /**
   * How to take the step back: an idempotent call. Run newest first, by replaying the journal up to
   * where it ends.
   */
  Result<T> undo(Runnable inverse);

  /** How to take the step back with steps of its own; these too are journalled and may wait. */
  Result<T> undo(BiConsumer<? super T, Effects> inverse);

  /** Concludes from the value; in a plan a conclusion is not needed, so the plan stays whole. */
  Outcome outcome(Function<? super T, Outcome> conclusion);
}
