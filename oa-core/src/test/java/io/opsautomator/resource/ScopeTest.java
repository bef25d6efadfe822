package io.opsautomator.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ScopeTest {
  @ParameterizedTest
  @ValueSource(strings = {"eu-west-1", "us-gov-west-1", "cn-northwest-1", "us-isob-east-1"})
  void aRegionHasAnAreaAPlaceAndANumber(String region) {
    assertThat(Scope.of("111122223333", region).key()).isEqualTo("111122223333/" + region);
  }

  @Test
  void aLongTextThatLooksLikeARegionIsRefusedWithoutRunningOutOfStack() {
    String endless = "eu" + "-west".repeat(50_000) + "-1";

    assertThatThrownBy(() -> new Scope.Region(endless))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("not a region: eu-west");
  }
}
