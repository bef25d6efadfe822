package io.opsautomator.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What holds in every world, however much goes wrong in it; and that enough goes wrong. */
final class SimulationTest {
  private static final long SEEDS = Long.getLong("oa.simulation.seeds", 2000);
  private static final long SEEDS_OVER_TABLES = Long.getLong("oa.simulation.seeds.dynamodb", 120);
  private static final int LANES = 2;

  private static String output(int expected, String... options) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    assertThat(Simulate.run(out, options)).isEqualTo(expected);
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static long least(Campaign.Findings found, String measure) {
    return found.measures().getOrDefault(measure, new long[] {0})[0];
  }

  @Test
  void nothingIsViolatedInAnyWorldAndEachHasItsShareOfTrouble() {
    Campaign.Findings found = explored(SEEDS, Shelf.MEMORY);

    assertThat(least(found, "processes at a time")).isGreaterThanOrEqualTo(3);
    assertThat(least(found, "steps")).isGreaterThanOrEqualTo(200);
    assertThat(least(found, "faults")).isGreaterThanOrEqualTo(3);
    assertThat(found.counts()).containsOnlyKeys(Fault.ofAll());
    assertThat(found.counts()).allSatisfy((fault, times) -> happensOften(fault, times, SEEDS));
    TreeSet<String> never = new TreeSet<>(Transitions.expected());
    never.removeAll(found.coverage().counts().keySet());
    assertThat(never)
        .as("transitions never seen")
        .hasSizeLessThan(Transitions.expected().size() / 10);
  }

  private static Campaign.Findings explored(long seeds, Shelf shelf) {
    Campaign.Findings found =
        new Campaign(1, seeds, Mutants.NONE.title(), shelf).run(LANES, () -> false);
    if (!found.failures().isEmpty()) {
      try (Lane lane = new Lane("replay")) {
        long seed = found.failures().get(0).seed();
        throw SimulationFailure.of(lane, Simulation.of(seed).on(shelf));
      }
    }
    return found;
  }

  private static void happensOften(Fault fault, long times, long seeds) {
    assertThat(times).as("%s", fault).isGreaterThan(seeds / 100);
  }

  /** A process may die between any two calls of its client. */
  @Test
  void nothingIsViolatedWhereTheStoreIsInDynamoDb() {
    Campaign.Findings found = explored(SEEDS_OVER_TABLES, Shelf.DYNAMODB);

    assertThat(least(found, "steps")).isGreaterThanOrEqualTo(200);
    assertThat(found.counts()).containsOnlyKeys(Fault.values());
    assertThat(found.counts())
        .allSatisfy((fault, times) -> happensOften(fault, times, SEEDS_OVER_TABLES));
  }

  @Test
  void aWorldFollowsFromItsSeedWhateverRanBefore() {
    try (Lane one = new Lane("one");
        Lane other = new Lane("other")) {
      List<Long> seeds = LongStream.rangeClosed(1, 8).boxed().toList();
      Map<Long, List<String>> traces =
          seeds.stream()
              .collect(
                  Collectors.toMap(
                      seed -> seed,
                      seed -> Simulation.of(seed).withTrace().run(one).trace().lines()));

      assertThat(seeds.stream().sorted(Comparator.reverseOrder()))
          .allSatisfy(
              seed ->
                  assertThat(Simulation.of(seed).withTrace().run(other).trace().lines())
                      .isNotEmpty()
                      .isEqualTo(traces.get(seed)));
    }
  }

  @Test
  void aWorldOverTablesFollowsFromItsSeedToo() {
    try (Lane one = new Lane("one");
        Lane other = new Lane("other")) {
      Simulation world = Simulation.of(3).on(Shelf.DYNAMODB).withTrace();

      assertThat(world.run(one).trace().lines())
          .isNotEmpty()
          .isEqualTo(world.run(other).trace().lines());
    }
  }

  @Test
  void aPlantedDefectIsFoundReplayedAndMadeSmaller() {
    String mutant = Mutants.UNFENCED.title();
    Campaign campaign = new Campaign(1, 2000, mutant);
    Campaign.Findings found = campaign.run(LANES, () -> !campaign.findings().failures().isEmpty());
    Simulation failing = Simulation.of(found.failures().get(0).seed()).withMutant(mutant);

    try (Lane lane = new Lane("replay")) {
      WorldResult first = failing.run(lane);
      Simulation smaller = Shrinker.shrink(lane, failing, 150);
      WorldResult last = smaller.run(lane);

      assertThat(last.violated()).isEqualTo(first.violated());
      assertThat(last.faults()).hasSizeLessThan(first.faults().size());
      assertThat(last.size().steps()).isLessThanOrEqualTo(first.size().steps());
      assertThat(SimulationFailure.of(lane, smaller))
          .hasMessageContaining(smaller.command())
          .hasMessageContaining(last.violated().orElseThrow());
      List<String> options = List.of(smaller.command().split(" "));
      assertThat(output(1, options.subList(1, options.size()).toArray(new String[0])))
          .contains(first.violated().orElseThrow());
    }
  }

  @Test
  void whatMakesNoSenseOnTheCommandLineIsSaid() {
    assertThat(output(2, "--seed")).contains("cannot make sense of --seed");
    assertThat(output(2, "--mutant", "unheard-of")).contains("--mutant").contains("--seeds N");
    assertThat(output(2)).contains("how many seeds, or which?");
  }
}
