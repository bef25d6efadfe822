package io.opsautomator.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.action.ActionCatalog;
import io.opsautomator.task.After.End;
import io.opsautomator.task.TaskFile.Parsed;
import io.opsautomator.task.TaskFile.Problem;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a task file says of how tasks hang together. */
final class FlowInFilesTest {
  private static Parsed parsed(String after) {
    return TaskFile.parse("t.yaml", "tasks:\n  - {name: t, action: A, after: " + after + "}\n");
  }

  private static List<After> after(String after) {
    Parsed parsed = parsed(after);
    assertThat(parsed.problems()).isEmpty();
    return parsed.tasks().get(0).task().flow().after();
  }

  private static After of(String name, End... ends) {
    return new After(new TaskName(name), java.util.Set.of(ends));
  }

  @Test
  void aNameAloneMeansWhenItHasSucceeded() {
    assertThat(after("first one")).containsExactly(of("first one", End.SUCCEEDED));
    assertThat(after("[a, b]")).containsExactly(of("a", End.SUCCEEDED), of("b", End.SUCCEEDED));
  }

  @Test
  void whenNamesTheEnds() {
    assertThat(after("{task: a, when: failed}")).containsExactly(of("a", End.FAILED));
    assertThat(after("{task: a, when: [Failed, partial]}"))
        .containsExactly(of("a", End.FAILED, End.PARTIAL));
    assertThat(after("{task: a, when: ended}")).containsExactly(of("a", End.values()));
    assertThat(after("[b, {task: a, when: cancelled}]"))
        .containsExactly(of("b", End.SUCCEEDED), of("a", End.CANCELLED));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "{task: a, when: fails} ~ tasks[0].after.when: 'fails' is none of succeeded, partial, failed",
        "{task: a, wen: failed} ~ tasks[0].after.wen: is unknown; known: task, when; did you mean",
        "{when: failed} ~ tasks[0].after.task: is missing",
        "[[a]] ~ tasks[0].after: is a list; a task's name, or a map with 'task' and 'when'",
        "[a, a] ~ tasks[0].after: 'a' is given twice; name all ends in one 'when'",
        "t ~ tasks[0].after: a task cannot follow itself; use an interval",
        "-x ~ tasks[0].after: '-x' is not a task name"
      })
  void whatIsWrongIsToldWithWhatIsAllowed(String after, String problem) {
    assertThat(parsed(after).problems())
        .singleElement()
        .extracting(Problem::toString)
        .asString()
        .contains(problem);
  }

  private static Parsed checked(String... tasks) {
    StringBuilder file = new StringBuilder("tasks:\n");
    for (String task : tasks) {
      file.append("  - {action: A, ").append(task).append("}\n");
    }
    return TaskFile.parse("t.yaml", file.toString())
        .check(new TaskValidator(ActionCatalog.of(List.of())), Instant.EPOCH);
  }

  @Test
  void aCircleIsToldAtEachTaskOnIt() {
    Parsed file =
        checked("name: a, after: c", "name: b, after: a", "name: c, after: b", "name: d, after: c");
    assertThat(file.problems())
        .filteredOn(problem -> problem.code().equals("ERR_TASK_CYCLE"))
        .extracting(problem -> problem.line() + " " + problem.field() + ": " + problem.message())
        .containsExactly(
            "2 tasks[0].after: tasks would follow one another for ever: a, then b, then c, then a;"
                + " take one 'after' out",
            "3 tasks[1].after: tasks would follow one another for ever: b, then c, then a, then b;"
                + " take one 'after' out",
            "4 tasks[2].after: tasks would follow one another for ever: c, then a, then b, then c;"
                + " take one 'after' out");
  }

  @Test
  void whoFollowsATaskOfNoNameHereIsWarned() {
    assertThat(checked("name: nightly", "name: b, after: nigthly").warnings())
        .extracting(Problem::message)
        .anyMatch(
            told ->
                told.startsWith("'nigthly' is no task of this file")
                    && told.endsWith("did you mean 'nightly'?"));
  }
}
