package io.opsautomator.aws.budget;

import io.opsautomator.aws.budget.Allowance.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Workers that share one budget, in virtual time, against a service whose limit none of them knows:
 * a token bucket that refuses what comes too fast. Each worker has callers who call, wait for the
 * answer, think, and call again; who is refused comes again after a second. All from one seed.
 */
final class BudgetSimulation {
  private static final Duration LATENCY = Duration.ofMillis(120);
  private static final Duration AFTER_REFUSAL = Duration.ofSeconds(1);
  private static final Duration MOMENT = Duration.ofMillis(1);

  /**
   * @param documented what the workers begin with
   * @param serviceSeconds how many seconds' worth of calls the service lets through at once
   */
  record World(Rate documented, double headroom, double limit, double serviceSeconds) {}

  /** What one worker would like: so many callers, each thinking so long between calls. */
  record Load(int callers, Duration think) {
    static final Load HEAVY = new Load(20, Duration.ZERO);

    /** A call each two seconds, on average. */
    static final Load LIGHT = new Load(1, Duration.ofSeconds(2));

    /** A call now and then. */
    static final Load IDLE = new Load(1, Duration.ofMinutes(1));
  }

  /** What one worker got since the last look. */
  static final class Tally {
    private int passed;
    private int refused;

    int passed() {
      return passed;
    }

    int refused() {
      return refused;
    }
  }

  private record Event(Instant at, long order, Runnable what) {}

  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparing(Event::at).thenComparing(Event::order));
  private final World world;
  private final SplittableRandom random;
  private final CountingBudgetStore store = new CountingBudgetStore(BudgetStore.inMemory());
  private final TokenBucket service;
  private final List<Tally> tallies = new ArrayList<>();
  private final List<Allowance> allowances = new ArrayList<>();
  private final Set<Allowance> dead = new HashSet<>();
  private Instant now = Instant.parse("2026-03-02T12:00:00Z");
  private long order;

  BudgetSimulation(World world, long seed) {
    this.world = world;
    this.random = new SplittableRandom(seed);
    this.service = new TokenBucket(now);
    serve(world.limit());
    service.grant(Double.MAX_VALUE);
  }

  /** From now on the service lets through so many calls a second. */
  void serve(double limit) {
    service.set(limit, Math.max(1, limit * world.serviceSeconds()), now);
  }

  /** One more worker, from now on; the answer is what it gets. */
  Tally worker(Load load) {
    Tally tally = new Tally();
    Allowance allowance =
        new Allowance(
            new Allowance.Settings(world.documented(), world.headroom()),
            new SharedPool(store, "key", "worker " + tallies.size()),
            now);
    tallies.add(tally);
    allowances.add(allowance);
    for (int i = 0; i < load.callers(); i++) {
      after(random(Duration.ofSeconds(1)), () -> arrive(allowance, load, tally));
    }
    return tally;
  }

  /** The worker that came as this one, counted from 0, asks for nothing more. */
  void kill(int worker) {
    dead.add(allowances.get(worker));
  }

  void storeAway(boolean away) {
    store.away(away);
  }

  private void arrive(Allowance allowance, Load load, Tally tally) {
    ask(allowance, allowance.enter(false), load, tally);
  }

  private void ask(Allowance allowance, Place place, Load load, Tally tally) {
    if (dead.contains(allowance)) {
      return;
    }
    Duration wait = allowance.ask(place, now);
    if (!wait.isZero()) {
      after(wait.compareTo(MOMENT) < 0 ? MOMENT : wait, () -> ask(allowance, place, load, tally));
      return;
    }
    boolean passes = service.take(now);
    tally.passed += passes ? 1 : 0;
    tally.refused += passes ? 0 : 1;
    after(
        LATENCY.dividedBy(2).plus(random(LATENCY)),
        () -> {
          allowance.answered(!passes, now);
          Duration pause = passes ? random(load.think().multipliedBy(2)) : AFTER_REFUSAL;
          after(pause, () -> arrive(allowance, load, tally));
        });
  }

  private Duration random(Duration most) {
    return most.isZero() ? Duration.ZERO : Duration.ofNanos(random.nextLong(most.toNanos()));
  }

  private void after(Duration pause, Runnable what) {
    events.add(new Event(now.plus(pause), order++, what));
  }

  void pass(Duration time) {
    Instant until = now.plus(time);
    while (!events.isEmpty() && !events.peek().at().isAfter(until)) {
      Event next = events.remove();
      now = next.at();
      next.what().run();
    }
    now = until;
  }

  /** Begins to count. */
  void lookAway() {
    tallies.forEach(
        tally -> {
          tally.passed = 0;
          tally.refused = 0;
        });
    store.forget();
  }

  int passed() {
    return tallies.stream().mapToInt(Tally::passed).sum();
  }

  int refused() {
    return tallies.stream().mapToInt(Tally::refused).sum();
  }

  int writes() {
    return store.writes();
  }

  LearntLimit learnt() {
    Optional<BudgetStore.Entry> entry = store.find("key");
    return PoolText.read(entry.orElseThrow().text()).limit();
  }

  /** Jain's index: 1 when all have the same, 1/n when one has it all. */
  static double fairness(List<Tally> equals) {
    double sum = equals.stream().mapToDouble(Tally::passed).sum();
    double squares = equals.stream().mapToDouble(t -> (double) t.passed * t.passed).sum();
    return sum * sum / (equals.size() * squares);
  }
}
