package io.opsautomator.testkit.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EndpointChoiceTest {
  private static EndpointChoice choose(
      Map<String, String> environment, Map<String, String> properties) {
    return EndpointChoice.of(
        environment::get,
        properties::get,
        List.of(new Installed("moto"), new Installed("localstack")));
  }

  private record Installed(String name) implements EndpointProvider {
    @Override
    public URI start() {
      throw new AssertionError("choosing starts nothing");
    }

    @Override
    public void stop() {
      throw new AssertionError("choosing stops nothing");
    }
  }

  @Test
  void withoutAnySettingItIsMoto() {
    assertThat(choose(Map.of(), Map.of()))
        .isEqualTo(new EndpointChoice.Started(new Installed("moto")));
  }

  @Test
  void anEndpointThatIsUpGoesBeforeStartingOne() {
    assertThat(
            choose(
                Map.of("OA_AWS_ENDPOINT", "http://127.0.0.1:4566"),
                Map.of("oa.aws.provider", "localstack")))
        .isEqualTo(new EndpointChoice.Given(URI.create("http://127.0.0.1:4566")));
    assertThat(choose(Map.of("OA_AWS_ENDPOINT", " "), Map.of()))
        .isInstanceOf(EndpointChoice.Started.class);
  }

  @Test
  void aProviderIsChosenByName() {
    assertThat(choose(Map.of(), Map.of("oa.aws.provider", "localstack")))
        .isEqualTo(new EndpointChoice.Started(new Installed("localstack")));
  }

  @Test
  void aProviderThatIsNotThereIsToldWithThoseThatAre() {
    assertThatIllegalStateException()
        .isThrownBy(() -> choose(Map.of(), Map.of("oa.aws.provider", "moon")))
        .withMessage("-Doa.aws.provider=moon: no such provider; known are [moto, localstack]");
  }

  @Test
  void leavingOutIsOnlyEverAskedFor() {
    assertThat(choose(Map.of(), Map.of("skipEmulator", "")))
        .isEqualTo(new EndpointChoice.LeftOut());
    assertThat(choose(Map.of(), Map.of("skipEmulator", "false")))
        .isInstanceOf(EndpointChoice.Started.class);
  }

  @Test
  void withoutAnEmulatorItFailsAndSaysWhatToDo(@TempDir Path empty) {
    MotoProvider nowhere = new MotoProvider(empty);

    assertThatIllegalStateException()
        .isThrownBy(nowhere::start)
        .withMessageContaining("no AWS to test against")
        .withMessageContaining("OA_AWS_ENDPOINT")
        .withMessageContaining("-DskipEmulator");
  }
}
