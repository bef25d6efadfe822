package io.opsautomator.ecs;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens to the signals that ask a process to end - TERM, INT and HUP - in the place of the
 * virtual machine, so that the process ends in its own order and with a status of its own. The
 * second signal ends it at once: whoever asks twice is in a hurry.
 *
 * <p>The platform has this in {@code sun.misc.Signal} only, which compilers warn of whatever one
 * says; hence the reflection. Where there is none, the virtual machine goes on to handle them.
 * Signals that the process was started to ignore stay ignored. Thread-safe.
 */
public final class StopSignals implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StopSignals.class);
  private static final List<String> NAMES = List.of("TERM", "INT", "HUP");

  private final CountDownLatch asked = new CountDownLatch(1);
  private final IntConsumer inAHurry;
  private final Runnable first;
  private final Map<Object, Object> before = new LinkedHashMap<>();

  private StopSignals(Runnable first, IntConsumer inAHurry) {
    this.first = first;
    this.inAHurry = inAHurry;
  }

  /**
   * Begins to listen.
   *
   * @param first is run at the first signal, on a thread of its own
   */
  public static StopSignals listening(Runnable first) {
    return listening(first, number -> Runtime.getRuntime().halt(128 + number));
  }

  static StopSignals listening(Runnable first, IntConsumer inAHurry) {
    StopSignals signals = new StopSignals(first, inAHurry);
    NAMES.forEach(signals::listen);
    return signals;
  }

  private void listen(String name) {
    try {
      Class<?> type = Class.forName("sun.misc.Signal");
      Object signal = type.getConstructor(String.class).newInstance(name);
      int number = (int) type.getMethod("getNumber").invoke(signal);
      before.put(signal, handle(signal, handler(number)));
    } catch (InvocationTargetException notHere) { // Windows has no HUP.
      LOG.debug("Signal {} is not listened to", name, notHere);
    } catch (ReflectiveOperationException e) {
      LOG.info("Signal {} is left to the virtual machine", name, e);
    }
  }

  private Object handler(int number) throws ClassNotFoundException {
    Class<?> type = Class.forName("sun.misc.SignalHandler");
    return Proxy.newProxyInstance(
        StopSignals.class.getClassLoader(),
        new Class<?>[] {type},
        (proxy, method, arguments) -> {
          switch (method.getName()) {
            case "handle" -> heard(number);
            case "hashCode" -> {
              return number;
            }
            case "equals" -> {
              return proxy == arguments[0];
            }
            default -> {
              return "stops at signal " + number;
            }
          }
          return null;
        });
  }

  private static Object handle(Object signal, Object handler) throws ReflectiveOperationException {
    Class<?> type = Class.forName("sun.misc.SignalHandler");
    return signal
        .getClass()
        .getMethod("handle", signal.getClass(), type)
        .invoke(null, signal, handler);
  }

  /** As if the signal of this number had come. */
  void heard(int number) {
    if (stopping()) {
      inAHurry.accept(number);
      return;
    }
    asked.countDown();
    first.run();
  }

  /** Whether the process has been asked to end. */
  public boolean stopping() {
    return asked.getCount() == 0;
  }

  /** Returns when the process is asked to end. */
  public void await() throws InterruptedException {
    asked.await();
  }

  /** Leaves the signals to whom they belonged before. */
  @Override
  public void close() {
    before.forEach(
        (signal, handler) -> {
          try {
            handle(signal, handler);
          } catch (ReflectiveOperationException e) {
            LOG.warn("{} could not be given back", signal, e);
          }
        });
  }
}
