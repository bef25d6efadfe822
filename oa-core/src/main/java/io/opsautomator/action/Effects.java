package io.opsautomator.action;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The only way to change the world. Every step has a name, unique within the execution and built
 * only from parameters, resources and facts; what came of it is journalled as JSON of {@code type}
 * (a String, number, boolean, enum, or a record of those, lists and string maps) before the action
 * goes on.
 *
 * <p>Replay returns journalled values, and throws journalled {@link RefusedException}s, without
 * calling. An intent without result (we died in between) is resolved as each kind says. A plan runs
 * facts and lists steps; it calls none. Not thread-safe: belongs to the thread that runs {@code
 * execute}. Calls are retried by error class until the deadline.
 */
public interface Effects {
  enum Kind {
    IDEMPOTENT,
    WITH_TOKEN,
    PROBED,
    AT_MOST_ONCE,
    AWAIT
  }

  /**
   * A read that later decisions rest on: made once, journalled, and part of a plan's hash. Look
   * first, then act: a fact asked for after the first step ends a plan there, since that step might
   * have changed it.
   */
  <T> T fact(String name, Class<T> type, Supplier<T> read);

  /** In doubt: called again. */
  <T> Result<T> idempotent(String name, Class<T> type, Supplier<T> call);

  /**
   * In doubt: called again with the same token, derived from execution and name, which the service
   * deduplicates.
   */
  <T> Result<T> withToken(String name, Class<T> type, Function<String, T> call);

  /**
   * In doubt: {@code probe} looks whether it happened; empty for as long as the service may lag
   * means it did not, and the call is made. The same token goes to both, usually as a tag on what
   * is created.
   */
  <T> Result<T> probed(
      String name, Class<T> type, Function<String, Optional<T>> probe, Function<String, T> call);

  /** In doubt: the execution fails and says that nobody can know. The last resort. */
  <T> Result<T> atMostOnce(String name, Class<T> type, Supplier<T> call);

  /**
   * Tries candidates in order while what they do is refused and {@code next} agrees; a plan lists
   * all of them as alternatives.
   */
  <C> Result<C> firstAccepted(
      String name, List<C> candidates, Predicate<RefusedException> next, Consumer<C> attempt);

  /**
   * Waits without holding a thread or a Lambda (but keeping the slot): on "not yet", {@code
   * execute} is left here, by an {@code Error} that only the engine catches, and replayed at the
   * next look or when an awaited event arrives.
   */
  <T> Result<T> await(Completion<T> completion);

  default Result<Void> idempotent(String name, Runnable call) {
    return idempotent(name, Void.class, () -> none(call));
  }

  default Result<Void> atMostOnce(String name, Runnable call) {
    return atMostOnce(name, Void.class, () -> none(call));
  }

  private static Void none(Runnable call) {
    call.run();
    return null;
  }
}
