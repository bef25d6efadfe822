package io.opsautomator.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.store.Terms;
import io.opsautomator.task.Guards;
import io.opsautomator.task.Task;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** How many may begin by the end of each wave, and how many may fail. */
final class WavesTest {
  private static Guards guards(java.util.function.UnaryOperator<Task.Builder> with) {
    return with.apply(Task.named("t").action("Switch")).build().guards();
  }

  @Test
  void withoutWavesEverybodyMayBegin() {
    Terms terms = Waves.first(guards(task -> task.maxErrors("3")), 50);

    assertThat(terms.allowance()).isEqualTo(Long.MAX_VALUE);
    assertThat(terms.maxFailed()).isEqualTo(3);
  }

  /** As operators of other tools know it: ten percent of fifty is five. */
  @Test
  void ssm_aPercentageOfErrorsIsOfTheExecutionsRoundedDownAndAtLeastOne() {
    assertThat(Waves.first(guards(task -> task.maxErrors("10%")), 50).maxFailed()).isEqualTo(5);
    assertThat(Waves.first(guards(task -> task.maxErrors("10%")), 59).maxFailed()).isEqualTo(5);
    assertThat(Waves.first(guards(task -> task.maxErrors("10%")), 9).maxFailed()).isEqualTo(1);
  }

  @Test
  void theCanaryGoesFirstAndMayNotFailWhateverElseMay() {
    Guards guards = guards(task -> task.canary("2").waves("10").maxErrors("5"));

    Terms canary = Waves.first(guards, 100);
    Terms second = Waves.next(guards, 100, canary, 2);

    assertThat(canary.allowance()).isEqualTo(2);
    assertThat(canary.maxFailed()).isEqualTo(1);
    assertThat(second.allowance()).isEqualTo(12);
    assertThat(second.maxFailed()).isEqualTo(5);
    assertThat(second.wave()).isEqualTo(1);
  }

  @Test
  void afterALoneCanaryTheRestGoesAtOnce() {
    Guards guards = guards(task -> task.canary("10%"));

    Terms canary = Waves.first(guards, 30);

    assertThat(canary.allowance()).isEqualTo(3);
    assertThat(Waves.next(guards, 30, canary, 3).allowance()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void whoGoesInWavesWithoutSayingHowMuchMayFailStopsAtTheFirstFailure() {
    assertThat(Waves.first(guards(task -> task.waves("5")), 30).maxFailed()).isEqualTo(1);
  }

  @Test
  void wavesReachEverybodyAndEachLetsSomebodyIn() {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 2_000; i++) {
      String canary = (1 + random.nextInt(100)) + (random.nextBoolean() ? "%" : "");
      String waves = (1 + random.nextInt(100)) + (random.nextBoolean() ? "%" : "");
      Guards guards = guards(task -> task.canary(canary).waves(waves));
      int total = 1 + random.nextInt(300);
      Terms terms = Waves.first(guards, total);
      long begun = 0;
      while (begun < total) {
        assertThat(terms.allowance()).as("%s of %s", guards, total).isGreaterThan(begun);
        begun = Math.min(total, terms.allowance());
        terms = Waves.next(guards, total, terms, begun);
      }
    }
  }
}
