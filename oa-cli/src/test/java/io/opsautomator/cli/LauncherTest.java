package io.opsautomator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script at the top of a checkout, in one that is built, with a Java that says what it got. */
final class LauncherTest {
  private static final List<String> MODULES =
      List.of(
          "oa-core",
          "oa-sqlite",
          "oa-aws",
          "oa-testkit",
          "oa-actions",
          "oa-report",
          "oa-templategen",
          "oa-micrometer",
          "oa-runtime-ecs",
          "oa-cli");

  @TempDir Path root;

  @BeforeEach
  void aCheckoutThatIsBuilt() throws IOException {
    Path script = Files.copy(Path.of("..", "oa"), root.resolve("oa"));
    write("pom.xml", "");
    for (String module : MODULES) {
      write(module + "/pom.xml", "");
    }
    write("oa-cli/target/app-1/oa.jar", "");
    Path java = write("jdk/bin/java", "#!/bin/sh\necho \"$@\"\n");
    assertThat(script.toFile().setExecutable(true) && java.toFile().setExecutable(true)).isTrue();
    write("oa-cli/target/current", "app-1\n");
  }

  private Path write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(Objects.requireNonNull(path.getParent()));
    return Files.writeString(path, text);
  }

  private String oa(String classPath) throws IOException, InterruptedException {
    ProcessBuilder process = new ProcessBuilder(root.resolve("oa").toString(), "actions");
    process.environment().put("JAVA_HOME", root.resolve("jdk").toString());
    process.environment().put("OA_CLASSPATH", classPath);
    process.environment().remove("OA_JAVA_OPTIONS");
    Process started = process.redirectErrorStream(true).start();
    String words = new String(started.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(started.waitFor()).as(words).isZero();
    return words;
  }

  @Test
  void saysWhichEntryOfTheClassPathIsNotThere() throws Exception {
    String here = root.resolve("jdk").toString();
    assertThat(oa(here + ":/no/such/folder:" + here + "/*"))
        .contains("oa: OA_CLASSPATH: there is no /no/such/folder\n")
        .containsOnlyOnce("there is no")
        .contains("io.opsautomator.cli.Main actions");
  }

  @Test
  void saysNothingWithoutAClassPathOfOnesOwn() throws Exception {
    assertThat(oa("")).doesNotContain("OA_CLASSPATH").contains("oa.jar");
  }
}
