package io.opsautomator.aws.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsautomator.OpsAutomator;
import io.opsautomator.aws.Aws;
import io.opsautomator.aws.AwsConnection;
import io.opsautomator.store.InMemoryStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
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

  private Assembly assembly(Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(more);
    environment.put("OA_TABLE", "ops");
    environment.put("OA_WORK_QUEUE_URL", QUEUE + "work");
    environment.put("OA_CHECK_QUEUE_URL", QUEUE + "checks");
    environment.put("AWS_REGION", "eu-central-1");
    Deployment deployment = Deployment.of(environment);
    Aws base = Aws.defaults().credentials(AnonymousCredentialsProvider.create());
    AwsConnection connection = Assembly.aws(deployment, base).connect();
    return Assembly.of(deployment, connection, new InMemoryStore(), out);
  }
}
