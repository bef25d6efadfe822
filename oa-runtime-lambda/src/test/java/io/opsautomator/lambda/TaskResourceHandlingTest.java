package io.opsautomator.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.opsautomator.OpsAutomator;
import io.opsautomator.schedule.Schedule;
import io.opsautomator.store.InMemoryStore;
import io.opsautomator.store.StoreException;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskName;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TaskResourceHandlingTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String NIGHTLY =
      """
      "Name": "nightly", "Action": "SwitchOff", "Interval": "0 22 * * *", "Timezone": "UTC",
      "Enabled": "Yes", "Description": "", "Accounts": [""], "Parameters": {"Key": ""},
      "StackId": "arn:stack", "ServiceToken": "arn:function", "Timeout": "180\"""";

  private final OpsAutomator ops = engine();
  private final List<String> urls = new ArrayList<>();
  private final List<JsonNode> answers = new ArrayList<>();
  private final TaskResourceHandling handling =
      new TaskResourceHandling(
          ops,
          (url, answer) -> {
            urls.add(url);
            answers.add(read(answer));
          });

  private static OpsAutomator engine() {
    OpsAutomator.Builder builder = OpsAutomator.builder().store(new InMemoryStore());
    Lamps.install(builder, step -> {});
    return builder.build();
  }

  @AfterEach
  void close() {
    ops.close();
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Event.Stack request(String type, String id, String properties) throws IOException {
    String event =
        """
        {"RequestType": "%s", "ResponseURL": "https://s3.amazonaws.com/answer", "RequestId": "r1",
         "StackId": "arn:stack", "LogicalResourceId": "Task", "ResourceType": "Custom::TaskConfig",
         "PhysicalResourceId": "%s", "ResourceProperties": {%s}}"""
            .formatted(type, id, properties);
    return (Event.Stack)
        EventReader.read(new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)));
  }

  private Map<String, Object> handle(String type, String id, String properties) throws IOException {
    return handling.handle(request(type, id, properties));
  }

  private List<String> tasks() {
    return ops.tasks().stream().map(task -> task.name().value()).toList();
  }

  @Test
  void aResourceMakesItsTaskAndTheStackIsTold() throws IOException {
    handle("Create", "", NIGHTLY);

    Task task = ops.tasks().get(0);
    assertThat(task.when().schedules()).containsExactly(Schedule.cron("0 22 * * *", "UTC"));
    assertThat(task.limits().timeout()).as("Timeout is not the task's").isEmpty();
    assertThat(urls).containsExactly("https://s3.amazonaws.com/answer");
    assertThat(answers.get(0))
        .isEqualTo(
            read(
                """
                {"Status": "SUCCESS", "PhysicalResourceId": "nightly", "StackId": "arn:stack",
                 "RequestId": "r1", "LogicalResourceId": "Task"}"""));
  }

  @Test
  void anUpdateChangesTheTask() throws IOException {
    handle("Create", "", NIGHTLY);

    assertThat(handle("Update", "nightly", NIGHTLY.replace("0 22", "0 21")))
        .containsEntry("Status", "SUCCESS")
        .containsEntry("PhysicalResourceId", "nightly");
    assertThat(ops.tasks().get(0).when().schedules())
        .containsExactly(Schedule.cron("0 21 * * *", "UTC"));
  }

  @Test
  void aNewNameIsANewTaskAndTheOldOneIsTakenAwayByItsId() throws IOException {
    handle("Create", "", NIGHTLY);

    assertThat(handle("Update", "nightly", NIGHTLY.replace("nightly", "late")))
        .containsEntry("PhysicalResourceId", "late");
    assertThat(tasks()).containsExactly("late", "nightly");
    handle("Delete", "nightly", NIGHTLY);
    assertThat(tasks()).containsExactly("late");
  }

  @Test
  void whatIsWrongFailsTheStackWithAllReasons() throws IOException {
    Map<String, Object> answer =
        handle("Create", "", NIGHTLY.replace("0 22", "61 22").replace("Yes", "Perhaps"));

    assertThat(answer).containsEntry("Status", "FAILED");
    assertThat(answer.get("Reason"))
        .isEqualTo(
            "interval: minute 61 is not in 0-59; enabled: 'Perhaps' is neither yes nor no; write"
                + " true, yes, enabled, on, 1 or false, no, disabled, off, 0");
    assertThat(tasks()).isEmpty();
  }

  @Test
  void whatTheActionRefusesFailsTheStackToo() throws IOException {
    Map<String, Object> answer = handle("Create", "", NIGHTLY.replace("SwitchOff", "SwitchOf"));

    assertThat(answer.get("Reason").toString()).contains("did you mean 'SwitchOff'");
  }

  @Test
  void aResourceOfAnotherTypeFailsTheStack() throws IOException {
    Event.Stack task = request("Create", "", NIGHTLY);
    Event.Stack other =
        new Event.Stack(
            task.change(), task.answerTo(), "Custom::TaskConfg", task.id(), task.properties());

    assertThat(handling.handle(other))
        .containsEntry("Status", "FAILED")
        .containsEntry(
            "Reason", "this function keeps Custom::TaskConfig, and no Custom::TaskConfg");
    assertThat(tasks()).isEmpty();
  }

  @Test
  void theValueOfASecretIsNotToldToTheStack() throws IOException {
    handle("Create", "", NIGHTLY.replace("\"Key\": \"\"", "\"Key\": [\"hush\", \"hush\"]"));

    assertThat(answers.get(0).toString()).contains("FAILED", "Key").doesNotContain("hush");
  }

  @Test
  void anAnswerIsNeverTooLong() throws IOException {
    for (String character : List.of("é", "語", "\\u0001", "\\ud83d\\ude80")) {
      handle("Create", "", NIGHTLY.replace("SwitchOff", character.repeat(5000)));
    }

    assertThat(answers)
        .hasSize(4)
        .allSatisfy(
            answer -> {
              assertThat(answer.path("Status").asText()).isEqualTo("FAILED");
              assertThat(answer.toString().getBytes(StandardCharsets.UTF_8).length)
                  .isLessThanOrEqualTo(4096);
            });
  }

  /** The engine, of which this operation fails, after it was done or instead. */
  private TaskResourceHandling failing(String operation, boolean done) {
    OpsAutomator faulty =
        (OpsAutomator)
            Proxy.newProxyInstance(
                OpsAutomator.class.getClassLoader(),
                new Class<?>[] {OpsAutomator.class},
                (proxy, method, arguments) -> {
                  boolean fails = method.getName().equals(operation);
                  Object answer = fails && !done ? null : method.invoke(ops, arguments);
                  if (fails) {
                    throw new StoreException("the table is gone", new IOException("no answer"));
                  }
                  return answer;
                });
    return new TaskResourceHandling(faulty, (url, answer) -> answers.add(read(answer)));
  }

  @Test
  void whatFailsInHereIsToldTooSoThatNoStackWaitsForAnAnswer() throws IOException {
    failing("tasks", false).handle(request("Create", "", NIGHTLY));
    failing("put", false).handle(request("Update", "nightly", NIGHTLY));
    failing("remove", false).handle(request("Delete", "nightly", NIGHTLY));

    assertThat(answers)
        .hasSize(3)
        .allSatisfy(
            answer -> {
              assertThat(answer.path("Status").asText()).isEqualTo("FAILED");
              assertThat(answer.path("Reason").asText())
                  .contains("task nightly failed", "the table is gone", "try again");
            });
  }

  @Test
  void aTaskOfWhichNobodyKnowsWhetherItWasMadeGoesWithTheRollback() throws IOException {
    Map<String, Object> unsure = failing("put", true).handle(request("Create", "", NIGHTLY));
    assertThat(unsure).containsEntry("Status", "FAILED");
    assertThat(tasks()).containsExactly("nightly");

    handle("Delete", unsure.get("PhysicalResourceId").toString(), NIGHTLY);
    assertThat(tasks()).isEmpty();
  }

  @Test
  void w41_aTaskThatWasThereSurvivesTheRollbackOfAStackThatWantedItsName() throws IOException {
    ops.put(Task.named("nightly").action("SwitchOff").build());

    Map<String, Object> refused = handle("Create", "", NIGHTLY);
    assertThat(refused).containsEntry("Status", "FAILED");
    assertThat(refused.get("Reason").toString()).contains("there is a task nightly already");
    assertThat(handle("Delete", refused.get("PhysicalResourceId").toString(), NIGHTLY))
        .containsEntry("Status", "SUCCESS");
    assertThat(tasks()).containsExactly("nightly");
  }

  @Test
  void w41_anUpdateDoesNotTakeOverATaskOfAnother() throws IOException {
    ops.put(Task.named("late").action("SwitchOff").build());
    handle("Create", "", NIGHTLY);

    assertThat(handle("Update", "nightly", NIGHTLY.replace("nightly", "late")))
        .containsEntry("Status", "FAILED")
        .containsEntry("PhysicalResourceId", "nightly");
  }

  @Test
  void aRequestThatComesTwiceIsDoneOnce() throws IOException {
    handle("Create", "", NIGHTLY);
    assertThat(handle("Create", "", NIGHTLY))
        .containsEntry("Status", "SUCCESS")
        .containsEntry("PhysicalResourceId", "nightly");

    handle("Delete", "nightly", NIGHTLY);
    assertThat(handle("Delete", "nightly", NIGHTLY)).containsEntry("Status", "SUCCESS");
    assertThat(tasks()).isEmpty();
  }

  @Test
  void anAnswerThatIsNotTakenIsGivenWhenThePlatformRepeatsTheInvocation() throws IOException {
    TaskResourceHandling cutOff =
        new TaskResourceHandling(
            ops,
            (url, answer) -> {
              throw new UncheckedIOException(new IOException("S3 answers 503"));
            });
    Event.Stack request = request("Create", "", NIGHTLY);

    assertThatThrownBy(() -> cutOff.handle(request)).hasMessageContaining("S3 answers 503");
    assertThat(handling.handle(request)).containsEntry("Status", "SUCCESS");
  }

  @Test
  void aRemovedTaskIsMadeAgainByTheNextUpdateOfItsStack() throws IOException {
    handle("Create", "", NIGHTLY);
    ops.remove(new TaskName("nightly"));

    assertThat(handle("Update", "nightly", NIGHTLY)).containsEntry("Status", "SUCCESS");
    assertThat(tasks()).containsExactly("nightly");
  }

  @Test
  void anIdThatNoTaskCanHaveIsGoneAlready() throws IOException {
    assertThat(handle("Delete", "2026/03/02/[$LATEST]abc", NIGHTLY))
        .containsEntry("Status", "SUCCESS")
        .containsEntry("PhysicalResourceId", "2026/03/02/[$LATEST]abc");
  }
}
