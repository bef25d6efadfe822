package io.opsautomator.testkit.aws;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which AWS the tests of this JVM talk to. Immutable. */
sealed interface EndpointChoice {
  /** An endpoint that is already up, and stays so. */
  String ENDPOINT = "OA_AWS_ENDPOINT";

  /** The name of the provider to start; {@code moto} if there is none. */
  String PROVIDER = "oa.aws.provider";

  /** The only way to leave these tests out. */
  String SKIP = "skipEmulator";

  record Given(URI address) implements EndpointChoice {}

  record Started(EndpointProvider provider) implements EndpointChoice {}

  record LeftOut() implements EndpointChoice {}

  /**
   * @param variables of the environment, by name; null if not set
   * @param properties of the JVM, by name; null if not set
   */
  static EndpointChoice of(
      Lookup variables, Lookup properties, List<? extends EndpointProvider> installed) {
    Optional<String> skip = properties.find(SKIP).filter(value -> !value.equals("false"));
    if (skip.isPresent()) {
      return new LeftOut();
    }
    Optional<String> given = variables.find(ENDPOINT).filter(value -> !value.isBlank());
    if (given.isPresent()) {
      return new Given(URI.create(given.get()));
    }
    String wanted = properties.find(PROVIDER).orElse(MotoProvider.NAME);
    return installed.stream()
        .filter(provider -> provider.name().equals(wanted))
        .findFirst()
        .map(Started::new)
        .orElseThrow(() -> unknown(wanted, installed));
  }

  private static IllegalStateException unknown(
      String wanted, List<? extends EndpointProvider> installed) {
    return new IllegalStateException(
        "-D%s=%s: no such provider; known are %s"
            .formatted(PROVIDER, wanted, installed.stream().map(EndpointProvider::name).toList()));
  }

  /** {@code System::getenv} or {@code System::getProperty}. */
  @FunctionalInterface
  interface Lookup {
    @Nullable String get(String name);

    default Optional<String> find(String name) {
      return Optional.ofNullable(get(name));
    }
  }
}
