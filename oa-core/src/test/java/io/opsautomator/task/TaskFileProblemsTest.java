package io.opsautomator.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.opsautomator.task.TaskFile.Parsed;
import io.opsautomator.task.TaskFile.Problem;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of bad input, and what is told about it: file, line, column, field, remedy. */
final class TaskFileProblemsTest {
  private static List<String> told(String name, String content) {
    return TaskFile.parse(name, content).problems().stream().map(Problem::toString).toList();
  }

  private static List<String> told(String content) {
    return told("t.yaml", content);
  }

  private static final String HEAD = "tasks:\n  - name: t\n    action: A\n    ";

  static Stream<Arguments> oneBadField() {
    return Stream.of(
        Arguments.of(
            "intervall: '@daily'",
            "4:5: tasks[0].intervall: is no field of a task; did you mean 'interval'?"),
        Arguments.of(
            "tag_filter: a",
            "4:5: tasks[0].tag_filter: is no field of a task; did you" + " mean 'tagFilter'?"),
        Arguments.of("interval: 0 25 * * *", "4:17: tasks[0].interval: hour 25"),
        Arguments.of("interval: '0 25 * * *'", "4:18: tasks[0].interval: hour 25"),
        Arguments.of("interval: {every: hour}", "4:15: tasks[0].interval: is a map; a cron"),
        Arguments.of(
            "timezone: Europe/Berln",
            "4:15: tasks[0].timezone: 'Europe/Berln' is not the name of a time zone; did you mean"
                + " 'Europe/Berlin'?"),
        Arguments.of(
            "regions: [eu-west-1, eu-wst-1]",
            "4:26: tasks[0].regions[1]: 'eu-wst-1' is not a known region; did you mean"
                + " 'eu-west-1'?"),
        Arguments.of(
            "accounts: [111122223333, 12345]",
            "4:30: tasks[0].accounts[1]: '12345' is not an account number of 12 digits"),
        Arguments.of("accounts: {a: b}", "4:15: tasks[0].accounts: is a map; a list is wanted"),
        Arguments.of(
            "crossAccountRole: arn:aws:iam::1:role/x",
            "4:23: tasks[0].crossAccountRole: 'arn:aws:iam::1:role/x' is not the name of a role"),
        Arguments.of("enabled: maybe", "4:14: tasks[0].enabled: 'maybe' is neither yes nor no"),
        Arguments.of("debug: [1]", "4:12: tasks[0].debug: a list is neither yes nor no"),
        Arguments.of(
            "timeout: soon",
            "4:14: tasks[0].timeout: 'soon' is neither a whole number of minutes nor a duration"
                + " such as 30s, 90m, 24h, 7d or PT1H30M"),
        Arguments.of("timeout: 0", "4:14: tasks[0].timeout: '0' is not at least one minute"),
        Arguments.of("timeout: 12s", "4:14: tasks[0].timeout: '12s' is not at least one minute"),
        Arguments.of("timeout: 1.5", "4:14: tasks[0].timeout: '1.5' is neither a whole number"),
        Arguments.of(
            "concurrency: many", "4:18: tasks[0].concurrency: 'many' is not a whole number"),
        Arguments.of(
            "concurrencyPerRegion: 0",
            "4:27: tasks[0].concurrencyPerRegion: '0' is not at least 1"),
        Arguments.of("batchSize: -1", "4:16: tasks[0].batchSize: '-1' is not at least 1"),
        Arguments.of("overlap: que", "4:14: tasks[0].overlap: 'que' is none of skip, queue, allow"),
        Arguments.of(
            "misfire: lst",
            "4:14: tasks[0].misfire: 'lst' is none of skip, last, all; did you mean 'last'?"),
        Arguments.of(
            "dst: {gapp: skip}",
            "4:11: tasks[0].dst.gapp: is unknown; known: gap, overlap; did you mean 'gap'?"),
        Arguments.of("parameters: [1]", "4:17: tasks[0].parameters: is a list; a map is wanted"),
        Arguments.of("events: running", "4:13: tasks[0].events: is a text; a map is wanted"),
        Arguments.of(
            "events: {aws.ec2: {State: {running: perhaps}}}",
            "4:41: tasks[0].events.aws.ec2.State.running: 'perhaps' is neither yes nor no"),
        Arguments.of(
            "eventScopes: {aws.ec2: {State: {running: world}}}",
            "4:46: tasks[0].eventScopes.aws.ec2.State.running: 'world' is no scope; use resource"
                + " or region"),
        Arguments.of("description: [a]", "4:18: tasks[0].description: is a list; a text is wanted"),
        Arguments.of(
            "debug: 1\n    debug: 0",
            "5:5: tasks[0].debug: 'debug' is given twice, first" + " in line 4; keep one"),
        Arguments.of("debug: 1\n    Debug: 0", "5:5: tasks[0].Debug: is the same as 'debug';"),
        Arguments.of(
            "parameters: {A: 1, A: 2}",
            "4:24: tasks[0].parameters.A: 'A' is given twice, first in line 4; keep one"),
        Arguments.of(
            "thisAccount: no",
            "4:18: tasks[0].thisAccount: is off and no other accounts are given"));
  }

