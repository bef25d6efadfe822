package io.opsautomator.testkit.internal;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.core.SdkClient;

/**
 * A client of the estate that says by name what it does not know.
 *
 * <p>The interfaces of the SDK are full of default methods. Those that are operations throw without
 * a word unless the estate overrides them: they are answered here. All other defaults (consumers,
 * paginators) end in an operation, and run on the proxy so that it is looked at, too.
 */
public final class KnownCalls implements InvocationHandler {
  /** By method of a service's interface, of which the estate has one client. */
  private static final Map<Method, Boolean> OVERRIDDEN = new ConcurrentHashMap<>();

  private final SdkClient client;

  private KnownCalls(SdkClient client) {
    this.client = client;
  }

  /** The same client, for callers. */
  public static <C extends SdkClient> C in(Class<C> type, C client) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(), new Class<?>[] {type}, new KnownCalls(client)));
  }

  /** Such as {@code ec2:StopInstances}, of a class of this package. */
  public static SortedSet<String> of(Class<? extends SdkClient> client, String service) {
    SortedSet<String> known = new TreeSet<>();
    for (Method method : client.getDeclaredMethods()) {
      if (!method.isSynthetic() && isOperation(method)) {
        known.add(named(service, method));
      }
    }
    return known;
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] given)
      throws Throwable {
    if (OVERRIDDEN.computeIfAbsent(method, this::overridden)) {
      return onClient(method, given);
    }
    if (isOperation(method)) {
      throw unknown(method);
    }
    return InvocationHandler.invokeDefault(proxy, method, given);
  }

  private boolean overridden(Method method) {
    if (!method.isDefault()) {
      return true;
    }
    try {
      Class<?>[] parameters = method.getParameterTypes();
      return !client.getClass().getMethod(method.getName(), parameters).isDefault();
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(client.getClass() + " lacks its own " + method, e);
    }
  }

  private static boolean isOperation(Method method) {
    Class<?>[] parameters = method.getParameterTypes();
    return parameters.length > 0
        && AwsRequest.class.isAssignableFrom(parameters[0])
        && !Future.class.isAssignableFrom(method.getReturnType())
        && !method.getName().endsWith("Paginator");
  }

  private static String named(String service, Method method) {
    String name = method.getName();
    return service + ":" + Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }

  private UnsupportedOperationException unknown(Method method) {
    String service = client.serviceName();
    return new UnsupportedOperationException(
        "the simulated AWS does not know "
            + named(service, method)
            + "; it knows: "
            + String.join(", ", of(client.getClass(), service))
            + "; use what it knows, or test against the emulator (tools/aws-emulator)");
  }

  private @Nullable Object onClient(Method method, Object @Nullable [] given) throws Throwable {
    try {
      return method.invoke(client, given);
    } catch (InvocationTargetException thrown) {
      throw thrown.getTargetException();
    }
  }
}
