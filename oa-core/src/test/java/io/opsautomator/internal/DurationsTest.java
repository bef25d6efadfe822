package io.opsautomator.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DurationsTest {
  @ParameterizedTest
  @CsvSource({
    "0, PT0S",
    "30, PT30M",
    "45s, PT45S",
    "90m, PT90M",
    "24h, PT24H",
    "7d, PT168H",
    "PT1H30M, PT90M",
    "P1D, PT24H",
    "PT1.5S, PT1.5S",
    "999999999d, PT23999999976H"
  })
  void isMinutesOrHasAUnitOrIsIso(String text, Duration expected) {
    assertThat(Durations.read(" " + text + " ")).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "h", "1.5h", "-5", "5 h", "1h30m", "9999999999", "5H"})
  void anythingElseIsRefusedSayingWhatIsAllowed(String text) {
    assertThatThrownBy(() -> Durations.read(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "is neither a whole number of minutes nor a duration such as 30s, 90m, 24h, 7d or PT1H30M");
  }

  @Test
  void theCauseOfARefusalIsKept() {
    assertThatThrownBy(() -> Durations.read("x"))
        .hasRootCauseMessage("Text cannot be parsed to a Duration");
  }
}
