package io.opsautomator.awstests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opsautomator.aws.AwsConnection;
import io.opsautomator.aws.dynamodb.DynamoDbStore;
import io.opsautomator.aws.dynamodb.DynamoDbTable;
import io.opsautomator.aws.sqs.SqsQueues;
import io.opsautomator.lambda.OpsAutomatorHandler;
import io.opsautomator.resource.Scope;
import io.opsautomator.store.Run;
import io.opsautomator.store.Store;
import io.opsautomator.task.RunId;
import io.opsautomator.testkit.aws.AwsEndpoint;
import io.opsautomator.testkit.aws.EmulatedAws;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/**
 * A deployment as it is in AWS: two functions that know each other by a table and queues, another
 * account by a role in it. Set up by nothing but environment variables; EC2 and STS are the
 * emulator's. This class is EventBridge, and SQS's event source mapping.
 */
@ExtendWith(AwsEndpoint.class)
final class LambdaEmulatorTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Scope.Region REGION = new Scope.Region("eu-west-1");
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int INSTANCES = 3;
  private static final String MINUTE =
      "{\"source\": \"aws.events\", \"detail-type\": \"Scheduled Event\", \"detail\": {}}";
  private static final String START =
      "{\"source\": \"ops-automator.cli\", \"action\": \"start-task\","
          + " \"parameters\": {\"name\": \"evening\", \"task-group\": \"%s\"}}";

  private final DynamoDbClient dynamo = LocalDynamoDb.client();
  private final SqsClient sqs = LocalSqs.client();
  private final String table = LocalDynamoDb.freshName();
  private final SqsQueues queues = SqsQueues.create(sqs, LocalSqs.freshName());
  private final EmulatedAws emulated;
  private final AwsConnection connection;
  private final Scope there;

  LambdaEmulatorTest(EmulatedAws emulated) {
    this.emulated = emulated;
    connection = emulated.aws().connect();
    there = new Scope(new Scope.AccountId(emulated.newAccount()), REGION);
    DynamoDbTable.create(dynamo, table, Optional.empty());
  }

  @AfterEach
  void disconnect() {
    connection.close();
    sqs.close();
    dynamo.close();
  }

  private EmulatedAccount account() {
    return new EmulatedAccount(connection, there.account());
  }

  private List<String> states() {
    return account().ec2(REGION).describeInstances().reservations().stream()
        .flatMap(reservation -> reservation.instances().stream())
        .map(Instance::state)
        .map(state -> state.nameAsString())
        .toList();
  }

  private Map<String, String> variables(Path tasks) {
    Map<String, String> all = new HashMap<>();
    all.put("AWS_REGION", REGION.value());
    all.put("AWS_ACCESS_KEY_ID", "test");
    all.put("AWS_SECRET_ACCESS_KEY", "test");
    all.put("AWS_ENDPOINT_URL", emulated.address().toString());
    all.put("AWS_ENDPOINT_URL_DYNAMODB", LocalDynamoDb.endpoint().toString());
    all.put("AWS_ENDPOINT_URL_SQS", LocalSqs.endpoint().toString());
    all.put("OA_TABLE", table);
    all.put("OA_WORK_QUEUE_URL", queues.work().toString());
    all.put("OA_CHECK_QUEUE_URL", queues.checks().toString());
    all.put("OA_ROLE", "OpsAutomator");
    all.put("OA_REGIONS", REGION.value());
    all.put("OA_TASKS", tasks.toString());
    return all;
  }

  private Path tasks(Path folder) throws IOException {
    return Files.writeString(
        folder.resolve("tasks.yaml"),
        """
        tasks:
          - name: evening
            action: Ec2StopInstances
            accounts: ["%s"]
            thisAccount: false
            regions: "*"
            tagFilter: Schedule=office
        """
            .formatted(there.account().value()));
  }

  // -- The event source mapping -------------------------------------------------------------------

  private void deliver(URI queue, LambdaFunction function) throws Exception {
    List<Message> messages =
        sqs.receiveMessage(
                r ->
                    r.queueUrl(queue.toString())
                        .maxNumberOfMessages(10)
                        .waitTimeSeconds(1)
                        .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
            .messages();
    if (!messages.isEmpty()) {
      JsonNode failed = JSON.readTree(function.invoke(event(queue, messages)));
      assertThat(failed.path("batchItemFailures")).isEmpty();
      messages.forEach(
          message ->
              sqs.deleteMessage(
                  r -> r.queueUrl(queue.toString()).receiptHandle(message.receiptHandle())));
    }
  }

  private static String event(URI queue, List<Message> messages) {
    String name = queue.getPath().substring(queue.getPath().lastIndexOf('/') + 1);
    ObjectNode event = JSON.createObjectNode();
    ArrayNode records = event.putArray("Records");
    for (Message message : messages) {
      ObjectNode one = records.addObject();
      one.put("messageId", message.messageId());
      one.put("receiptHandle", message.receiptHandle());
      one.put("body", message.body());
      one.put("eventSource", "aws:sqs");
      one.put("eventSourceARN", "arn:aws:sqs:eu-west-1:000000000000:" + name);
      ObjectNode attributes = one.putObject("attributes");
      message.attributesAsStrings().forEach(attributes::put);
    }
    return event.toString();
  }

  private Run workToTheEnd(RunId id, Store store, LambdaFunction clock, LambdaFunction worker)
      throws Exception {
    Instant until = Instant.now().plus(PATIENCE);
    clock.invoke(MINUTE);
    Run run = store.runs().find(id).orElseThrow();
    while (!run.state().ended() && Instant.now().isBefore(until)) {
      deliver(queues.work(), worker);
      deliver(queues.checks(), worker);
      run = store.runs().find(id).orElseThrow();
    }
    clock.invoke(MINUTE);
    return run;
  }

  @Test
  void functionsThatShareATableAndQueuesStopTheInstancesOfAnotherAccount(@TempDir Path folder)
      throws Exception {
    account().launch(REGION, INSTANCES, "Schedule", "office");
    Map<String, String> variables = variables(tasks(folder));
    String handler = OpsAutomatorHandler.class.getName();
    try (LambdaFunction clock = new LambdaFunction(handler, variables);
        LambdaFunction worker = new LambdaFunction(handler, variables);
        Store store = DynamoDbStore.over(dynamo, table).writer("reader").open()) {
      String asked = START.formatted("monday");
      RunId id = new RunId(JSON.readTree(clock.invoke(asked)).path("Run").asText());

      Run run = workToTheEnd(id, store, clock, worker);

      assertThat(run.state()).isEqualTo(Run.State.COMPLETE);
      assertThat(states()).containsExactly("stopped", "stopped", "stopped");
      assertThat(JSON.readTree(clock.invoke(asked)).path("Run").asText()).isEqualTo(id.value());
    }
  }
}