  @ParameterizedTest
  @MethodSource
  void oneBadField(String field, String problem) {
    assertThat(told(HEAD + field + "\n"))
        .singleElement()
        .asString()
        .startsWith("t.yaml:" + problem);
  }

  @Test
  void aFaultyFilterHasACaretAndThePlaceOfTheFaultInTheFile() {
    Parsed parsed = TaskFile.parse("t.yaml", HEAD + "tagFilter: 'env=dev&(a'\n");
    Problem problem = parsed.problems().get(0);
    assertThat(problem.code()).isEqualTo("ERR_INVALID_TAG_FILTER");
    assertThat(problem.line()).isEqualTo(4);
    assertThat(problem.column()).isBetween(16 + 8, 17 + 10);
    assertThat(problem.message()).contains("\nenv=dev&(a\n").endsWith("^");
  }

  @Test
  void aFoldedExpressionStillHasItsCaret() {
    Problem problem =
        TaskFile.parse("t.yaml", HEAD + "tagFilter: >-\n      env=dev\n      &(a\n")
            .problems()
            .get(0);
    assertThat(problem.line()).isEqualTo(4);
    assertThat(problem.message()).contains("\nenv=dev &(a\n").endsWith("^");
  }

  static Stream<Arguments> noTaskFileAtAll() {
    return Stream.of(
        Arguments.of("", "1:1: is empty; it needs 'tasks:' and a list"),
        Arguments.of("# nothing\n", "1:1: is empty"),
        Arguments.of("- name: t\n", "1:1: a map with 'tasks' is wanted, not a list; put the list"),
        Arguments.of("tasks\n", "1:1: a map with 'tasks' is wanted, not a text"),
        Arguments.of("tasks: 7\n", "1:8: tasks: a list of tasks is wanted, not a number"),
        Arguments.of("tasks: [7]\n", "1:9: tasks[0]: a task is a map, not a number"),
        Arguments.of("tasks:\n\t- name: t\n", "2:1: a tab where YAML allows only blanks"),
        Arguments.of("tasks: [a\n", "2:1: is not YAML: expected ',' or ']'"),
        Arguments.of("tasks: []\n---\ntasks: []\n", "2:1: a second document begins"),
        Arguments.of("tasks: [!!java.net.URL ['http://x']]\n", "1:9: has the YAML tag"),
        Arguments.of("tasks: !!set {a, b}\n", "1:8: has the YAML tag 'tag:yaml.org,2002:set'"),
        Arguments.of("tasks: &a [*a]\n", "1:12: *a stands for nothing yet"),
        Arguments.of("tasks: [*gone]\n", "1:9: *gone stands for nothing yet"),
        Arguments.of("{[a]: b}\n", "1:2: a list cannot be the name of a field"),
        Arguments.of("tasks: [{<<: 7}]\n", "1:10: '<<' merges a map"),
        Arguments.of("tasks: [a\u0007]\n", "1:10: has a control character, U+0007; remove it"));
  }

  @ParameterizedTest
  @MethodSource
  void noTaskFileAtAll(String content, String problem) {
    assertThat(told(content)).singleElement().asString().startsWith("t.yaml:" + problem);
  }

