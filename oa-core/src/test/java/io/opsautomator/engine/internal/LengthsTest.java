package io.opsautomator.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LengthsTest {

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0 s",
    "PT0.001S, 0.1 s",
    "PT1.927S, 1.9 s",
    "PT1.99S, 2 s",
    "PT59.7S, 1 min",
    "PT90M, 1 h 30 min",
    "PT25H1S, 25 h 1 s"
  })
  void areToldAsPeopleSayThem(Duration length, String words) {
    assertThat(Lengths.inWords(length)).isEqualTo(words);
  }
}
