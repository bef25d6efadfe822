package io.opsautomator.engine.internal;

import io.opsautomator.store.Budgets;
import io.opsautomator.store.Executions;
import io.opsautomator.store.Gates;
import io.opsautomator.store.Runs;
import io.opsautomator.store.Selections;
import io.opsautomator.store.Store;
import io.opsautomator.store.StoreException;
import io.opsautomator.store.Tasks;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Counts what is asked of a store, by interface and method, and dies on demand just after a call.
 */
final class CountingStore implements Store {
  static final class Death extends Error {
    private static final long serialVersionUID = 1L;
  }

  private final Store store;
  final Map<String, Integer> calls = new TreeMap<>();
  private final Map<String, Integer> failures = new TreeMap<>();
  private final Map<String, Runnable> meanwhile = new TreeMap<>();

  /** Happens with every purge. */
  Runnable purging = () -> {};

  private String fatal = "";
  private int spared;

  CountingStore(Store store) {
    this.store = store;
  }

  /** The next call of this name is the last that its process makes. */
  void dieAfter(String call) {
    dieAfter(call, 0);
  }

  /** So many more calls of this name are made before the last. */
  void dieAfter(String call, int more) {
    fatal = call;
    spared = more;
  }

  /** Something happens just before the next call of this name. */
  void beforeNext(String call, Runnable what) {
    meanwhile.put(call, what);
  }

  /** The next calls of this name, so many, fail without having done anything. */
  void failNext(String call, int times) {
    failures.put(call, times);
  }

  private boolean fails(String call) {
    return failures.merge(call, -1, Integer::sum) >= 0;
  }

  int count(String call) {
    return calls.getOrDefault(call, 0);
  }

  private <T> T counted(Class<T> type, T target) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              String name = type.getSimpleName() + "." + method.getName();
              calls.merge(name, 1, Integer::sum);
              Optional.ofNullable(meanwhile.remove(name)).ifPresent(Runnable::run);
              if (fails(name)) {
                throw new StoreException("the disk does not answer: " + name);
              }
              Object answer;
              try {
                answer = method.invoke(target, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
              if (name.equals(fatal) && spared-- == 0) {
                fatal = "";
                throw new Death();
              }
              return answer;
            }));
  }

  @Override
  public Tasks tasks() {
    return counted(Tasks.class, store.tasks());
  }

  @Override
  public Runs runs() {
    return counted(Runs.class, store.runs());
  }

  @Override
  public Selections selections() {
    return counted(Selections.class, store.selections());
  }

  @Override
  public Executions executions() {
    return counted(Executions.class, store.executions());
  }

  @Override
  public Gates gates() {
    return counted(Gates.class, store.gates());
  }

  @Override
  public Budgets budgets() {
    return counted(Budgets.class, store.budgets());
  }

  @Override
  public int purge(Instant endedBefore, int atMost) {
    calls.merge("purge", 1, Integer::sum);
    purging.run();
    return store.purge(endedBefore, atMost);
  }

  @Override
  public void close() {
    store.close();
  }
}
