package io.opsautomator.awstests;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.OpsAutomator;
import io.opsautomator.aws.AwsConnection;
import io.opsautomator.aws.dynamodb.DynamoDbStore;
import io.opsautomator.aws.dynamodb.DynamoDbTable;
import io.opsautomator.aws.sqs.SqsQueues;
import io.opsautomator.aws.sqs.SqsWorkQueue;
import io.opsautomator.ecs.ExitStatus;
import io.opsautomator.ecs.WorkerMain;
import io.opsautomator.resource.Scope;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.store.Run;
import io.opsautomator.store.Store;
import io.opsautomator.task.RunId;
import io.opsautomator.task.TaskName;
import io.opsautomator.testkit.aws.AwsEndpoint;
import io.opsautomator.testkit.aws.EmulatedAws;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The program of the container as it is started there: processes of its own, told everything by
 * their environment, over DynamoDB Local, ElasticMQ and the emulator. On a busy machine they take
 * their time to begin.
 */
@ExtendWith(AwsEndpoint.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class WorkerContainerTest {
  private static final TaskName TASK = new TaskName("evening");
  private static final int INSTANCES = 2;
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Pattern PROBES = Pattern.compile("probes are answered at (http://[^\"]+)");

  @TempDir Path folder;
  private final EmulatedAws emulated;
  private final String account;
  private final String table = LocalDynamoDb.freshName();
  private final DynamoDbClient dynamo = LocalDynamoDb.client();
  private final SqsClient sqs = LocalSqs.client();
  private final SqsQueues queues = SqsQueues.create(sqs, LocalSqs.freshName());
  private final Store store;
  private final AwsConnection connection;
  private final List<Process> workers = new ArrayList<>();

  WorkerContainerTest(EmulatedAws emulated) {
    this.emulated = emulated;
    account = emulated.newAccount();
    connection = emulated.aws().connect();
    store = DynamoDbStore.over(dynamo, table).open();
  }

  @AfterEach
  void nothingStaysBehind() {
    workers.forEach(Process::destroyForcibly);
    connection.close();
    sqs.close();
    dynamo.close();
  }

  private Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx160m", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(WorkerMain.class.getName());
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log-" + workers.size()).toFile());
    builder.environment().keySet().removeIf(key -> key.startsWith("OA_"));
    builder.environment().putAll(environment());
    Process worker = builder.start();
    workers.add(worker);
    return worker;
  }

  private Map<String, String> environment() throws IOException {
    Path tasks =
        Files.writeString(
            folder.resolve("tasks.yaml"),
            "tasks:\n  - name: "
                + TASK.value()
                + "\n    action: Ec2CreateSnapshot\n    tagFilter: Look=yes\n    accounts: ['"
                + account
                + "']\n    regions: [eu-west-1]\n    thisAccount: no\n");
    return Map.ofEntries(
        Map.entry("OA_TABLE", table),
        Map.entry("OA_WORK_QUEUE_URL", queues.work().toString()),
        Map.entry("OA_CHECK_QUEUE_URL", queues.checks().toString()),
        Map.entry("OA_DEAD_LETTER_QUEUE_URL", queues.dead().orElseThrow().toString()),
        Map.entry("OA_ROLE", "OpsAutomator"),
        Map.entry("OA_REGIONS", "eu-west-1"),
        Map.entry("OA_TASKS", tasks.toString()),
        Map.entry("OA_LISTEN", "127.0.0.1:0"),
        Map.entry("OA_WORKERS", "8"),
        Map.entry("AWS_REGION", "eu-west-1"),
        Map.entry("AWS_ACCESS_KEY_ID", "test"),
        Map.entry("AWS_SECRET_ACCESS_KEY", "test"),
        Map.entry("AWS_ENDPOINT_URL", emulated.address().toString()),
        Map.entry("AWS_ENDPOINT_URL_DYNAMODB", LocalDynamoDb.endpoint().toString()),
        Map.entry("AWS_ENDPOINT_URL_SQS", LocalSqs.endpoint().toString()));
  }

  private String log(int worker) throws IOException {
    return Files.readString(folder.resolve("log-" + worker));
  }

  private interface Question {
    boolean yes() throws IOException, InterruptedException;
  }

  private void until(Question question) throws IOException, InterruptedException {
    Instant end = Instant.now().plus(PATIENCE);
    for (boolean alive = true; !question.yes(); alive = allLive()) {
      assertThat(alive).as(logs()).isTrue();
      assertThat(Instant.now()).as(logs()).isBefore(end);
      new CountDownLatch(1).await(50, TimeUnit.MILLISECONDS); // Other processes cannot wake us.
    }
  }

  private boolean allLive() {
    return workers.stream().allMatch(Process::isAlive);
  }

  private String logs() throws IOException {
    StringBuilder all = new StringBuilder();
    for (int worker = 0; worker < workers.size(); worker++) {
      all.append(log(worker));
    }
    return all.toString();
  }

  private String ask(int worker, String path) throws IOException, InterruptedException {
    Matcher probes = PROBES.matcher(log(worker));
    assertThat(probes.find()).isTrue();
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(probes.group(1) + path)).build(),
            BodyHandlers.ofString())
        .body();
  }

  private RunId trigger() {
    try (OpsAutomator ops =
        OpsAutomator.builder().install(connection).store(store).queue(queue()).build()) {
      return ops.run(TASK, "now");
    }
  }

  private SqsWorkQueue queue() {
    return SqsWorkQueue.of(sqs, queues, Runnable::run, SqsWorkQueue.Terms.of(1), Clock.systemUTC());
  }

  private List<Execution> executions(RunId run) {
    return store.selections().batches(run).stream()
        .flatMap(batch -> store.executions().find(batch.executions()).stream())
        .toList();
  }

  private int ended(Process worker) throws IOException, InterruptedException {
    assertThat(worker.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as(logs()).isTrue();
    return worker.exitValue();
  }

  @Test
  void twoWorkersShareTheWorkAndStopInGoodOrder() throws IOException, InterruptedException {
    DynamoDbTable.create(dynamo, table, Optional.empty());
    new EmulatedAccount(connection, new Scope.AccountId(account))
        .launch(new Scope.Region("eu-west-1"), INSTANCES, "Look", "yes");
    start();
    start();
    for (int worker : List.of(0, 1)) {
      until(() -> log(worker).contains("probes are answered"));
      until(() -> ask(worker, "/health/ready").equals("{\"ready\":true,\"reasons\":[]}\n"));
    }
    RunId run = trigger();
    until(() -> store.runs().find(run).filter(it -> it.state().ended()).isPresent());

    assertThat(store.runs().find(run).map(Run::state)).contains(Run.State.COMPLETE);
    assertThat(executions(run))
        .hasSize(INSTANCES)
        .extracting(Execution::status)
        .containsOnly(Status.SUCCEEDED);
    assertThat(ask(0, "/metrics") + ask(1, "/metrics"))
        .contains("outcome=\"ok\",service=\"ec2\"", "action=\"Ec2CreateSnapshot\"")
        .contains("ops_automator_runs_seconds_count");
    workers.forEach(Process::destroy);
    for (Process worker : workers) {
      assertThat(ended(worker)).as(logs()).isEqualTo(ExitStatus.DONE.code());
    }
    Process once = start("--once", executions(run).get(0).id().value());
    assertThat(ended(once)).as(logs()).isEqualTo(ExitStatus.DONE.code());
    assertThat(log(2)).contains("SUCCEEDED");
  }

  @Test
  void wrongSettingsAreAllSaidBeforeAnythingIsDone() throws IOException, InterruptedException {
    Process worker = start("--twice");

    assertThat(ended(worker)).isEqualTo(ExitStatus.BAD_SETTINGS.code());
    assertThat(log(0)).contains("there is only --once EXECUTION");
  }
}
