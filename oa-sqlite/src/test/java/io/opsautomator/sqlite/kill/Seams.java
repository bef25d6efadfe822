package io.opsautomator.sqlite.kill;

import io.opsautomator.sqlite.kill.Pause.When;
import io.opsautomator.store.Executions;
import io.opsautomator.store.Store;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A store that tells, before and after each write, where the engine has come to. */
final class Seams {
  private static final Set<String> READS =
      Set.of(
          "find",
          "all",
          "due",
          "nextDue",
          "toWatch",
          "nextWatch",
          "history",
          "slices",
          "pages",
          "batches");

  private final Crossing crossing;

  private Seams(Crossing crossing) {
    this.crossing = crossing;
  }

  /** Stands in the engine's way for as long as it likes. */
  @FunctionalInterface
  interface Crossing {
    void at(String point, When when) throws InterruptedException;
  }

  static Store of(Store store, Crossing crossing) {
    Seams seams = new Seams(crossing);
    return proxy(
        Store.class,
        (method, given) -> {
          @Nullable Object part = invoke(store, method, given);
          return part != null && method.getReturnType().isInterface()
              ? seams.part(method, part)
              : part;
        });
  }

  @FunctionalInterface
  private interface Handler {
    @Nullable Object call(Method method, Object @Nullable [] given) throws Throwable;
  }

  private Object part(Method accessor, Object part) {
    return proxy(
        accessor.getReturnType(),
        (method, given) ->
            READS.contains(method.getName())
                ? invoke(part, method, given)
                : write(accessor.getName(), part, method, given));
  }

  private @Nullable Object write(String name, Object part, Method method, Object @Nullable [] given)
      throws Throwable {
    String point = name + "." + method.getName() + move(given);
    crossing.at(point, When.BEFORE);
    @Nullable Object answer = invoke(part, method, given);
    crossing.at(point, When.AFTER);
    return answer;
  }

  /** An execution advances in several ways. */
  private static String move(Object @Nullable [] given) {
    if (given != null && given[given.length - 1] instanceof Executions.Move move) {
      return "." + move.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }
    return "";
  }

  private static <T> T proxy(Class<T> type, Handler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, given) -> handler.call(method, given)));
  }

  private static @Nullable Object invoke(Object target, Method method, Object @Nullable [] given)
      throws Throwable {
    try {
      return method.invoke(target, given);
    } catch (InvocationTargetException thrown) {
      throw thrown.getTargetException();
    }
  }
}
