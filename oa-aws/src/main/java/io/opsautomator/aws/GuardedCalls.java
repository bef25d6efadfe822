package io.opsautomator.aws;

import io.opsautomator.action.ActionException;
import io.opsautomator.action.Invocation;
import io.opsautomator.action.TransientException;
import io.opsautomator.aws.budget.BudgetedCall;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.ApiName;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * What happens to a call on a guarded client.
 *
 * <p>The interfaces of the SDK hold three kinds of methods. An <em>operation</em> takes a request
 * and is the only kind that goes to the client itself, once the guard has let it pass. An
 * <em>overload</em> (consumer, no argument, paginator) is a default method in terms of an
 * operation: it runs on the proxy, so that the operation it ends in passes the guard too. All else
 * - waiters, utilities, presigners, whatever a later SDK adds - may reach the service around the
 * guard, and is refused.
 */
final class GuardedCalls implements InvocationHandler {
  private static final Logger LOG = LoggerFactory.getLogger(GuardedClients.class);

  /** What user agents may hold in the version of a product, and more than executions' ids need. */
  private static final Pattern NOT_OF_A_TOKEN = Pattern.compile("[^\\w.+:#-]+");

  private final SdkClient client;
  private final String service;
  private final Invocation caller;
  private final GuardedClients.Terms terms;

  GuardedCalls(SdkClient client, String service, Invocation caller, GuardedClients.Terms terms) {
    this.client = client;
    this.service = service;
    this.caller = caller;
    this.terms = terms;
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    Object[] given = arguments == null ? new Object[0] : arguments;
    if (method.getDeclaringClass() == Object.class) {
      return ofObject(proxy, method, given);
    }
    if (Operation.is(method)) {
      return call(Operation.of(service, method), method, given);
    }
    if (Operation.isOverload(method)) {
      return InvocationHandler.invokeDefault(proxy, method, given);
    }
    return aboutItself(method, given);
  }

  private @Nullable Object ofObject(Object proxy, Method method, Object[] arguments) {
    return switch (method.getName()) {
      case "equals" -> proxy == arguments[0];
      case "hashCode" -> System.identityHashCode(proxy);
      default -> "guarded " + service + " client of " + caller.scope().key();
    };
  }

  private @Nullable Object aboutItself(Method method, Object[] arguments) throws Throwable {
    return switch (method.getName()) {
      case "serviceName", "serviceClientConfiguration" -> invokeClient(method, arguments);
      case "close" ->
          throw new IllegalStateException(
              "a guarded client is shared: do not close it; close what provided it");
      case "waiter" ->
          throw new IllegalStateException(
              "waiters hold a thread and call around the guard: await a Completion instead");
      default ->
          throw new IllegalStateException(
              service
                  + ": "
                  + method.getName()
                  + " is not an operation and could call around the guard: use the operations"
                  + " themselves");
    };
  }

  private @Nullable Object call(Operation operation, Method method, Object[] arguments)
      throws Throwable {
    boolean insideEffect = caller.mayMutate();
    boolean mutating = !operation.isRead();
    String outcome = AwsCall.FAILED;
    Duration waited = Duration.ZERO;
    try {
      if (mutating && !insideEffect) {
        outcome = AwsCall.REFUSED_BY_GUARD;
        throw new PlanGuardException(operation.toString());
      }
      checkTime(operation);
      waited = terms.budget().admit(budgeted(operation), caller.deadline());
      arguments[0] = bounded((AwsRequest) arguments[0], operation);
      @Nullable Object answer = answered(operation, method, arguments);
      outcome = AwsCall.OK;
      return answer;
    } catch (ActionException failure) {
      outcome = failure.code();
      throw failure;
    } finally {
      tell(
          new AwsCall(
              operation.service(),
              operation.name(),
              mutating,
              insideEffect,
              caller.scope(),
              outcome,
              waited));
    }
  }

  private BudgetedCall budgeted(Operation operation) {
    return new BudgetedCall(
        caller.scope(),
        operation.service(),
        operation.name(),
        operation.isRead(),
        caller.underWay());
  }

  /** The time that is left, if there is any. */
  private Duration checkTime(Operation operation) {
    Duration left = caller.deadline().remaining();
    if (left.isZero()) {
      // The kind that says that certainly nothing happened: the call was not made.
      throw new TransientException(
          TransientException.Kind.THROTTLED,
          "DeadlinePassed",
          operation + " was not called: the deadline of this invocation has passed",
          new IllegalStateException("deadline " + caller.deadline().at()));
    }
    return left;
  }

  /** No call may outlive its caller: a frozen socket must not eat the time to write it down. */
  private AwsRequest bounded(AwsRequest request, Operation operation) {
    Duration left = checkTime(operation);
    Duration timeout = terms.timeout();
    AwsRequestOverrideConfiguration asked =
        request
            .overrideConfiguration()
            .orElseGet(() -> AwsRequestOverrideConfiguration.builder().build());
    Duration shortest = shorter(left, asked.apiCallTimeout().orElse(timeout));
    AwsRequestOverrideConfiguration.Builder all =
        asked.toBuilder().apiCallTimeout(shorter(shortest, timeout));
    terms.execution().get().ifPresent(id -> all.addApiName(onBehalfOf(id)));
    return request.toBuilder().overrideConfiguration(all.build()).build();
  }

  /** Ends in the user agent, which CloudTrail keeps: a session is shared by many executions. */
  private static ApiName onBehalfOf(String execution) {
    String token = NOT_OF_A_TOKEN.matcher(execution).replaceAll("-");
    return ApiName.builder().name("oa-execution").version(token).build();
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }

  /** Who sets the pace learns of every answer, also of one that never came. */
  private @Nullable Object answered(Operation operation, Method method, Object[] arguments)
      throws Throwable {
    boolean throttled = false;
    try {
      return translated(operation, method, arguments);
    } catch (ActionException failure) {
      throttled = AwsCall.isThrottling(failure.code());
      throw failure;
    } finally {
      terms.budget().answered(budgeted(operation), throttled);
    }
  }

  private @Nullable Object translated(Operation operation, Method method, Object[] arguments)
      throws Throwable {
    try {
      return invokeClient(method, arguments);
    } catch (SdkException failure) {
      throw Failures.translate(failure, operation.toString(), caller.scope());
    }
  }

  private @Nullable Object invokeClient(Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(client, arguments);
    } catch (InvocationTargetException thrown) {
      // What the client threw is the news; that it came through reflection is not.
      throw thrown.getTargetException();
    }
  }

  private void tell(AwsCall call) {
    try {
      terms.listener().called(call);
    } catch (RuntimeException broken) {
      // The call has been made; who listens must not be able to lose its answer.
      LOG.warn("a call listener failed on {}", call, broken);
    }
  }
}
