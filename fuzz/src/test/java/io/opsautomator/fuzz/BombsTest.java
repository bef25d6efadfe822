package io.opsautomator.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.task.TaskCodec;
import io.opsautomator.task.TaskFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Files of almost the permitted size that mean to take all memory or time; this JVM has 256 MB. */
final class BombsTest {
  private static final int SIZE = TaskFile.MAX_SIZE - 100;

  static Stream<Arguments> bombs() {
    return Stream.of(
        Arguments.of("a list of numbers", "x.json", "{\"tasks\":[0", ",0", "]}"),
        Arguments.of("a list of texts", "x.json", "{\"tasks\":[\"\"", ",\"\"", "]}"),
        Arguments.of("lists in lists", "x.json", "", "[", ""),
        Arguments.of("maps in maps", "x.json", "", "{\"a\":", ""),
        Arguments.of("one text", "x.json", "{\"tasks\":\"", "a", "\"}"),
        Arguments.of("one number", "x.json", "{\"tasks\":1", "1", "}"),
        Arguments.of("one name", "x.json", "{\"", "a", "\":1}"),
        Arguments.of("fields", "x.json", "{\"a\":0", ",\"a\":0", "}"),
        Arguments.of("a flow list", "x.yaml", "tasks: [0", ",0", "]"),
        Arguments.of("a block list", "x.yaml", "", "-\n", ""),
        Arguments.of("a block list of lists", "x.yaml", "", "- ", ""),
        Arguments.of("flow lists in lists", "x.yaml", "", "[", ""),
        Arguments.of("flow maps in maps", "x.yaml", "", "{a: ", ""),
        Arguments.of("fields", "x.yaml", "", "a:\n", ""),
        Arguments.of("anchors", "x.yaml", "", "- &a\n", ""),
        Arguments.of("aliases", "x.yaml", "- &a b\n", "- *a\n", ""),
        Arguments.of("merges", "x.yaml", "- &a {b: c}\n- {", "<<: *a,", "}"),
        Arguments.of("one text", "x.yaml", "tasks: ", "a", ""),
        Arguments.of("lines of one text", "x.yaml", "tasks: |\n", " a\n", ""),
        Arguments.of("comments", "x.yaml", "", "#\n", ""),
        Arguments.of("blanks", "x.yaml", "", " ", ""),
        Arguments.of("complex names", "x.yaml", "", "? ", ""),
        Arguments.of("empty lists", "x.json", "{\"tasks\":[[]", ",[]", "]}"),
        Arguments.of("empty maps", "x.yaml", "tasks: [{}", ",{}", "]"),
        Arguments.of("tasks", "x.yaml", "tasks:\n", "- {name: a, action: b}\n", ""),
        Arguments.of("documents", "x.yaml", "", "---\n", ""));
  }

  /** Whatever is said of it is said in time, and within the memory there is. */
  @ParameterizedTest(name = "{0} in {1}")
  @MethodSource("bombs")
  void aFileOfNothingButOneThingIsAProblemAndNothingWorse(
      String of, String name, String head, String part, String tail) {
    TaskFile.Parsed parsed = TaskFile.parse(name, filled(head, part, tail));

    assertThat(parsed.tasks()).hasSizeLessThan(2);
    assertThat(parsed.problems()).as(of).isNotEmpty().hasSizeLessThan(300);
  }

  @Test
  void aNumberWithABillionDigitsIsNotWrittenOut() {
    String task = "tasks:\n- name: a\n  action: Ec2StopInstances\n  parameters: {X: %s}\n";

    for (String number : new String[] {"1e999999999", "-1E+999999999", "1e-999999999"}) {
      TaskFile.Parsed parsed = TaskFile.parse("x.yaml", task.formatted(number));

      assertThat(parsed.tasks()).singleElement();
      String stored = TaskCodec.write(parsed.tasks().get(0).task());
      assertThat(stored).contains("\"" + number + "\"").hasSizeLessThan(1_000);
    }
  }

  private static String filled(String head, String part, String tail) {
    int parts = (SIZE - head.length() - tail.length()) / part.length();
    return head + part.repeat(parts) + tail;
  }
}
