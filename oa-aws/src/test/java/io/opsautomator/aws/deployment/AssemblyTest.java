package io.opsautomator.aws.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsautomator.OpsAutomator;
import io.opsautomator.aws.Aws;
import io.opsautomator.aws.AwsConnection;
import io.opsautomator.resource.Scope;
import io.opsautomator.store.InMemoryStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ssm.SsmClient;

final class AssemblyTest {
  private static final String QUEUE = "https://sqs.eu-central-1.amazonaws.com/111122223333/";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @TempDir Path folder;

  @Test
  void anEngineIsMadeOfItWithoutAskingAwsAnything() {
    try (Assembly assembly = assembly(Map.of());
        OpsAutomator engine = OpsAutomator.builder().withoutDiscovery().install(assembly).build()) {
      assertThat(engine.tasks()).isEmpty();
    }
    assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void filesAreReadWhenTheEngineIsBuiltAndToldWhenTheyAreWrong() throws IOException {
    Path tasks = Files.writeString(folder.resolve("tasks.yaml"), "tasks: {nightly: {acton: X}}");

    try (Assembly assembly = assembly(Map.of("OA_TASKS", tasks.toString()))) {
      OpsAutomator.Builder builder = OpsAutomator.builder().withoutDiscovery().install(assembly);

      assertThatThrownBy(builder::build).hasMessageContaining("tasks.yaml");
    }
  }

  @Test
  void safeguardsThatAreMissingAreNotNone() {
    Path missing = folder.resolve("safeguards.yaml");

    try (Assembly assembly = assembly(Map.of("OA_SAFEGUARDS", missing.toString()))) {
      OpsAutomator.Builder builder = OpsAutomator.builder().withoutDiscovery().install(assembly);

      assertThatThrownBy(builder::build).hasMessageContaining(missing.toString());
    }
  }

  @Test
  void clientsOfTheDeploymentsOwnPartsAreMadeOnce() {
    try (Assembly assembly = assembly(Map.of())) {
      AwsConnection connection = assembly.connection();

      SsmClient client = connection.infrastructure(SsmClient.class);

      assertThat(client).isSameAs(connection.infrastructure(SsmClient.class));
      assertThat(client.serviceClientConfiguration().region().id()).isEqualTo("eu-central-1");
    }
  }

  @Test
  void whatTheHostAddsGoesBesideIt() {
    try (Assembly assembly = assembly(Map.of("OA_HISTORY_DAYS", "3"))) {
      OpsAutomator.Builder builder = OpsAutomator.builder().install(assembly);

      assertThatThrownBy(() -> builder.history(Duration.ofDays(9))).hasMessageContaining("PT72H");
    }
  }

  @Test
  void budgetsAreSharedThroughTheDeploymentsTable() {
    List<String> bodies = new CopyOnWriteArrayList<>();
    Aws base =
        Aws.defaults()
            .credentials(AnonymousCredentialsProvider.create())
            .httpClient(new Recorder(bodies));
    try (Assembly assembly = assembly(Map.of(), base);
        OpsAutomator engine = OpsAutomator.builder().withoutDiscovery().install(assembly).build()) {
      assertThat(engine.tasks()).isEmpty();
      AwsConnection connection = assembly.connection();
      Scope scope = Scope.of("111122223333", "eu-central-1");
      connection.clients().client(Ec2Client.class, connection.reader(scope)).describeInstances();
    }

    assertThat(bodies).hasSize(4);
    assertThat(bodies.get(1))
        .contains("\"TableName\":\"ops\"")
        .contains("B#111122223333/eu-central-1/ec2/read");
    assertThat(bodies.get(2)).contains("attribute_not_exists").contains("ops-automator%40worker");
    assertThat(bodies.get(3)).contains("Action=DescribeInstances");
  }

  /** Says who is calling, and nothing besides; keeps what it was sent. */
  private record Recorder(List<String> bodies) implements SdkHttpClient {
    private static final String ME =
        """
        <GetCallerIdentityResponse><GetCallerIdentityResult>
          <Arn>arn:aws:iam::111122223333:user/ops</Arn><Account>111122223333</Account>
        </GetCallerIdentityResult></GetCallerIdentityResponse>
        """;

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      return new ExecutableHttpRequest() {
        @Override
        public HttpExecuteResponse call() throws IOException {
          try (InputStream body = request.contentStreamProvider().orElseThrow().newStream()) {
            String sent = new String(body.readAllBytes(), StandardCharsets.UTF_8);
            bodies.add(sent);
            byte[] answer = (sent.startsWith("{") ? "{}" : ME).getBytes(StandardCharsets.UTF_8);
            return HttpExecuteResponse.builder()
                .response(SdkHttpResponse.builder().statusCode(200).build())
                .responseBody(AbortableInputStream.create(new ByteArrayInputStream(answer)))
                .build();
          }
        }

        @Override
        public void abort() {}
      };
    }

    @Override
    public void close() {}
  }

  private Assembly assembly(Map<String, String> more) {
    return assembly(more, Aws.defaults().credentials(AnonymousCredentialsProvider.create()));
  }

  private Assembly assembly(Map<String, String> more, Aws base) {
    Map<String, String> environment = new HashMap<>(more);
    environment.put("OA_TABLE", "ops");
    environment.put("OA_WORK_QUEUE_URL", QUEUE + "work");
    environment.put("OA_CHECK_QUEUE_URL", QUEUE + "checks");
    environment.put("AWS_REGION", "eu-central-1");
    Deployment deployment = Deployment.of(environment);
    AwsConnection connection = Assembly.aws(deployment, base).connect();
    return Assembly.of(deployment, connection, new InMemoryStore(), out);
  }
}
