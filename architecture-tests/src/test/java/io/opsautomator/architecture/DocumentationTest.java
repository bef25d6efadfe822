package io.opsautomator.architecture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Documentation says what the code does: snippets are cut from sources that are compiled and
 * tested, and links lead somewhere. Run with {@code -Ddocs.update=true} to cut the snippets anew.
 */
final class DocumentationTest {
  private static final Path ROOT = root();
  private static final Pattern SNIPPET =
      Pattern.compile("(<!-- from (\\S+)#(\\S+) -->\\n```\\w*\\n)(.*?)(```\\n)", Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");

  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    return Files.exists(folder.resolve("oa-core")) ? folder : folder.getParent();
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"));
        Stream<Path> top = Files.list(ROOT)) {
      return Stream.concat(docs, top).filter(page -> page.toString().endsWith(".md")).toList();
    }
  }

  @Test
  void snippetsAreWhatTheSourcesSay() throws IOException {
    for (Path page : pages()) {
      String text = Files.readString(page, UTF_8);
      String cut = SNIPPET.matcher(text).replaceAll(found -> Matcher.quoteReplacement(cut(found)));
      if (Boolean.getBoolean("docs.update")) {
        Files.writeString(page, cut, UTF_8);
      } else {
        assertThat(text).as("snippets of " + ROOT.relativize(page)).isEqualTo(cut);
      }
    }
  }

  private static String cut(java.util.regex.MatchResult found) {
    return found.group(1) + region(found.group(2), found.group(3)) + found.group(5);
  }

  /** The lines between {@code docs: NAME} and {@code docs: end}, moved to the left. */
  private static String region(String file, String name) {
    List<String> lines = new ArrayList<>();
    boolean inside = false;
    for (String line : read(ROOT.resolve(file)).split("\n", -1)) {
      if (line.strip().endsWith("docs: end")) {
        inside = false;
      }
      if (inside) {
        lines.add(line);
      }
      if (line.strip().endsWith("docs: " + name)) {
        inside = true;
      }
    }
    assertThat(lines).as("region " + name + " of " + file).isNotEmpty();
    return String.join("\n", lines).stripTrailing().stripIndent().strip() + "\n";
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, UTF_8);
    } catch (IOException e) {
      throw new AssertionError(file + " cannot be read", e);
    }
  }

  @Test
  void linksLeadSomewhere() throws IOException {
    for (Path page : pages()) {
      Matcher link = LINK.matcher(Files.readString(page, UTF_8));
      while (link.find()) {
        Path target = page.resolveSibling(link.group(1));
        assertThat(target).as("link in " + ROOT.relativize(page)).exists();
      }
    }
  }
}
