package io.opsautomator.action.internal;

import io.opsautomator.action.Completion;
import io.opsautomator.action.Effects;
import io.opsautomator.action.RefusedException;
import io.opsautomator.action.Result;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Effects whose steps have longer names, so that what takes a step back cannot be mistaken for
 * another step.
 */
record PrefixedEffects(Effects effects, String prefix) implements Effects {

  @Override
  public <T> T fact(String name, Class<T> type, Supplier<T> read) {
    return effects.fact(prefix + name, type, read);
  }

  @Override
  public <T> Result<T> idempotent(String name, Class<T> type, Supplier<T> call) {
    return effects.idempotent(prefix + name, type, call);
  }

  @Override
  public <T> Result<T> withToken(String name, Class<T> type, Function<String, T> call) {
    return effects.withToken(prefix + name, type, call);
  }

  @Override
  public <T> Result<T> probed(
      String name, Class<T> type, Function<String, Optional<T>> probe, Function<String, T> call) {
    return effects.probed(prefix + name, type, probe, call);
  }

  @Override
  public <T> Result<T> atMostOnce(String name, Class<T> type, Supplier<T> call) {
    return effects.atMostOnce(prefix + name, type, call);
  }

  @Override
  public <C> Result<C> firstAccepted(
      String name, List<C> candidates, Predicate<RefusedException> next, Consumer<C> attempt) {
    return effects.firstAccepted(prefix + name, candidates, next, attempt);
  }

  @Override
  public <T> Result<T> await(Completion<T> completion) {
    return effects.await(completion.named(prefix + completion.name()));
  }
}
