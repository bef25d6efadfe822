package io.opsautomator.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ListenAddressTest {
  @Test
  void hostAndPortAreRead() {
    assertThat(ListenAddress.parse("127.0.0.1:8080"))
        .isEqualTo(new ListenAddress("127.0.0.1", 8080));
    assertThat(ListenAddress.parse("[::1]:0")).isEqualTo(new ListenAddress("::1", 0));
    assertThat(ListenAddress.parse("localhost:65535").port()).isEqualTo(65_535);
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1:8080", "[::1]:80", "localhost:0"})
  void itIsWrittenAsItIsRead(String text) {
    assertThat(ListenAddress.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "8080", ":8080", "host:", "host:-1", "host:65536", "::1:80", "a:b:80"})
  void anotherFormIsNamedWithWhatIsAllowed(String text) {
    assertThatThrownBy(() -> ListenAddress.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + text + "'")
        .hasMessageContaining("127.0.0.1:8080");
  }
}
