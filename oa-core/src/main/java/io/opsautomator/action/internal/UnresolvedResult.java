package io.opsautomator.action.internal;

import io.opsautomator.action.Effects;
import io.opsautomator.action.Outcome;
import io.opsautomator.action.Result;
import io.opsautomator.action.internal.Leave.Why;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Of a step that may have been done, while all is to be taken back. Only when it turns out to have
 * an inverse is it made again, for what it comes to; one without is left as it is. Whoever wants to
 * know what it came to has not gone further, or the journal would know.
 *
 * @param step makes it
 */
record UnresolvedResult<T>(Supplier<Result<T>> step) implements Result<T> {
  /** Of a step that turned out to have none when all was taken back before. */
  static <T> UnresolvedResult<T> withoutInverse() {
    return new UnresolvedResult<>(
        () -> {
          throw new Leave.Stopped(Why.DIVERGED, "a step has an inverse that it had not before");
        });
  }

  @Override
  public T get() {
    throw Calls.replayed();
  }

  @Override
  public Result<T> undo(Runnable inverse) {
    return step.get().undo(inverse);
  }

  @Override
  public Result<T> undo(BiConsumer<? super T, Effects> inverse) {
    return step.get().undo(inverse);
  }

  @Override
  public Outcome outcome(Function<? super T, Outcome> conclusion) {
    throw Calls.replayed();
  }
}
