package io.opsautomator.awstests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.opsautomator.testkit.aws.AwsEndpoint;
import io.opsautomator.testkit.aws.EmulatedAws;
import java.net.URI;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;
import org.junit.platform.launcher.listeners.TestExecutionSummary.Failure;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/**
 * The contract over the emulator, which is no reference: where a hand-over or a claim is refused it
 * ends, often, in an error 500 of its own, and it knows no request tokens. So all of the contract
 * has to hold but where it fails like that. What many do at once is left out: the emulator does not
 * look and write in one step.
 */
@ExtendWith(AwsEndpoint.class)
final class DynamoDbStoreEmulatorTest {
  private static final int ITS_OWN_FAULT = 500;

  @Test
  void theContractHoldsWhereTheEmulatorAnswers(EmulatedAws emulated) {
    OnEmulator.address = emulated.address();
    SummaryGeneratingListener told = new SummaryGeneratingListener();
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(OnEmulator.class))
                .filters(aloneAtATime())
                .build(),
            told);

    TestExecutionSummary summary = told.getSummary();
    assertThat(summary.getFailures())
        .filteredOn(failure -> !isFaultOfTheEmulator(failure))
        .extracting(DynamoDbStoreEmulatorTest::words)
        .isEmpty();
    assertThat(summary.getTestsSucceededCount()).isGreaterThan(115);
    System.out.printf(
        "%d of %d tests of the contract hold on the emulator; the others end in its errors 500%n",
        summary.getTestsSucceededCount(), summary.getTestsFoundCount());
  }

  private static PostDiscoveryFilter aloneAtATime() {
    return test -> FilterResult.includedIf(!test.getDisplayName().contains("AtOnce"));
  }

  private static boolean isFaultOfTheEmulator(Failure failure) {
    return Stream.iterate(failure.getException(), e -> e != null, Throwable::getCause)
        .anyMatch(e -> e instanceof DynamoDbException d && d.statusCode() == ITS_OWN_FAULT);
  }

  private static String words(Failure failure) {
    return failure.getTestIdentifier().getDisplayName() + ": " + failure.getException();
  }

  /** Run by the test above alone, which tells it where: a second endpoint would be another moto. */
  static final class OnEmulator extends DynamoDbContract {
    private static URI address = URI.create("http://127.0.0.1");

    OnEmulator() {
      super(LocalDynamoDb.client(address, OnEmulator::once), 10);
    }

    /** What ends in an error of the emulator does so each time. */
    private static void once(DynamoDbClientBuilder client) {
      client.overrideConfiguration(o -> o.retryStrategy(DefaultRetryStrategy.doNotRetry()));
    }
  }
}
