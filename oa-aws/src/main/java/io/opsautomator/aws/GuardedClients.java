package io.opsautomator.aws;

import io.opsautomator.action.Invocation;
import io.opsautomator.aws.budget.CallBudget;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.MDC;
import software.amazon.awssdk.core.SdkClient;

/**
 * Guards the clients of a {@link ClientSource}. What it hands out is a proxy of the client's
 * interface: every operation, also one reached through a consumer overload or a paginator, passes
 * the guard, waits for its turn where there is a budget, gets no more time than the caller has
 * left, is told to the listener, and fails only with this project's own exceptions. Immutable and
 * thread-safe, if its listener and budget are.
 */
public final class GuardedClients implements AwsClients {
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(60);

  private final ClientSource source;
  private final Terms terms;

  /** Without a listener, and with 60 seconds for each call. */
  public GuardedClients(ClientSource source) {
    this(
        source,
        new Terms(call -> {}, CallBudget.UNLIMITED, CALL_TIMEOUT, GuardedClients::execution));
  }

  private GuardedClients(ClientSource source, Terms terms) {
    this.source = source;
    this.terms = terms;
  }

  /** What holds for every call. */
  record Terms(
      CallListener listener,
      CallBudget budget,
      Duration timeout,
      Supplier<Optional<String>> execution) {}

  /** In which the engine says for whom a thread works. */
  private static Optional<String> execution() {
    return Optional.ofNullable(MDC.get("execution"));
  }

  /** The same, telling {@code listener} of every call, also of those the guard refused. */
  public GuardedClients listenedToBy(CallListener listener) {
    return new GuardedClients(
        source, new Terms(listener, terms.budget(), terms.timeout(), terms.execution()));
  }

  /** The same, every call waiting for its turn there. */
  public GuardedClients budgetedBy(CallBudget budget) {
    return new GuardedClients(
        source, new Terms(terms.listener(), budget, terms.timeout(), terms.execution()));
  }

  /** The same, every call saying in its user agent that it is for this execution. */
  GuardedClients onBehalfOf(Supplier<Optional<String>> execution) {
    return new GuardedClients(
        source, new Terms(terms.listener(), terms.budget(), terms.timeout(), execution));
  }

  /** The same, with this much time for a call; the caller's deadline may allow less. */
  public GuardedClients callTimeout(Duration timeout) {
    if (timeout.isZero() || timeout.isNegative()) {
      throw new IllegalArgumentException("call timeout must be positive, not " + timeout);
    }
    return new GuardedClients(
        source, new Terms(terms.listener(), terms.budget(), timeout, terms.execution()));
  }

  @Override
  public <C extends SdkClient> C client(Class<C> type, Invocation caller) {
    if (!type.isInterface() || type.getSimpleName().endsWith("AsyncClient")) {
      throw new IllegalArgumentException(
          type.getName()
              + " cannot be guarded: ask for the interface of the synchronous client, such as"
              + " Ec2Client.class");
    }
    C client = source.unguarded(type, caller.scope(), caller.role());
    GuardedCalls calls = new GuardedCalls(client, Operation.service(type), caller, terms);
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, calls));
  }
}
