package io.opsautomator.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.Vitals;
import io.opsautomator.audit.AuditEvent;
import io.opsautomator.audit.AuditEvent.Subject;
import io.opsautomator.aws.AwsCall;
import io.opsautomator.resource.Scope;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.store.InMemoryStore;
import io.opsautomator.store.StoredTask;
import io.opsautomator.task.ExecutionId;
import io.opsautomator.task.RunId;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskCodec;
import io.opsautomator.task.TaskName;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class WorkerMetricsTest {
  private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");
  private static final TaskName TASK = new TaskName("nightly");

  private final InMemoryStore store = new InMemoryStore();
  private final WorkerMetrics metrics = new WorkerMetrics();

  @BeforeEach
  void watch() {
    Task task = Task.named(TASK.value()).action("SwitchOff").where("*").build();
    store
        .tasks()
        .put(
            new StoredTask(
                TASK,
                1,
                "i",
                StoredTask.State.ENABLED,
                TaskCodec.write(task),
                StoredTask.Clock.STOPPED),
            0);
    metrics.watch(
        () ->
            new Vitals(
                Vitals.State.WORKING,
                Optional.of(NOW.minusSeconds(42)),
                Optional.empty(),
                3,
                17,
                Optional.empty()),
        store,
        InstantSource.fixed(NOW),
        "1.2.3");
  }

  @AfterEach
  void close() {
    metrics.close();
  }

  private void ended(int number, Status how) {
    Subject subject =
        new Subject(TASK, Optional.of(new RunId("r")), Optional.of(new ExecutionId("x" + number)));
    metrics.accept(new AuditEvent.Moved(NOW, subject, Status.READY, Status.RUNNING, ""));
    metrics.accept(new AuditEvent.Moved(NOW.plusSeconds(20), subject, Status.RUNNING, how, ""));
  }

  private void called(String outcome) {
    metrics.called(
        new AwsCall(
            "ec2",
            "DescribeInstances",
            false,
            false,
            Scope.of("111122223333", "eu-west-1"),
            outcome));
  }

  @Test
  void executionsAreCountedByActionAndOutcome() {
    ended(1, Status.SUCCEEDED);
    ended(2, Status.SUCCEEDED);
    ended(3, Status.FAILED);

    assertThat(metrics.openMetrics())
        .contains(
            "ops_automator_executions_seconds_count{action=\"SwitchOff\",status=\"succeeded\","
                + "task=\"nightly\"} 2",
            "ops_automator_executions_seconds_count{action=\"SwitchOff\",status=\"failed\",")
        .containsPattern("executions_seconds_bucket\\{[^}]*le=\"60.0\"} 2");
  }

  @Test
  void callsAreCountedByWhatCameOfThem() {
    called(AwsCall.OK);
    called(AwsCall.OK);
    called("RequestLimitExceeded");
    called("UnauthorizedOperation");
    called(AwsCall.REFUSED_BY_GUARD);

    String series =
        "ops_automator_calls_total{operation=\"DescribeInstances\",outcome=\"%s\",service=\"ec2\"} ";
    assertThat(metrics.openMetrics())
        .contains(series.formatted("ok") + "2", series.formatted("throttled") + "1")
        .contains(series.formatted("failed") + "1", series.formatted("refused") + "1");
  }

  @Test
  void signsOfLifeAndTheVersionAreThere() {
    assertThat(metrics.openMetrics())
        .contains("ops_automator_messages_in_hand 3")
        .contains("ops_automator_messages_handled_total 17")
        .contains("ops_automator_tick_age_seconds 42")
        .contains("ops_automator_build{version=\"1.2.3\"} 1")
        .contains("jvm_memory_used_bytes{");
  }

  @Test
  void theTextIsOpenMetrics() {
    ended(1, Status.TIMED_OUT);
    called(AwsCall.OK);
    metrics.accept(new AuditEvent.Warned(NOW, Subject.task(TASK), "a \"b\" c\\d\ne", "why"));

    assertThat(OpenMetricsGrammar.violations(metrics.openMetrics())).isEmpty();
    assertThat(metrics.openMetrics()).contains("code=\"a \\\"b\\\" c\\\\d\\ne\"");
  }

  @Test
  void textThatIsNotOpenMetricsIsSeen() {
    assertThat(OpenMetricsGrammar.violations("# TYPE a counter\na 1\nb{c=\"\"d\"} 1\n# EOF"))
        .hasSize(3);
  }

  @Test
  void aStoreThatIsAwayLeavesTheActionUnknown() {
    try (WorkerMetrics other = new WorkerMetrics()) {
      other.accept(
          new AuditEvent.Warned(NOW, Subject.task(new TaskName("other")), "WARN_X", "why"));

      assertThat(other.openMetrics())
          .contains(
              "ops_automator_warnings_total{action=\"unknown\",code=\"WARN_X\",task=\"other\"} 1");
    }
  }
}
