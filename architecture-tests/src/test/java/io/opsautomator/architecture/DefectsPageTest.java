package io.opsautomator.architecture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The page of defects accounts for every known defect once: by tests that exist where it says they
 * do, or by a reason. A test that is named after a defect is in the row of that defect.
 */
final class DefectsPageTest {
  private static final int OF_THE_FRAMEWORK = 74;
  private static final int OF_THE_ACTIONS = 85;

  /** A number, or a number and whose. */
  private static final String NAME = "(?:(?:w|d|c7n|dbs|is|jr|oa|rundeck)\\d+|ssm)_\\w+";

  private static final Pattern TEST = Pattern.compile("void (" + NAME + ")\\(");
  private static final Pattern LISTED =
      Pattern.compile("`(" + NAME + ")` \\((\\w+), ([\\w-]+)\\)(?=<br>| \\|)");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| (W\\d+|D-\\d+) \\| .* \\|$");

  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    return Files.exists(folder.resolve("oa-core")) ? folder : folder.getParent();
  }

  private static String page() throws IOException {
    return Files.readString(root().resolve("docs/defects.md"), UTF_8);
  }

  private static Stream<MatchResult> rows() throws IOException {
    return ROW.matcher(page()).results();
  }

  @Test
  void everyKnownDefectHasOneRow() throws IOException {
    List<String> known = new ArrayList<>();
    IntStream.rangeClosed(1, OF_THE_FRAMEWORK).forEach(n -> known.add("W" + n));
    IntStream.rangeClosed(1, OF_THE_ACTIONS).forEach(n -> known.add("D-%02d".formatted(n)));

    assertThat(rows().map(row -> row.group(1))).containsExactlyInAnyOrderElementsOf(known);
  }

  @Test
  void everyRegressionTestIsListedWithItsClassAndModuleAndNoOther() throws IOException {
    Set<String> listed =
        LISTED
            .matcher(page())
            .results()
            .map(test -> place(test.group(1), test.group(2), test.group(3)))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(listed).isEqualTo(regressionTests());
  }

  @Test
  void whatIsNamedAfterADefectIsInItsRow() throws IOException {
    Map<String, String> rows = new LinkedHashMap<>();
    rows().forEach(row -> rows.put(prefix(row.group(1)), row.group()));
    for (String test : regressionTests()) {
      String prefix = test.substring(0, test.indexOf('_') + 1);
      if (rows.containsKey(prefix)) {
        assertThat(rows.get(prefix)).contains("`" + test.substring(0, test.indexOf(' ')) + "`");
      } else {
        assertThat(prefix).as(test).doesNotMatch("[wd]\\d+_");
      }
    }
  }

  /** What the names of its tests begin with. */
  private static String prefix(String defect) {
    return defect.replace("-", "").toLowerCase(Locale.ROOT) + "_";
  }

  private static String place(String test, String type, String module) {
    return test + " (" + type + ", " + module + ")";
  }

  private static Set<String> regressionTests() throws IOException {
    Set<String> tests = new TreeSet<>();
    try (Stream<Path> files = Files.walk(root())) {
      for (Path file : files.filter(DefectsPageTest::hasTests).toList()) {
        String type = file.getFileName().toString().replace(".java", "");
        String module = root().relativize(file).getName(0).toString();
        TEST.matcher(Files.readString(file, UTF_8))
            .results()
            .forEach(test -> tests.add(place(test.group(1), type, module)));
      }
    }
    return tests;
  }

  private static boolean hasTests(Path file) {
    String path = file.toString();
    return path.endsWith(".java") && path.contains("src/test")
        || path.contains("/testkit/") && path.endsWith("Contract.java");
  }
}
