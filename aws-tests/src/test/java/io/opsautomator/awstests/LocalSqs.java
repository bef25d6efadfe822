package io.opsautomator.awstests;

import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * ElasticMQ on loopback, in memory, one server for all tests of this JVM; it ends with the JVM. A
 * test makes queues of its own under a {@link #freshName}.
 */
final class LocalSqs {
  private static final AtomicInteger QUEUES = new AtomicInteger();

  private LocalSqs() {}

  /** Started by whoever asks first. */
  private static final class Shared {
    static final URI ENDPOINT = start();

    private static URI start() {
      SQSRestServer server =
          SQSRestServerBuilder.withDynamicPort().withInterface("127.0.0.1").start();
      return URI.create("http://127.0.0.1:" + server.waitUntilStarted().localAddress().getPort());
    }
  }

  static URI endpoint() {
    return Shared.ENDPOINT;
  }

  /** A client of one's own; the caller closes it. */
  static SqsClient client() {
    return client(endpoint());
  }

  static SqsClient client(URI endpoint, ExecutionInterceptor... interceptors) {
    return SqsClient.builder()
        .endpointOverride(endpoint)
        .region(Region.EU_WEST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
        .overrideConfiguration(o -> o.executionInterceptors(List.of(interceptors)))
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }

  static String freshName() {
    return "oa-test-" + QUEUES.incrementAndGet();
  }
}
