package io.opsautomator.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.task.TaskFile.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is told about bad limits in a task file. */
final class GuardsInFilesTest {
  private static List<String> told(String fields) {
    String file = "tasks:\n  - name: t\n    action: A\n    " + fields.replace("|", "\n    ") + "\n";
    return TaskFile.parse("t.yaml", file).problems().stream().map(Problem::toString).toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "maxResources: 0 ~ 4:19: tasks[0].maxResources: '0' is neither a whole number of at least"
            + " 1, such as 10, nor a percentage from 1% to 100%",
        "maxErrors: 101% ~ 4:16: tasks[0].maxErrors: '101%' is neither",
        "maxErrors: [1] ~ 4:16: tasks[0].maxErrors: is a list; a text is wanted",
        "maxPerAccount: few ~ 4:20: tasks[0].maxPerAccount: 'few' is not a whole number",
        "maxPerRegion: 0 ~ 4:19: tasks[0].maxPerRegion: '0' is not at least 1",
        "maxShrink: -1 ~ 4:16: tasks[0].maxShrink: '-1' is not a percentage, such as 30%",
        "maxShrink: 100% ~ 4:16: tasks[0].maxShrink: '100' is not a percentage from 0 to 99",
        "canary: one ~ 4:13: tasks[0].canary: 'one' is neither a whole number",
        "waves: 1.5 ~ 4:12: tasks[0].waves: '1.5' is neither a whole number",
        "pause: 10 ~ 4:12: tasks[0].pause: is set, but there are no waves to pause between; set"
            + " canary or waves, too",
        "approve: yes ~ 4:14: tasks[0].approve: is set, but there are no waves to approve",
        "canary: 1|pause: soon ~ 5:12: tasks[0].pause: 'soon' is neither a whole number of minutes",
        "canary: 1|pause: P31D ~ 5:12: tasks[0].pause: 'PT744H' is not a time between nothing and"
            + " 30 days",
        "canary: 1|approve: maybe ~ 5:14: tasks[0].approve: 'maybe' is neither yes nor no",
        "expectSuccessWithin: soon ~ 4:26: tasks[0].expectSuccessWithin: 'soon' is neither",
        "expectSuccessWithin: 30s ~ 4:26: tasks[0].expectSuccessWithin: 'PT30S' is not between",
        "maxResource: 10 ~ 4:5: tasks[0].maxResource: is no field of a task; did you mean"
            + " 'maxResources'?"
      })
  void aBadLimitIsToldWithItsPlaceAndWhatIsAllowed(String fields, String problem) {
    assertThat(told(fields)).singleElement().asString().startsWith("t.yaml:" + problem);
  }

  @Test
  void allOfThemAreToldAtOnce() {
    assertThat(told("maxResources: x|maxErrors: 0|maxPerRegion: 0|canary: 0|pause: 0")).hasSize(5);
  }
}
