package io.opsautomator.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class GuardsTest {
  private static Task.Builder task() {
    return Task.named("t").action("A");
  }

  @Test
  void aTaskHasNoneUnlessTheyAreSet() {
    assertThat(task().build().guards()).isEqualTo(Guards.NONE).matches(guards -> !guards.any());
    assertThat(task().maxShrink(0).build().guards().any()).isTrue();
    assertThat(task().waves("5").build().guards().any()).isTrue();
  }

  @Test
  void aTaskCanLimitWhatItMayTouch() {
    Guards guards =
        task()
            .maxResources("25%")
            .maxErrors("3")
            .maxPerAccount(50)
            .maxPerRegion(20)
            .maxShrink(30)
            .canary("1")
            .waves("10%")
            .pause(Duration.ofMinutes(10))
            .approve()
            .build()
            .guards();
    assertThat(guards)
        .isEqualTo(
            new Guards(
                Optional.of(new Amount(25, true)),
                Optional.of(new Amount(3, false)),
                OptionalInt.of(50),
                OptionalInt.of(20),
                OptionalInt.of(30),
                Optional.of(
                    new Rollout(
                        Optional.of(new Amount(1, false)),
                        Optional.of(new Amount(10, true)),
                        Duration.ofMinutes(10),
                        true))));
  }

  @Test
  void everyWrongGuardIsNamedAtOnce() {
    assertThatThrownBy(
            () ->
                task()
                    .maxResources("all")
                    .maxErrors("0")
                    .maxPerAccount(0)
                    .maxPerRegion(-1)
                    .maxShrink(100)
                    .canary("101%")
                    .pause(Duration.ZERO)
                    .build())
        .hasMessageContaining("maxResources: 'all' is neither a whole number")
        .hasMessageContaining("maxErrors: '0' is neither a whole number")
        .hasMessageContaining("maxPerAccount: '0' is not at least 1")
        .hasMessageContaining("maxPerRegion: '-1' is not at least 1")
        .hasMessageContaining("maxShrink: '100' is not a percentage from 0 to 99; nothing could")
        .hasMessageContaining("canary: '101%' is neither")
        .hasMessageContaining("pause: 'PT0S' is not a time between nothing and 30 days");
  }

  @Test
  void aPauseAndAnApprovalNeedWaves() {
    assertThatThrownBy(() -> task().pause(Duration.ofMinutes(1)).approve().build())
        .hasMessageContaining(
            "ERR_NO_WAVES: pause: is set, but there are no waves to pause between; set canary or"
                + " waves, too")
        .hasMessageContaining("approve: is set, but there are no waves to approve");
    assertThat(task().canary("1").approve().build().guards().rollout()).isPresent();
  }

  @Test
  void settingAGuardTwiceIsWrong() {
    assertThatThrownBy(() -> task().maxErrors("1").maxErrors("1").build())
        .hasMessageContaining("maxErrors: is set twice");
  }

  @Test
  void itStopsAfterTheErrorsThatAreAllowedAndAPercentageOfThemIsAtLeastOne() {
    assertThat(task().maxErrors("3").build().guards().stopAfter(2)).hasValue(3);
    assertThat(task().maxErrors("10%").build().guards().stopAfter(29)).hasValue(2);
    assertThat(task().maxErrors("10%").build().guards().stopAfter(9)).hasValue(1);
    assertThat(task().maxPerRegion(1).build().guards().stopAfter(9)).isEmpty();
  }

  @Test
  void wavesWithoutAllowedErrorsStopAtTheFirst() {
    assertThat(task().canary("5").build().guards().stopAfter(100)).hasValue(1);
    assertThat(task().waves("5").maxErrors("4").build().guards().stopAfter(100)).hasValue(4);
  }

  @Test
  void shrinkingByExactlyWhatIsAllowedGoesAhead() {
    Guards guards = task().maxShrink(30).build().guards();
    assertThat(guards.shrunk(10, 7)).isFalse();
    assertThat(guards.shrunk(10, 6)).isTrue();
    assertThat(guards.shrunk(10, 11)).isFalse();
    assertThat(guards.shrunk(0, 0)).isFalse();
    assertThat(guards.shrunk(Integer.MAX_VALUE, 0)).isTrue();
    assertThat(Guards.NONE.shrunk(10, 0)).isFalse();
    assertThat(task().maxShrink(0).build().guards().shrunk(1000, 999)).isTrue();
  }

  @Test
  void noFormOfGuardsThatCannotBeExists() {
    assertThatThrownBy(() -> new Rollout(Optional.empty(), Optional.empty(), Duration.ZERO, false))
        .hasMessage("a rollout needs a canary, or waves");
    Optional<Amount> one = Optional.of(new Amount(1, false));
    assertThatThrownBy(() -> new Rollout(one, one, Duration.ofSeconds(-1), false))
        .hasMessage("the pause PT-1S is negative");
    Optional<Amount> no = Optional.empty();
    OptionalInt none = OptionalInt.empty();
    OptionalInt zero = OptionalInt.of(0);
    assertThatThrownBy(() -> new Guards(no, no, zero, none, none, Optional.empty()))
        .hasMessage("maxPerAccount is 0, less than 1");
    OptionalInt all = OptionalInt.of(100);
    assertThatThrownBy(() -> new Guards(no, no, none, none, all, Optional.empty()))
        .hasMessage("maxShrink is 100, above 99");
  }
}
