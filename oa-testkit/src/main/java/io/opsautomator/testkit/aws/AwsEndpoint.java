package io.opsautomator.testkit.aws;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * {@code @ExtendWith(AwsEndpoint.class)}: gives tests an {@link EmulatedAws} as parameter.
 *
 * <p>It is the endpoint that {@code OA_AWS_ENDPOINT} names; else moto, started by {@code
 * tools/aws-emulator} on a free port once for the JVM and stopped at its end, or what {@code
 * -Doa.aws.provider} names, such as {@code localstack}. If none can be had, the tests fail and say
 * why: tests that skip themselves unseen prove nothing. {@code -DskipEmulator} leaves them out on
 * purpose.
 */
public final class AwsEndpoint implements ExecutionCondition, BeforeAllCallback, ParameterResolver {
  private static final Namespace HERE = Namespace.create(AwsEndpoint.class);

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return choice() instanceof EndpointChoice.LeftOut
        ? ConditionEvaluationResult.disabled("-D" + EndpointChoice.SKIP + " is set")
        : ConditionEvaluationResult.enabled("an AWS endpoint is wanted");
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    emulated(context);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == EmulatedAws.class;
  }

  @Override
  public EmulatedAws resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return emulated(context);
  }

  /** JUnit closes what the root's store holds when the last test has ended. */
  private static EmulatedAws emulated(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(HERE)
        .computeIfAbsent(Running.class, key -> run(choice()), Running.class)
        .aws();
  }

  private static EndpointChoice choice() {
    List<EndpointProvider> installed =
        new ArrayList<>(List.of(new MotoProvider(), new LocalStackProvider()));
    ServiceLoader.load(EndpointProvider.class).forEach(installed::add);
    return EndpointChoice.of(System::getenv, System::getProperty, installed);
  }

  private static Running run(EndpointChoice choice) {
    if (choice instanceof EndpointChoice.Given given) {
      return new Running(new EmulatedAws(given.address()), () -> {});
    }
    if (choice instanceof EndpointChoice.Started started) {
      EndpointProvider provider = started.provider();
      return new Running(new EmulatedAws(provider.start()), provider::stop);
    }
    throw new IllegalStateException("left out, and yet asked for");
  }

  private record Running(EmulatedAws aws, Runnable stop) implements AutoCloseable {
    @Override
    public void close() {
      stop.run();
    }
  }
}