  static Stream<Arguments> noJsonFileAtAll() {
    return Stream.of(
        Arguments.of("", "1:1: is empty"),
        Arguments.of("{\"tasks\": [}", "1:12: is not JSON: Unexpected close marker '}'"),
        Arguments.of("{\"tasks\": []} x", "1:15: is not JSON: Unrecognized token 'x'"),
        Arguments.of("{\"tasks\": []} 1", "1:15: something follows after the end; remove it"),
        Arguments.of("{tasks: []}", "1:2: is not JSON: Unexpected character"));
  }

  @ParameterizedTest
  @MethodSource
  void noJsonFileAtAll(String content, String problem) {
    assertThat(told("t.json", content)).singleElement().asString().startsWith("t.json:" + problem);
  }

  @Test
  void jsonHasPlacesToo() {
    assertThat(
            told(
                "t.json",
                "{\"tasks\": [{\"name\": \"t\", \"action\": \"A\",\n \"debug\": \"x\"}]}"))
        .singleElement()
        .asString()
        .startsWith("t.json:2:11: tasks[0].debug: 'x' is neither yes nor no");
  }

  @Test
  void aFieldOfATaskAtTheTopIsSentWhereItBelongs() {
    assertThat(told("name: t\naction: A\n"))
        .containsExactly(
            "t.yaml:1:1: name: 'name' is unknown here, only 'tasks' is known; it belongs into a"
                + " task, in the list under 'tasks:'",
            "t.yaml:1:1: tasks: is missing: a list of tasks",
            "t.yaml:2:1: action: 'action' is unknown here, only 'tasks' is known; it belongs into"
                + " a task, in the list under 'tasks:'");
  }

  @Test
  void allProblemsOfAllTasksAreToldAtOnceInTheOrderOfTheFile() {
    assertThat(
            told(
                """
                tasks:
                  - name: one
                    interval: nonsense
                  - action: A
                    colour: red
                  - name: one two
                    action: A
                    regions: mars
                  - name: same
                    action: A
                  - name: same
                    action: B
                """))
        .satisfiesExactly(
            p -> assertThat(p).startsWith("t.yaml:2:5: tasks[0].action: is required and missing"),
            p -> assertThat(p).startsWith("t.yaml:3:15: tasks[0].interval:"),
            p -> assertThat(p).startsWith("t.yaml:4:5: tasks[1].name: is required and missing"),
            p ->
                assertThat(p)
                    .startsWith("t.yaml:5:5: tasks[1].colour: is no field of a task; known"),
            p -> assertThat(p).startsWith("t.yaml:8:14: tasks[2].regions[0]: 'mars'"),
            p ->
                assertThat(p)
                    .isEqualTo(
                        "t.yaml:11:11: tasks[4].name: the name 'same' is taken by the task in line"
                            + " 9; names are unique"));
  }

  @Test
  void w44_theSameInvalidZoneIsToldEachTimeItIsUsed() {
    String task = "  - {name: %s, action: A, interval: '@daily', timezone: Mars/Base}\n";
    assertThat(told("tasks:\n" + task.formatted("a") + task.formatted("b")))
        .hasSize(2)
        .allMatch(p -> p.contains("'Mars/Base' is not the name of a time zone"));
  }

  @Test
  void whatIsNotUtf8IsToldWithItsOffset() {
    byte[] latin = "tasks:\n# f\u00fcr\n".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(TaskFile.parse("t.yaml", latin).problems())
        .extracting(Problem::toString)
        .containsExactly("t.yaml:2:4: is not UTF-8: byte 0xFC at offset 10; save it as UTF-8");
    byte[] wide = "tasks: []".getBytes(StandardCharsets.UTF_16);
    assertThat(TaskFile.parse("t.yaml", wide).problems())
        .extracting(Problem::message)
        .containsExactly("is UTF-16; save it as UTF-8");
  }

  @Test
  void aFileThatIsTooLargeIsRefusedUnread() {
    byte[] large = new byte[TaskFile.MAX_SIZE + 1];
    Arrays.fill(large, (byte) ' ');
    assertThat(TaskFile.parse("t.yaml", large).problems())
        .extracting(Problem::message)
        .containsExactly("is larger than 5 MB; split it");
  }

