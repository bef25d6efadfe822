package io.opsautomator.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsautomator.task.ExecutionId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class WorkerSettingsTest {
  private static final String QUEUE = "https://sqs.eu-west-1.amazonaws.com/111122223333/";

  private static Map<String, String> environment(String... more) {
    Map<String, String> all = new HashMap<>();
    all.put("OA_TABLE", "ops");
    all.put("OA_WORK_QUEUE_URL", QUEUE + "work");
    all.put("OA_CHECK_QUEUE_URL", QUEUE + "checks");
    for (int i = 0; i < more.length; i += 2) {
      all.put(more[i], more[i + 1]);
    }
    return all;
  }

  @Test
  void onlyTheDeploymentHasToBeSaid() {
    WorkerSettings settings = WorkerSettings.of(environment());

    assertThat(settings.deployment().table()).isEqualTo("ops");
    assertThat(settings.listen()).hasToString("0.0.0.0:8080");
    assertThat(settings.stopWithin()).isEqualTo(Duration.ofSeconds(25));
    assertThat(settings.once()).isEmpty();
  }

  @Test
  void whatIsSaidCounts() {
    WorkerSettings settings =
        WorkerSettings.of(
            environment(
                "OA_LISTEN", "127.0.0.1:9090", "OA_STOP_SECONDS", "110", "OA_ONCE", " x1 "));

    assertThat(settings.listen().port()).isEqualTo(9090);
    assertThat(settings.stopWithin()).isEqualTo(Duration.ofSeconds(110));
    assertThat(settings.once()).contains(new ExecutionId("x1"));
    assertThat(WorkerSettings.of(environment("OA_ONCE", "x1"), "--once", "x2").once())
        .contains(new ExecutionId("x2"));
  }

  @Test
  void allThatIsWrongIsSaidAtOnce() {
    Map<String, String> wrong =
        environment(
            "OA_TABLE", "", "OA_LISTN", "x", "OA_LISTEN", "8080", "OA_STOP_SECONDS", "soon");

    assertThatThrownBy(() -> WorkerSettings.of(wrong, "--twice"))
        .isInstanceOf(WorkerSettings.Invalid.class)
        .hasMessageContainingAll(
            "OA_TABLE: not set",
            "did you mean OA_LISTEN?",
            "OA_LISTEN: '8080'",
            "OA_STOP_SECONDS: 'soon': allowed is a whole number",
            "'--twice': there is only --once EXECUTION");
  }
}
