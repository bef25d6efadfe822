package io.opsautomator.action.internal;

import io.opsautomator.action.Effects;
import io.opsautomator.action.Outcome;
import io.opsautomator.action.Result;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** A result that is in the journal, or will be with the next write. */
final class RecordedResult<T> implements Result<T> {
  private final ReplayingEffects effects;
  private final String step;
  private final int index;
  private final T value;

  RecordedResult(ReplayingEffects effects, String step, int index, T value) {
    this.effects = effects;
    this.step = step;
    this.index = index;
    this.value = value;
  }

  @Override
  public T get() {
    effects.seen(index);
    return value;
  }

  @Override
  public Result<T> undo(Runnable inverse) {
    effects.inverse(step, back -> back.idempotent("undo", inverse));
    return this;
  }

  @Override
  public Result<T> undo(BiConsumer<? super T, Effects> inverse) {
    effects.inverse(step, back -> inverse.accept(value, back));
    return this;
  }

  @Override
  public Outcome outcome(Function<? super T, Outcome> conclusion) {
    return conclusion.apply(value);
  }
}