  @Test
  @Timeout(10)
  void aLargeFileWithinTheLimitIsReadInTime() {
    String task = "  - {name: task-%d, action: A, tagFilter: 'a=b', interval: '0 * * * ?'}\n";
    StringBuilder file = new StringBuilder("tasks:\n");
    for (int i = 0; i < 20_000; i++) {
      file.append(task.formatted(i));
    }
    assertThat(TaskFile.parse("t.yaml", file.toString()).tasks()).hasSize(20_000);
  }

  @Test
  void nestingIsLimited() {
    assertThat(told("tasks: " + "[".repeat(900_000)))
        .singleElement()
        .asString()
        .contains("nested deeper than 100 levels");
    assertThat(told("t.json", "[".repeat(900_000)))
        .singleElement()
        .asString()
        .contains("nested deeper than 100 levels");
  }

  @Test
  void nestingByAliasesIsLimited() {
    StringBuilder file = new StringBuilder("a0: &a0 [x]\n");
    for (int i = 1; i < 50_000; i++) {
      file.append("a%d: &a%d [*a%d]\n".formatted(i, i, i - 1));
    }
    assertThat(told(file.toString())).singleElement().asString().contains("deeper than 100");
  }

  @Test
  void explodingAliasesAreRefusedInNoTime() {
    StringBuilder file = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 60; i++) {
      String ten = ("*a" + (i - 1) + ", ").repeat(10);
      file.append("a%d: &a%d [%s]\n".formatted(i, i, ten.substring(0, ten.length() - 2)));
    }
    long start = System.nanoTime();
    assertThat(told(file.toString())).singleElement().asString().contains("more than 1000000");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
  }

  @Test
  void atMostTwoHundredProblemsAreTold() {
    assertThat(told("tasks:\n" + "  - {}\n".repeat(5_000)))
        .hasSize(201)
        .anyMatch(p -> p.contains("has more problems than the 200 told here"));
  }

  @Test
  void aSecretParameterIsInNoProblem() {
    Parsed parsed =
        TaskFile.parse(
                "t.yaml",
                """
                tasks:
                  - {name: t, action: Ec2CreateSnapshot, parameters: {Hook: T0PS3CRET}}
                """)
            .check(new TaskValidator(Actions.CATALOG), Instant.EPOCH);
    assertThat(parsed.problems()).hasSize(1);
    assertThat(parsed.problems().toString()).doesNotContain("T0PS3CRET").contains("not shown");
  }

  private static final String GARBAGE = "{}[]:,&*!|>'\"%@`\t\n#-? a0";

  @Test
  void whateverIsCutOrGarbledIsAProblemAndNeverAnException() {
    Random random = new Random(3);
    String good = HEAD + "interval: '@daily'\n    parameters: &p {A: [1, {b: *q}], \"c\": |\n x}\n";
    for (int i = 0; i < 3_000; i++) {
      StringBuilder text = new StringBuilder(good);
      for (int change = 0; change <= random.nextInt(4); change++) {
        char other = GARBAGE.charAt(random.nextInt(GARBAGE.length()));
        text.setCharAt(random.nextInt(text.length()), other);
      }
      String file = random.nextBoolean() ? "t.yaml" : "t.json";
      Parsed parsed = TaskFile.parse(file, text.substring(0, random.nextInt(text.length() + 1)));
      assertThat(parsed.problems()).allSatisfy(p -> assertThat(p.message()).isNotBlank());
      assertThat(parsed.problems()).allMatch(p -> p.line() >= 1 && p.column() >= 1);
    }
  }

  @Test
  void aTaskWithOtherProblemsIsStillAskedForItsNameAndItsAction() {
    Parsed parsed =
        TaskFile.parse(
                "t.yaml",
                """
                tasks:
                  - name: one
                    action: NoSuchAction
                    regions: eu-wst-1
                  - name: one
                    action: NoSuchActionEither
                    interval: 61 * * * *
                """)
            .check(new TaskValidator(Actions.CATALOG), Instant.EPOCH);

    assertThat(parsed.problems())
        .extracting(Problem::line, Problem::code)
        .containsExactly(
            tuple(3, "ERR_ACTION_DOES_NOT_EXIST"),
            tuple(4, "ERR_BAD_REGION"),
            tuple(5, "ERR_TASK_DOES_ALREADY_EXIST"),
            tuple(6, "ERR_ACTION_DOES_NOT_EXIST"),
            tuple(7, "ERR_INVALID_CRON_EXPRESSION"));
  }
}
