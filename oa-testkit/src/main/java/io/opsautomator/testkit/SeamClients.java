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
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.SdkRequest;

/** An estate's guarded clients, on which the calls of effects pass a {@link Seam}. */
final class SeamClients implements AwsClients {
  private final Estate estate;
  private final Seam seam;
  private final CallRecorder recorder;

  SeamClients(Estate estate, Seam seam, CallRecorder recorder) {
    this.estate = estate;
    this.seam = seam;
    this.recorder = recorder;
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
