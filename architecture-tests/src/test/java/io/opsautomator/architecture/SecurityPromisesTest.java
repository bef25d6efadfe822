package io.opsautomator.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every promise of docs/security.md names a test, and there is such a test. */
final class SecurityPromisesTest {
  private static final Pattern NAMED = Pattern.compile("`([a-z][A-Za-z0-9]{11,})`");
  private static final Pattern METHOD = Pattern.compile("void ([a-z][A-Za-z0-9_]*)\\(");
  private static final Path PAGE = BuildModule.root().resolve("docs/security.md");

  @Test
  void everyTestThatIsNamedExists() throws IOException {
    Set<String> named = names(NAMED, Files.readString(PAGE)).collect(Collectors.toSet());

    assertThat(named).hasSizeGreaterThan(15);
    assertThat(tests()).containsAll(named);
  }

  @Test
  void everyPromiseNamesOne() throws IOException {
    String page = Files.readString(PAGE);
    List<String> promises =
        page.substring(page.indexOf("## Reading"), page.indexOf("## Fuzzing"))
            .lines()
            .filter(line -> line.startsWith("| ") && !line.startsWith("| promise"))
            .toList();

    assertThat(promises)
        .isNotEmpty()
        .allMatch(line -> line.contains("Test") || line.contains("target"));
  }

  private static Set<String> tests() {
    return BuildModule.all().stream()
        .flatMap(module -> module.sources("test").stream())
        .flatMap(source -> names(METHOD, text(source)))
        .collect(Collectors.toSet());
  }

  private static Stream<String> names(Pattern pattern, String text) {
    return pattern.matcher(text).results().map((MatchResult found) -> found.group(1));
  }

  private static String text(Path source) {
    try {
      return Files.readString(source);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
