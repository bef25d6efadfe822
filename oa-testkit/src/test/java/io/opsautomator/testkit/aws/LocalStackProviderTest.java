package io.opsautomator.testkit.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a stand-in for Docker that writes down what it is asked. */
final class LocalStackProviderTest {
  @TempDir private Path folder;

  @Test
  void aContainerIsStartedAwaitedAndStopped() throws IOException {
    LocalStackProvider localStack = docker("echo 'Listening'; echo Ready.; exec tail -f /dev/null");

    assertThat(localStack.start()).isEqualTo(URI.create("http://127.0.0.1:49153"));
    localStack.stop();
    localStack.stop();

    assertThat(folder.resolve("asked"))
        .content()
        .isEqualTo(
            """
            run --detach --rm --publish 127.0.0.1::4566 %s
            logs --follow c0ffee
            port c0ffee 4566/tcp
            stop c0ffee
            """
                .formatted(LocalStackProvider.IMAGE));
  }

  @Test
  void aContainerThatEndsIsToldWithItsLastWords() throws IOException {
    LocalStackProvider localStack = docker("echo 'License activation failed'");

    assertThatIllegalStateException()
        .isThrownBy(localStack::start)
        .withMessageContaining("did not get ready: License activation failed")
        .withMessageContaining("-Doa.aws.provider=localstack");
  }

  @Test
  void whatDockerRefusesIsToldInItsWords() throws IOException {
    LocalStackProvider localStack = docker("echo 'no such container'; exit 1");

    assertThatIllegalStateException()
        .isThrownBy(localStack::start)
        .withStackTraceContaining("no such container");
  }

  @Test
  void withoutDockerItSaysWhatItNeeds() {
    LocalStackProvider localStack = new LocalStackProvider(folder.resolve("nowhere").toString());

    assertThatIllegalStateException()
        .isThrownBy(localStack::start)
        .withMessageContaining("It needs Docker");
  }

  /** Without the profile's own word the tests would go on with moto unseen. */
  @Test
  void theProfileOfTheBuildNamesIt() throws IOException {
    assertThat(Path.of("../pom.xml"))
        .content()
        .contains("<id>localstack</id>")
        .contains("<oa.aws.provider>" + LocalStackProvider.NAME + "</oa.aws.provider>");
  }

  private LocalStackProvider docker(String logs) throws IOException {
    Path script = folder.resolve("docker");
    Files.writeString(
        script,
        """
        #!/bin/sh
        echo "$@" >>"%s"
        case $1 in
          run) echo 'Unable to find image locally'; echo c0ffee ;;
          logs) %s ;;
          port) echo 127.0.0.1:49153 ;;
        esac
        """
            .formatted(folder.resolve("asked"), logs));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    return new LocalStackProvider(script.toString());
  }
}
