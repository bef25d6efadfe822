package io.opsautomator.awstests;

import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBRequestHandler;
import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBServerHandler;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;

/**
 * DynamoDB Local on loopback, in memory, one server for all tests of this JVM; it ends with the
 * JVM. All credentials and regions see the same tables, so a test makes its own under a {@link
 * #freshName}.
 */
final class LocalDynamoDb {
  private static final AtomicInteger TABLES = new AtomicInteger();

  private LocalDynamoDb() {}

  /** Started by whoever asks first. */
  private static final class Shared {
    static final URI ENDPOINT = start();

    /** DynamoDB Local's own way to start listens on every address, and reports that it does. */
    private static URI start() {
      try {
        Server server = new Server(new InetSocketAddress("127.0.0.1", 0));
        server.setHandler(
            new LocalDynamoDBServerHandler(
                new LocalDynamoDBRequestHandler(0, true, null, true, false), null));
        server.start();
        return URI.create(
            "http://127.0.0.1:" + ((ServerConnector) server.getConnectors()[0]).getLocalPort());
      } catch (Exception e) {
        throw new IllegalStateException("DynamoDB Local did not start", e);
      }
    }
  }

  static URI endpoint() {
    return Shared.ENDPOINT;
  }

  static DynamoDbClient client() {
    return client(builder -> {});
  }

  /** A client of one's own; the caller closes it. */
  static DynamoDbClient client(Consumer<DynamoDbClientBuilder> more) {
    return client(endpoint(), more);
  }

  /** The same, for a server that somebody else has started. */
  static DynamoDbClient client(URI endpoint, Consumer<DynamoDbClientBuilder> more) {
    DynamoDbClientBuilder builder =
        DynamoDbClient.builder()
            .endpointOverride(endpoint)
            .region(Region.EU_WEST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
            .httpClientBuilder(UrlConnectionHttpClient.builder());
    more.accept(builder);
    return builder.build();
  }

  static String freshName() {
    return "oa-test-" + TABLES.incrementAndGet();
  }
}
