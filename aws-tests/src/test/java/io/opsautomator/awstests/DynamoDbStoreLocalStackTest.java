package io.opsautomator.awstests;

import io.opsautomator.testkit.aws.AwsEndpoint;
import io.opsautomator.testkit.aws.EmulatedAws;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The same on LocalStack; chosen by the profile of that name. What of it holds on moto, which knows
 * no tokens of transactions, is {@link DynamoDbStoreEmulatorTest}.
 */
@ExtendWith(AwsEndpoint.class)
final class DynamoDbStoreLocalStackTest extends DynamoDbContract {
  DynamoDbStoreLocalStackTest(EmulatedAws emulated) {
    super(LocalDynamoDb.client(emulated.address(), builder -> {}), 100);
  }
}
