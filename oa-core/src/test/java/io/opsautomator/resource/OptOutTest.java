package io.opsautomator.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OptOutTest {
  @Test
  void withoutTheTagNothingHasOptedOut() {
    assertThat(OptOut.isIn(Map.of("Stage", "prod"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "true", "yes", "until friday", "0"})
  void anyOtherValueOptsOut(String value) {
    assertThat(OptOut.isIn(Map.of("OpsAutomator:opt-out", value))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"false", "FALSE", " no "})
  void falseAndNoTakeItBack(String value) {
    assertThat(OptOut.isIn(Map.of("OpsAutomator:opt-out", value))).isFalse();
  }
}
