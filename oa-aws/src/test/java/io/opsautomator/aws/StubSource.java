package io.opsautomator.aws;

import io.opsautomator.resource.Scope;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;

/** The SDK's EC2 client over a stubbed wire. */
record StubSource(SdkHttpClient http) implements ClientSource {
  @Override
  public <C extends SdkClient> C unguarded(Class<C> type, Scope scope) {
    return type.cast(
        Ec2Client.builder()
            .httpClient(http)
            .region(Region.of(scope.region().value()))
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
            .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()))
            .build());
  }
}
