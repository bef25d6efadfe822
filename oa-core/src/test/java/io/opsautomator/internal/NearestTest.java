package io.opsautomator.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class NearestTest {
  private static final List<String> KNOWN = List.of("interval", "timezone", "tagFilter", "events");

  @Test
  void namesWhatDiffersByOneSlip() {
    assertThat(Nearest.to("intervall", KNOWN)).contains("interval");
    assertThat(Nearest.to("itnerval", KNOWN)).contains("interval");
    assertThat(Nearest.to("TagFilters", KNOWN)).contains("tagFilter");
    assertThat(Nearest.to("event", KNOWN)).contains("events");
  }

  @Test
  void staysSilentWhenNothingIsNear() {
    assertThat(Nearest.to("colour", KNOWN)).isEmpty();
    assertThat(Nearest.hint("colour", KNOWN)).isEmpty();
    assertThat(Nearest.to("", List.of())).isEmpty();
  }

  @Test
  void countsASwapOfNeighboursOnce() {
    assertThat(Nearest.distance("ab", "ba")).isEqualTo(1);
    assertThat(Nearest.distance("kitten", "sitting")).isEqualTo(3);
    assertThat(Nearest.distance("same", "SAME")).isZero();
  }

  @Test
  void doesNotCompareVeryLongWords() {
    assertThat(Nearest.to("x".repeat(10_000), KNOWN)).isEmpty();
    assertThat(Nearest.to("interval", List.of("i".repeat(10_000)))).isEmpty();
  }
}
