package io.opsautomator.testkit.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/reliability.md} promises what is watched, and names tests that exist. */
final class ReliabilityPageTest {
  private static final Path ROOT = root();
  private static final Pattern INVARIANT = Pattern.compile("(?m)^\\| ([ILR]\\d+) \\| (?!`)");
  private static final Pattern MUTANT =
      Pattern.compile("(?m)^\\| (\\d+) \\| `([a-z-]+)` \\|[^|]*\\|[^|]*\\| ([ILR]\\d+) \\|");
  private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|Contract))(?:#(\\w+))?`");

  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    return Files.exists(folder.resolve("docs")) ? folder : folder.getParent();
  }

  private static String page() throws IOException {
    return Files.readString(ROOT.resolve("docs/reliability.md"), UTF_8);
  }

  @Test
  void itsInvariantsAreThoseThatAreWatched() throws IOException {
    assertThat(INVARIANT.matcher(section("Invariants")).results().map(found -> found.group(1)))
        .containsExactly(names(Invariant.values()));
  }

  private static String[] names(Invariant[] invariants) {
    return Stream.of(invariants).map(Invariant::name).toArray(String[]::new);
  }

  @Test
  void itsMutantsAreThoseThatAreRun() throws IOException {
    List<String> rows =
        MUTANT.matcher(section("Mutants")).results().map(ReliabilityPageTest::row).toList();
    assertThat(rows)
        .isEqualTo(
            Mutants.defects().stream()
                .map(m -> m.number() + " " + m.title() + " " + m.expected())
                .toList());
  }

  private static String row(MatchResult found) {
    return found.group(1) + " " + found.group(2) + " " + found.group(3);
  }

  private static String section(String title) throws IOException {
    String page = page();
    int begin = page.indexOf("\n## " + title + "\n");
    int end = page.indexOf("\n## ", begin + 4);
    return page.substring(begin, end < 0 ? page.length() : end);
  }

  @Test
  void theTestsItNamesExist() throws IOException {
    Set<String> missing = new TreeSet<>();
    for (MatchResult named : TEST.matcher(page()).results().toList()) {
      String source = source(named.group(1));
      if (source.isEmpty() || named.group(2) != null && !source.contains(named.group(2) + "(")) {
        missing.add(named.group());
      }
    }
    assertThat(missing).isEmpty();
  }

  private static String source(String name) throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      List<Path> found =
          files
              .filter(file -> file.endsWith(name + ".java"))
              .filter(file -> file.toString().contains("src"))
              .collect(Collectors.toList());
      return found.isEmpty() ? "" : Files.readString(found.get(0), UTF_8);
    }
  }
}
