package io.opsautomator.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.task.TaskFile.Parsed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A task file says what to do; it cannot do anything itself. */
final class UntrustedFilesTest {
  private static final String TASK = "tasks:\n- name: a\n  action: A\n  description: ";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "!!javax.script.ScriptEngineManager [!!java.net.URLClassLoader [[!!java.net.URL [\"x\"]]]]",
        "!!java.io.FileInputStream [/etc/passwd]",
        "!!com.sun.rowset.JdbcRowSetImpl {dataSourceName: 'ldap://x', autoCommit: true}",
        "!!python/object/apply:os.system [id]",
        "!include /etc/passwd",
        "!<tag:yaml.org,2002:str> x",
        "!!binary aGk="
      })
  void noTagConstructsOrReadsAnything(String value) {
    Parsed parsed = TaskFile.parse("t.yaml", TASK + value + "\n");

    assertThat(parsed.tasks()).isEmpty();
    assertThat(parsed.problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.message()).contains("tags are not read"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "${HOME}",
        "$HOME $(id) `id`",
        "#{T(java.lang.Runtime)}",
        "${jndi:ldap://x/y}",
        "file:///etc/passwd",
        "{ssm:/secret}",
        "%ENV%"
      })
  void whatLooksLikeAReferenceStaysTheTextItIs(String value) {
    Parsed parsed = TaskFile.parse("t.yaml", TASK + "'" + value + "'\n");

    assertThat(parsed.problems()).isEmpty();
    assertThat(parsed.tasks().get(0).task().options().description()).isEqualTo(value);
  }

  @Test
  void aFileCannotIncludeAnother() {
    Parsed parsed = TaskFile.parse("t.yaml", "include: other.yaml\n$ref: other.yaml\ntasks: []\n");

    assertThat(parsed.problems()).hasSize(2).allMatch(p -> p.message().contains("is unknown here"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "/etc/cron.d/x", "a/b", "a\\b", "..", ".hidden", "a\u0000b", ""})
  void aNameIsNoPath(String name) {
    String json = "{\"tasks\": [{\"name\": \"%s\", \"action\": \"A\"}]}";
    String escaped = name.replace("\\", "\\\\").replace("\u0000", "\\u0000");

    assertThat(TaskFile.parse("t.json", json.formatted(escaped)).tasks()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\\n", "\\r\\n", "\\u0085", "\\u2028", "\\e[2K\\r", "\\u009b2K", "\\u202e"})
  void whatIsQuotedOfAFileCannotLookLikeALineOfOurs(String harmful) {
    String value = "x" + harmful + "error: other.yaml:1:1: forged";
    Parsed parsed =
        TaskFile.parse(
            "t.yaml",
            "tasks:\n- name: a\n  action: A\n  debug: \"%1$s\"\n  \"%1$s\": 1\n  tagFilter: \"a=(%1$s\"\n"
                .formatted(value));

    assertThat(parsed.problems()).hasSize(3);
    for (TaskFile.Problem problem : parsed.problems()) {
      assertThat(problem.toString().lines())
          .noneMatch(line -> line.startsWith("error:"))
          .noneMatch(line -> line.codePoints().anyMatch(Character::isISOControl))
          .hasSizeLessThanOrEqualTo(3);
    }
  }
}
