package io.opsautomator.templategen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that what is generated is held against; {@code -Dgolden.update=true} writes them anew. */
final class Golden {
  private static final Path FOLDER =
      Path.of(System.getProperty("basedir", "."), "src/test/resources/io/opsautomator/templategen");

  private Golden() {}

  static void check(String name, String generated) throws IOException {
    Path file = FOLDER.resolve(name);
    if (Boolean.getBoolean("golden.update")) {
      Files.createDirectories(FOLDER);
      Files.writeString(file, generated);
    }
    assertThat(file)
        .as("run with -Dgolden.update=true to take it over, and look at the difference")
        .hasContent(generated);
  }
}
