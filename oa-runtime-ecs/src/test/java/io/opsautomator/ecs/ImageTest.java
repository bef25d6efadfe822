package io.opsautomator.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What is promised of the container's image, by the file that makes it. */
final class ImageTest {
  private final List<String> dockerfile;
  private final String pom;

  ImageTest() throws IOException {
    String text = Files.readString(Path.of("src/main/docker/Dockerfile"));
    dockerfile =
        text.replaceAll("\\\\\n", "")
            .lines()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .toList();
    pom = Files.readString(Path.of("pom.xml"));
  }

  private String only(String instruction) {
    List<String> found =
        dockerfile.stream().filter(line -> line.startsWith(instruction + " ")).toList();
    assertThat(found).as(instruction).hasSize(1);
    return found.get(0).substring(instruction.length() + 1).strip();
  }

  private List<?> exec(String text) throws IOException {
    return new ObjectMapper().readValue(text, List.class);
  }

  @Test
  void theBaseIsOneVersionAndNotTheLatest() {
    assertThat(only("FROM")).isEqualTo("${BASE}");
    assertThat(only("ARG")).matches("BASE=[a-z/.-]+(:[0-9][0-9A-Za-z._-]*|@sha256:[0-9a-f]{64})");
    assertThat(pom).contains("<container.base>" + only("ARG").substring("BASE=".length()) + "<");
  }

  @Test
  void nobodyIsRoot() {
    assertThat(only("USER")).matches("[1-9][0-9]{3,}:[1-9][0-9]{3,}");
    assertThat(pom).contains("<user>" + only("USER") + "</user>");
  }

  @Test
  void signalsReachTheProgramAndItEndsWhenMemoryDoes() throws IOException {
    assertThat(exec(only("ENTRYPOINT")).stream().map(Object::toString))
        .startsWith("java")
        .contains("-XX:+ExitOnOutOfMemoryError", "-XX:MaxRAMPercentage=75")
        .doesNotContain("-Xrs");
    assertThat(exec(only("CMD"))).asString().isEqualTo("[" + WorkerMain.class.getName() + "]");
  }

  @Test
  void nothingIsFetchedAndNoShellIsNeeded() throws IOException {
    assertThat(dockerfile).noneMatch(line -> line.startsWith("ADD ") || line.startsWith("RUN "));
    String health = only("HEALTHCHECK");
    assertThat(exec(health.substring(health.indexOf('['))))
        .asString()
        .contains(Probe.class.getName(), "http://127.0.0.1:8080/health/live");
  }

  @Test
  void theTarIsMadeAlike() throws IOException {
    Matcher arguments =
        Pattern.compile("<arg>(.*?)</arg>").matcher(pom.substring(pom.indexOf("<entrypoint>")));
    for (Object flag : exec(only("ENTRYPOINT")).subList(0, 5)) {
      assertThat(arguments.find()).isTrue();
      assertThat(arguments.group(1)).isEqualTo(flag);
    }
    assertThat(pom).contains("<arg>" + WorkerMain.class.getName() + "</arg>");
  }
}
