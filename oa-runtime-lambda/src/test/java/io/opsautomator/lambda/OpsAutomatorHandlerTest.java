package io.opsautomator.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.opsautomator.OpsAutomator;
import io.opsautomator.aws.sqs.SqsEventQueue;
import io.opsautomator.schedule.Schedule;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.store.InMemoryStore;
import io.opsautomator.store.Run;
import io.opsautomator.store.Store;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskName;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class OpsAutomatorHandlerTest {
  private static final TaskName LIGHTS = new TaskName("lights");
  private static final String TICK =
      """
      {"version": "0", "source": "aws.events", "detail-type": "Scheduled Event", "detail": {}}""";

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-03-02T12:00:30Z"));
  private final Store store = new InMemoryStore();
  private final FakeSqs sqs = new FakeSqs(now::get);
  private final List<String> steps = Collections.synchronizedList(new ArrayList<>());
  private final List<Workers> workers = new ArrayList<>();
  private final List<OpsAutomator> engines = new ArrayList<>();
  private Consumer<String> onStep = step -> {};

  private Sandbox sandbox() {
    Workers threads = new Workers();
    SqsEventQueue queue = SqsEventQueue.of(sqs, FakeSqs.QUEUES, threads, now::get);
    OpsAutomator.Builder builder =
        OpsAutomator.builder()
            .store(store)
            .queue(queue)
            .worker("sandbox-" + workers.size())
            .clock(now::get)
            .timer((when, task) -> () -> {})
            .executor(threads);
    Lamps.install(
        builder,
        step -> {
          steps.add(step);
          onStep.accept(step);
        });
    OpsAutomator ops = builder.build();
    engines.add(ops);
    workers.add(threads);
    return new Sandbox(
        new OpsAutomatorHandler(
            new Host(ops, queue, FakeSqs.QUEUES, now::get, threads::comeToRest)));
  }

  @AfterEach
  void close() {
    engines.forEach(OpsAutomator::close);
    workers.forEach(Workers::close);
    store.close();
  }

  private void put(Task task) {
    assertThat(engines.get(0).put(task)).isEmpty();
  }

  private static Task lights() {
    return Task.named("lights")
        .action("SwitchOff")
        .with("Key", "hush")
        .where("*")
        .on(Schedule.cron("0/15 * * * ?", "UTC"))
        .build();
  }

  private void pass(Duration time) {
    now.updateAndGet(it -> it.plus(time));
  }

  /** Hands over what may be delivered, batch by batch, until there is none. */
  private void work(Sandbox sandbox) throws IOException {
    for (Optional<String> event = sqs.receive(); event.isPresent(); event = sqs.receive()) {
      sqs.settle(event.get(), sandbox.invoke(event.get()));
    }
  }

  private Run run() {
    return engines.get(0).history(Optional.of(LIGHTS), 1).get(0);
  }

  @Test
  void aTickFiresWhatIsDueAndTheQueuesMessagesDoTheWork() throws IOException {
    Sandbox sandbox = sandbox();
    put(lights());
    pass(Duration.ofMinutes(15));

    JsonNode answer = new JsonMapper().readTree(sandbox.invoke(TICK));
    assertThat(Instant.parse(answer.path("next").asText())).isAfter(now.get());
    assertThat(sqs.size()).isPositive();
    work(sandbox);

    assertThat(run().state()).isEqualTo(Run.State.COMPLETE);
    assertThat(steps).hasSize(6);
    assertThat(sqs.size()).isZero();
  }

  @Test
  void anotherTickInTheSameMinuteFiresNothingTwice() throws IOException {
    Sandbox one = sandbox();
    Sandbox other = sandbox();
    put(lights());
    pass(Duration.ofMinutes(15));

    one.invoke(TICK);
    other.invoke("{\"action\": \"tick\"}");

    assertThat(engines.get(0).history(Optional.of(LIGHTS), 10)).hasSize(1);
  }

  @Test
  void ofABatchOnlyTheMessageThatNobodyUnderstandsIsKept() throws IOException {
    Sandbox sandbox = sandbox();
    put(lights());
    sqs.poison("{\"this\": \"is from elsewhere\"}");
    engines.get(0).run(LIGHTS, "by hand");

    String event = sqs.receive().orElseThrow();
    String answer = sandbox.invoke(event);

    assertThat(answer).isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"m-1\"}]}");
    sqs.settle(event, answer);
    work(sandbox);
    assertThat(run().state()).isEqualTo(Run.State.COMPLETE);
    assertThat(sqs.receipts()).containsExactly(1);
  }

  @Test
  void whenTimeRunsOutNothingIsBegunAndWhatIsAtWorkHandsBackAndAnotherSandboxGoesOn()
      throws IOException {
    Sandbox first = sandbox();
    Sandbox second = sandbox();
    put(lights());
    engines.get(0).run(LIGHTS, "by hand");
    for (int i = 0; i < 2; i++) { // What selects.
      String event = sqs.receive().orElseThrow();
      sqs.settle(event, first.invoke(event));
    }
    onStep = step -> pass(Duration.ofMinutes(5)); // Three of them at the same time.
    String starts = sqs.receive().orElseThrow();

    sqs.settle(starts, first.invoke(starts, "request-2", Duration.ofMinutes(6)));
    onStep = step -> {};

    assertThat(steps).isNotEmpty().allMatch(step -> step.startsWith("first"));
    assertThat(engines.get(0).executions(run().id())).noneMatch(x -> x.status().ended());
    work(second);
    assertThat(engines.get(0).executions(run().id()))
        .extracting(x -> x.status())
        .containsOnly(Status.SUCCEEDED);
    assertThat(steps).hasSize(6).doesNotHaveDuplicates();
    assertThat(run().state()).isEqualTo(Run.State.COMPLETE);
  }

  @Test
  void nothingRunsAnyMoreWhenTheFunctionHasAnswered() throws Exception {
    Sandbox sandbox = sandbox();
    put(lights());
    pass(Duration.ofMinutes(15));
    sandbox.invoke(TICK);
    assertThat(workers.get(0).comeToRest(Duration.ZERO)).isTrue();

    for (Optional<String> event = sqs.receive(); event.isPresent(); event = sqs.receive()) {
      sqs.settle(event.get(), sandbox.invoke(event.get()));
      assertThat(workers.get(0).comeToRest(Duration.ZERO)).isTrue();
    }

    assertThat(run().state()).isEqualTo(Run.State.COMPLETE);
  }

  @Test
  void tasksAreDescribedInTheOriginalsFieldsWithoutTheirSecrets() throws IOException {
    Sandbox sandbox = sandbox();
    put(lights());
    put(Task.named("attic").action("SwitchOff").where("*").build());

    String all = sandbox.invoke("{\"source\":\"ops-automator.cli\",\"action\":\"describe-tasks\"}");
    String one =
        sandbox.invoke("{\"action\":\"describe-tasks\",\"parameters\":{\"name\":\"lights\"}}");

    assertThat(new JsonMapper().readTree(all).path("Tasks"))
        .extracting(task -> task.path("Name").asText())
        .containsExactly("attic", "lights");
    JsonNode lights = new JsonMapper().readTree(one).path("Tasks").path(0);
    assertThat(lights.path("Action").asText()).isEqualTo("SwitchOff");
    assertThat(lights.path("Interval").asText()).isEqualTo("0/15 * * * ?");
    assertThat(lights.path("Timezone").asText()).isNotEmpty();
    assertThat(lights.path("Enabled").asBoolean()).isTrue();
    assertThat(lights.path("Paused").asBoolean()).isFalse();
    assertThat(one).doesNotContain("hush");
  }

  @Test
  void aTaskThatIsStartedAgainInTheSameGroupHasOneRun() throws IOException {
    Sandbox sandbox = sandbox();
    put(lights());
    String event =
        "{\"action\":\"start-task\",\"parameters\":{\"name\":\"lights\",\"task-group\":\"g1\"}}";

    String first = sandbox.invoke(event);
    String second = sandbox.invoke(event, "request-2", Sandbox.PLENTY);

    assertThat(first)
        .isEqualTo(second)
        .contains("\"TaskGroup\":\"g1\"")
        .contains(run().id().value());
    work(sandbox);
    assertThat(run().state()).isEqualTo(Run.State.COMPLETE);
    assertThat(engines.get(0).history(Optional.of(LIGHTS), 10)).hasSize(1);
  }

  @Test
  void anInvocationThatThePlatformRepeatsStartsOneRun() throws IOException {
    Sandbox sandbox = sandbox();
    put(lights());
    String event = "{\"action\":\"start-task\",\"parameters\":{\"name\":\"lights\"}}";

    assertThat(sandbox.invoke(event)).isEqualTo(sandbox.invoke(event));
    assertThat(engines.get(0).history(Optional.of(LIGHTS), 10)).hasSize(1);
  }

  @Test
  void whatIsWrongWithAQuestionIsItsAnswer() throws IOException {
    Sandbox sandbox = sandbox();

    assertThat(sandbox.invoke("{\"action\":\"start-task\",\"parameters\":{\"name\":\"lihgts\"}}"))
        .isEqualTo("{\"Error\":\"there is no task lihgts\"}");
    assertThat(sandbox.invoke("{\"action\":\"start-task\"}"))
        .isEqualTo("{\"Error\":\"the parameter 'name' is missing: which task is to be started\"}");
    assertThat(sandbox.invoke("{\"action\":\"stop-task\"}"))
        .isEqualTo(
            "{\"Error\":\"there is no action 'stop-task'; there are tick, describe-tasks,"
                + " start-task\"}");
  }

  @Test
  void anEventFromAWrongSourceFailsTheInvocation() {
    Sandbox sandbox = sandbox();

    assertThatThrownBy(() -> sandbox.invoke("{\"Records\":[{\"eventSource\":\"aws:s3\"}]}"))
        .hasMessageContaining("the event is not understood: {\"eventSource\":\"aws:s3\"}")
        .hasMessageContaining("records of SQS");
    assertThatThrownBy(() -> sandbox.invoke("{}")).hasMessageContaining("not understood: {}");
    assertThatThrownBy(() -> sandbox.invoke("{"))
        .hasMessageContaining("the event is not JSON")
        .hasCauseInstanceOf(com.fasterxml.jackson.core.JsonProcessingException.class);
  }

  @Test
  void aStacksRequestKeepsItsTaskAndIsAnsweredToTheStackAlone() {
    Sandbox sandbox = sandbox();
    String event =
        """
        {"RequestType": "Create", "ResponseURL": "https://example.com/answer", "StackId": "arn",
         "RequestId": "r1", "LogicalResourceId": "Task", "ResourceType": "Custom::TaskConfig",
         "ResourceProperties": {"Name": "nightly", "Action": "SwitchOff", "TagFilter": "*"}}""";

    assertThatThrownBy(() -> sandbox.invoke(event))
        .hasMessageContaining("'example.com', which is no address of S3");
    assertThat(engines.get(0).tasks())
        .extracting(Task::name)
        .containsExactly(new TaskName("nightly"));
  }

  @Test
  void messagesOfAQueueThatIsNotTheDeploymentsAreNotTouched() {
    Sandbox sandbox = sandbox();
    String event =
        "{\"Records\":[{\"eventSource\":\"aws:sqs\",\"eventSourceARN\":\"arn:aws:sqs:x:1:other\"}]}";

    assertThatThrownBy(() -> sandbox.invoke(event))
        .hasMessageContaining("arn:aws:sqs:x:1:other")
        .hasMessageContaining("OA_WORK_QUEUE_URL");
  }
}
