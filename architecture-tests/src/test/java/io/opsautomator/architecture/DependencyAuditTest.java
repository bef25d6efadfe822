package io.opsautomator.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code tools/audit-dependencies} judges libraries with, on libraries made up for it. */
final class DependencyAuditTest {
  @TempDir Path folder;
  private final List<String> listed = new ArrayList<>();

  private record Verdict(int status, String words) {}

  @Test
  void goodLibrariesPass() throws Exception {
    library("org.good", "one", "1.0", licence("MIT"));
    library("org.yaml", "snakeyaml", "2.5", licence("Apache-2.0"));

    assertThat(audit().words()).contains("2 libraries, 0 problems");
    assertThat(audit().status()).isZero();
  }

  @Test
  void aLicenceThatIsNotOnTheListFails() throws Exception {
    library("org.bad", "proprietary", "1.0", licence("Pay us"));

    assertThat(audit().words()).contains("Pay us   NOT ALLOWED", "1 problems");
    assertThat(audit().status()).isOne();
  }

  @Test
  void aLibraryWithoutALicenceFails() throws Exception {
    library("org.bad", "nothing", "1.0", "");

    assertThat(audit().words()).contains("no licence   NOT ALLOWED");
    assertThat(audit().status()).isOne();
  }

  @Test
  void aLicenceMayBeTheParents() throws Exception {
    pom("org.good", "parent", "7", licence("MIT"));
    library(
        "org.good.inner",
        "child",
        "1.0",
        "<parent><groupId>org.good</groupId><artifactId>parent</artifactId><version>7</version>"
            + "</parent>");

    assertThat(audit().status()).isZero();
  }

  @Test
  void aVulnerableVersionFailsAndTheFirstGoodOnePasses() throws Exception {
    library("org.yaml", "snakeyaml", "1.33", licence("MIT"));

    assertThat(audit().words()).contains("AFFECTED CVE-2022-1471").doesNotContain("CVE-2022-41854");
    assertThat(audit().status()).isOne();
  }

  @Test
  void anAdvisoryThatIsAcceptedIsToldWithItsReason() throws Exception {
    library("com.google.re2j", "re2j", "1.8", licence("Go License"));

    assertThat(audit().words())
        .contains("google/re2j#168", "accepted: ")
        .doesNotContain("AFFECTED");
    assertThat(audit().status()).isZero();
  }

  private static String licence(String name) {
    return "<licenses><license><name>" + name + "</name></license></licenses>";
  }

  private void library(String group, String artifact, String version, String pom)
      throws IOException {
    Path jar = pom(group, artifact, version, pom).resolve(artifact + "-" + version + ".jar");
    listed.add("   " + group + ":" + artifact + ":jar:" + version + ":compile:" + jar);
  }

  private Path pom(String group, String artifact, String version, String content)
      throws IOException {
    Path home = folder.resolve(group.replace('.', '/')).resolve(artifact).resolve(version);
    Files.createDirectories(home);
    Files.writeString(
        home.resolve(artifact + "-" + version + ".pom"), "<project>" + content + "</project>");
    return home;
  }

  private Verdict audit() throws Exception {
    Path root = BuildModule.root();
    Path list = Files.write(folder.resolve("dependencies.txt"), listed);
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                root.resolve("tools/audit.d/Audit.java").toString(),
                list.toString(),
                root.resolve("docs/licences.txt").toString(),
                root.resolve("docs/advisories.txt").toString())
            .redirectErrorStream(true)
            .start();
    String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Verdict(process.waitFor(), words);
  }
}
