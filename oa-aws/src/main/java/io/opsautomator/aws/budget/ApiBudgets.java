package io.opsautomator.aws.budget;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * How many calls a second each account and region may get of each service: begun with what AWS
 * documents, learnt from what the services refuse, and shared by all workers that name the same
 * store. Immutable.
 */
public final class ApiBudgets {
  /** The code of the exception with which a call ends that got no turn. */
  public static final String SPENT = "BudgetSpent";

  private static final Duration LONGEST_PATIENCE = Duration.ofMinutes(15);
  private static final Terms USUAL = new Terms(0.2, Duration.ofSeconds(10), Map.of());
  private static final ApiBudgets OFF = alone(false);

  private final boolean on;
  private final Terms terms;
  private final Sharing sharing;
  private final Time time;

  /**
   * @param headroom the part of what is there that is left to others
   * @param patience for how long a call may wait, at most
   * @param rates in place of those documented
   */
  record Terms(double headroom, Duration patience, Map<OperationClass, Rate> rates) {}

  record Sharing(BudgetStore store, String worker) {}

  record Time(InstantSource clock, Pause pause) {}

  private ApiBudgets(boolean on, Terms terms, Sharing sharing, Time time) {
    this.on = on;
    this.terms = terms;
    this.sharing = sharing;
    this.time = time;
  }

  /**
   * A fifth is left to people and other programs, calls wait for ten seconds at most, and nothing
   * is shared with other processes.
   */
  public static ApiBudgets defaults() {
    return alone(true);
  }

  private static ApiBudgets alone(boolean on) {
    return new ApiBudgets(
        on,
        USUAL,
        new Sharing(BudgetStore.inMemory(), "this process"),
        new Time(InstantSource.system(), ApiBudgets::pass));
  }

  /** Every call at once. */
  public static ApiBudgets off() {
    return OFF;
  }

  /**
   * With all workers that use this store.
   *
   * @param worker which none of them shares; a worker that begins anew may take another name
   */
  public ApiBudgets sharedBy(BudgetStore store, String worker) {
    if (worker.isBlank()) {
      throw new IllegalArgumentException(
          "a worker that shares budgets needs a name, not a blank one");
    }
    return new ApiBudgets(on, terms, new Sharing(store, worker), time);
  }

  /**
   * Leaves this part of what a service gives to people and other programs in the account.
   *
   * @param part from 0 up to 0.9
   */
  public ApiBudgets headroom(double part) {
    if (!(part >= 0 && part <= 0.9)) {
      throw new IllegalArgumentException("headroom is " + part + ", not from 0 to 0.9");
    }
    return with(new Terms(part, terms.patience(), terms.rates()));
  }

  /**
   * Lets a call wait for so long, if its deadline does, before the engine is to ask again later.
   *
   * @param longest from nothing to 15 minutes
   */
  public ApiBudgets patience(Duration longest) {
    if (longest.isNegative() || longest.compareTo(LONGEST_PATIENCE) > 0) {
      throw new IllegalArgumentException(
          "patience is " + longest + ", not from nothing to " + LONGEST_PATIENCE);
    }
    return with(new Terms(terms.headroom(), longest, terms.rates()));
  }

  /**
   * Begins with another rate than the one that is documented, such as when AWS has raised it for
   * one's accounts. What is learnt goes on from there, up and down.
   *
   * @param service IAM's prefix, such as {@code ec2}
   * @param operations {@code read} or {@code mutate} for all of the service's, or an operation such
   *     as {@code CopyImage}, which then has a budget of its own
   */
  public ApiBudgets rate(String service, String operations, Rate rate) {
    Map<OperationClass, Rate> more = new HashMap<>(terms.rates());
    more.put(new OperationClass(service, operations), rate);
    return with(new Terms(terms.headroom(), terms.patience(), Map.copyOf(more)));
  }

  /** With this clock, and this way of waiting. */
  public ApiBudgets time(InstantSource clock, Pause pause) {
    return new ApiBudgets(on, terms, sharing, new Time(clock, pause));
  }

  private ApiBudgets with(Terms others) {
    return new ApiBudgets(on, others, sharing, time);
  }

  /** In use; asks the store of nothing before the first call. */
  public CallBudget open() {
    return on ? new SharedBudgets(terms, sharing, time) : CallBudget.UNLIMITED;
  }

  /** Counts what is open, for quotas of that kind, in the same store. */
  public InFlightQuotas inFlight() {
    return new InFlightQuotas(sharing.store(), time.clock());
  }

  private static void pass(Duration time) throws InterruptedException {
    boolean over = new CountDownLatch(1).await(time.toNanos(), TimeUnit.NANOSECONDS);
    if (over) {
      throw new IllegalStateException("nobody counts down");
    }
  }
}
