package io.opsautomator.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What holds in every world, however much goes wrong in it. */
final class EngineSimulationTest {
  private static final int WORLDS = 400;

  @Test
  void noLimitIsExceededEveryRunEndsAndNothingIsLost() {
    List<EngineSimulation.Result> results = new ArrayList<>();
    for (long seed = 1; seed <= WORLDS; seed++) {
      try {
        results.add(new EngineSimulation(seed).run());
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("in the world of seed " + seed, e);
      }
    }

    assertThat(results)
        .as("worlds in which the selection got through")
        .filteredOn(it -> it.most() > 0)
        .hasSizeGreaterThan(WORLDS * 9 / 10);
    assertThat(results).as("worlds in which engines died").anyMatch(it -> it.deaths() > 3);
    assertThat(results).as("limits that were needed").anyMatch(it -> it.most() == 4);
    assertThat(results).allMatch(it -> it.most() <= it.limit());
  }

  @Test
  void aWorldFollowsFromItsSeed() {
    assertThat(new EngineSimulation(7).run()).isEqualTo(new EngineSimulation(7).run());
  }
}
