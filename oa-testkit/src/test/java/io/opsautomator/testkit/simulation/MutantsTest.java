package io.opsautomator.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The invariants can bite: the engine with one defect put back never gets past them. */
final class MutantsTest {
  private static final int SEEDS = 2_000;
  private static final int CONTROL = 300;
  private static final Map<Mutants, String> CAUGHT = new TreeMap<>();

  private static Simulation defective(long seed, Mutants mutant) {
    return Simulation.of(seed).withMutant(mutant.title()).on(mutant.shelf());
  }

  private static Optional<WorldResult> caught(Mutants mutant) {
    try (Lane lane = new Lane(mutant.title())) {
      return LongStream.rangeClosed(1, SEEDS)
          .mapToObj(seed -> defective(seed, mutant).run(lane))
          .filter(world -> world.failure().isPresent())
          .findFirst();
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void isCaught(Mutants mutant) {
    Optional<WorldResult> world = caught(mutant);

    assertThat(world).as("worlds of %d that noticed", SEEDS).isPresent();
    Throwable failure = world.orElseThrow().failure().orElseThrow();
    assertThat(failure).isInstanceOf(Violation.class);
    String invariant = ((Violation) failure).invariant();
    assertThat(Invariant.valueOf(invariant)).isNotNull();
    CAUGHT.put(
        mutant,
        "| %d | `%s` | %d | %s |"
            .formatted(mutant.number(), mutant.title(), world.get().seed(), invariant));
  }

  @Test
  void theEngineAsItIsPassesTheSameWorlds() {
    try (Lane lane = new Lane("control")) {
      assertThat(LongStream.rangeClosed(1, CONTROL))
          .allSatisfy(seed -> assertThat(Simulation.of(seed).run(lane).failure()).isEmpty());
    }
  }

  @AfterAll
  static void tell() {
    System.out.println("| # | mutant | caught in world | by |");
    CAUGHT.values().forEach(System.out::println);
  }
}
