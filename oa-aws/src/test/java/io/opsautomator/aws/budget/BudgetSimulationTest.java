package io.opsautomator.aws.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.opsautomator.aws.budget.BudgetSimulation.Load;
import io.opsautomator.aws.budget.BudgetSimulation.Tally;
import io.opsautomator.aws.budget.BudgetSimulation.World;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The promises of docs/budgets.md, against a limit that nobody was told. */
final class BudgetSimulationTest {
  private static final Duration LEARNING = Duration.ofSeconds(120);
  private static final Duration WATCHED = Duration.ofSeconds(600);
  private static final Rate DOCUMENTED = new Rate(20, 100);

  /** Per second, as a share of all calls, and per worker and ten seconds. */
  private record Figures(double calls, double throttled, double writes) {
    static Figures of(BudgetSimulation simulation, int workers) {
      double all = simulation.passed() + simulation.refused();
      double seconds = WATCHED.toSeconds();
      return new Figures(
          all / seconds,
          simulation.refused() / all,
          10 * simulation.writes() / (seconds * workers));
    }
  }

  private static Figures watch(BudgetSimulation simulation, int workers) {
    simulation.pass(LEARNING);
    simulation.lookAway();
    simulation.pass(WATCHED);
    return Figures.of(simulation, workers);
  }

  private static List<Tally> workers(BudgetSimulation simulation, int many, Load load) {
    return Stream.generate(() -> simulation.worker(load)).limit(many).toList();
  }

  @ParameterizedTest(name = "{0} workers, headroom {1}, a limit of {2}, {3} s of it at once")
  @CsvSource({
    "1, 0, 20, 5", "4, 0, 20, 5", "16, 0, 20, 5",
    "1, 0, 8, 5", "4, 0, 8, 1", "16, 0, 8, 5",
    "1, 0, 50, 1", "4, 0, 50, 5", "16, 0, 50, 5",
    "1, 0.2, 20, 5", "4, 0.2, 20, 1", "16, 0.2, 20, 5",
    "1, 0.2, 50, 5", "4, 0.2, 8, 5", "16, 0.2, 8, 5",
  })
  void aLimitIsFoundInTwoMinutesAndFoundAgainWhenItHalves(
      int many, double headroom, double limit, double atOnce) {
    BudgetSimulation simulation =
        new BudgetSimulation(new World(DOCUMENTED, headroom, limit, atOnce), many);
    List<Tally> equals = workers(simulation, many, Load.HEAVY);

    asPromised(simulation, equals, limit, headroom);
    simulation.serve(limit / 2);
    asPromised(simulation, equals, limit / 2, headroom);
  }

  private static void asPromised(
      BudgetSimulation simulation, List<Tally> equals, double limit, double headroom) {
    Figures figures = watch(simulation, equals.size());
    double fairness = BudgetSimulation.fairness(equals);
    double known = simulation.learnt().known();
    System.out.printf(
        Locale.ROOT,
        "%2d workers, limit %4.1f/s, headroom %.1f: %5.2f calls/s, throttled %.2f %%, believed"
            + " limit %4.1f/s, Jain %.3f, %.2f writes per worker and 10 s%n",
        equals.size(),
        limit,
        headroom,
        figures.calls(),
        100 * figures.throttled(),
        known,
        fairness,
        figures.writes());
    // Headroom is left for most of the time, but a limit can only be found by touching it.
    assertThat(figures.calls()).isBetween(limit * (1 - headroom) * 0.85, limit * 1.01);
    assertThat(known).isCloseTo(limit, Percentage.withPercentage(15));
    assertThat(figures.throttled()).isLessThan(0.01);
    assertThat(fairness).isGreaterThan(0.9);
    assertThat(figures.writes()).isLessThan(1);
  }

  @Test
  void whoWantsLittleGetsItAndTheOthersDivideTheRestEqually() {
    BudgetSimulation simulation = new BudgetSimulation(new World(DOCUMENTED, 0, 20, 5), 7);
    List<Tally> heavy = workers(simulation, 8, Load.HEAVY);
    List<Tally> light = workers(simulation, 4, Load.LIGHT);
    workers(simulation, 4, Load.IDLE);

    Figures figures = watch(simulation, 16);

    assertThat(figures.calls()).isCloseTo(20, Percentage.withPercentage(15));
    assertThat(figures.throttled()).isLessThan(0.01);
    assertThat(BudgetSimulation.fairness(heavy)).isGreaterThan(0.95);
    assertThat(light)
        .allSatisfy(tally -> assertThat(tally.passed() / 600.0).isCloseTo(0.42, within(0.1)));
  }

  @Test
  void whoComesLaterHasItsPartHalfAMinuteLater() {
    BudgetSimulation simulation = new BudgetSimulation(new World(DOCUMENTED, 0.2, 1000, 5), 8);
    Tally first = simulation.worker(Load.LIGHT);
    simulation.pass(LEARNING);
    List<Tally> later = workers(simulation, 4, Load.HEAVY);
    simulation.pass(Duration.ofSeconds(30));

    simulation.lookAway();
    simulation.pass(Duration.ofSeconds(30));

    assertThat(BudgetSimulation.fairness(later)).isGreaterThan(0.9);
    assertThat(first.passed()).isGreaterThan(8);
  }

  @Test
  void aLimitThatIsRaisedIsFoundToo() {
    BudgetSimulation simulation = new BudgetSimulation(new World(DOCUMENTED, 0, 10, 5), 9);
    workers(simulation, 4, Load.HEAVY);
    simulation.pass(LEARNING);
    simulation.serve(30);

    simulation.pass(Duration.ofMinutes(15));
    simulation.lookAway();
    simulation.pass(Duration.ofMinutes(5));

    assertThat(simulation.passed() / 300.0).isCloseTo(30, Percentage.withPercentage(15));
  }

  @Test
  void whatAWorkerThatDiedHadIsUsedByTheOthersAfterItsLease() {
    BudgetSimulation simulation = new BudgetSimulation(new World(DOCUMENTED, 0, 20, 5), 10);
    Tally survivor = simulation.worker(Load.HEAVY);
    simulation.worker(Load.HEAVY);
    simulation.pass(LEARNING);
    simulation.kill(1);
    simulation.pass(Pool.LEASE.plus(Pool.RENEWAL));

    simulation.lookAway();
    simulation.pass(Duration.ofSeconds(60));

    assertThat(survivor.passed() / 60.0).isCloseTo(20, Percentage.withPercentage(15));
  }

  @Test
  void whileTheStoreIsAwayWorkGoesOnAtThePaceItHad() {
    BudgetSimulation simulation = new BudgetSimulation(new World(DOCUMENTED, 0, 20, 5), 11);
    workers(simulation, 4, Load.HEAVY);
    simulation.pass(LEARNING);
    simulation.storeAway(true);

    simulation.lookAway();
    simulation.pass(Duration.ofMinutes(5));

    assertThat(simulation.passed() / 300.0).isBetween(15.0, 20.5);
  }
}
