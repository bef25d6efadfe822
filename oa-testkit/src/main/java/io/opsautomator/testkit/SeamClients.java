package io.opsautomator.testkit;

import io.opsautomator.action.Invocation;
import io.opsautomator.aws.AwsClients;
import io.opsautomator.aws.CallRecorder;
import io.opsautomator.aws.ClientSource;
import io.opsautomator.aws.GuardedClients;
import io.opsautomator.resource.Scope;
import io.opsautomator.testkit.ActionHarness.Moment.When;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.SdkRequest;

/**
 * An estate's guarded clients, on which the calls of effects pass a {@link Seam}. Time stands still
 * while an action is at work; so one that asks again and again, until something has changed, would
 * do so for ever, and is stopped.
 */
final class SeamClients implements AwsClients {
  private static final int MOST_AT_ONE_INSTANT = 20_000;

  private final Estate estate;
  private final Seam seam;
  private final CallRecorder recorder;
  private Instant instant = Instant.MIN;
  private int callsAtIt;

  SeamClients(Estate estate, Seam seam, CallRecorder recorder) {
    this.estate = estate;
    this.seam = seam;
    this.recorder = recorder;
  }

  private void countCall(String operation) {
    if (!estate.now().equals(instant)) {
      instant = estate.now();
      callsAtIt = 0;
    }
    if (++callsAtIt > MOST_AT_ONE_INSTANT) {
      throw new AssertionError(
          "more than "
              + MOST_AT_ONE_INSTANT
              + " calls without letting go, the last "
              + operation
              + ": whoever waits in a loop holds a thread and misses its deadline; wait with"
              + " effects().await(Completion.when(...)), which is asked now and then");
    }
  }

  @Override
  public <C extends SdkClient> C client(Class<C> type, Invocation caller) {
    return new GuardedClients(crossing(caller)).listenedToBy(recorder).client(type, caller);
  }

  private ClientSource crossing(Invocation caller) {
    return new ClientSource() {
      @Override
      public <D extends SdkClient> D unguarded(Class<D> type, Scope scope) {
        D client = estate.client(type, scope, caller::mayMutate);
        InvocationHandler handler = (proxy, method, given) -> call(caller, client, method, given);
        return type.cast(
            Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
      }
    };
  }

  private @Nullable Object call(
      Invocation caller, SdkClient client, Method method, Object @Nullable [] given)
      throws Throwable {
    boolean operation = given != null && given.length > 0 && given[0] instanceof SdkRequest;
    if (operation) {
      countCall(method.getName());
    }
    if (!operation || !caller.mayMutate()) {
      return invoke(client, method, given);
    }
    String name = method.getName();
    String what = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    seam.cross(what, When.BEFORE);
    try {
      @Nullable Object answer = invoke(client, method, given);
      seam.cross(what, When.AFTER);
      return answer;
    } catch (RuntimeException refused) {
      seam.cross(what, When.AFTER);
      throw refused;
    }
  }

  private static @Nullable Object invoke(SdkClient client, Method method, Object @Nullable [] given)
      throws Throwable {
    try {
      return method.invoke(client, given);
    } catch (InvocationTargetException thrown) {
      throw thrown.getTargetException();
    }
  }
}
