package io.opsautomator.testkit;

import static io.opsautomator.testkit.StoreItems.NOON;
import static io.opsautomator.testkit.StoreItems.applied;
import static io.opsautomator.testkit.StoreItems.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.store.Brake;
import io.opsautomator.store.Gate;
import io.opsautomator.store.GateKey;
import io.opsautomator.store.Gates;
import io.opsautomator.store.Gates.HandOver;
import io.opsautomator.store.Gates.Limit;
import io.opsautomator.store.Grant;
import io.opsautomator.store.Store;
import io.opsautomator.store.Terms;
import io.opsautomator.store.Ticket;
import io.opsautomator.store.Write;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every store has to keep of gates that count failures, go in waves or are stopped. */
abstract class BrakeContract {
  private static final GateKey KEY = GateKey.ofRun(StoreItems.runId(7), 0);
  private static final Limit TWO = new Limit(2, 1);
  private static final Limit MANY = new Limit(5, 1);

  abstract Store store();

  private Gates gates() {
    return store().gates();
  }

  private static Ticket ticket(int number) {
    return StoreItems.execution(number, true, Optional.empty()).ticket();
  }

  private static List<Ticket> tickets(int from, int to) {
    return IntStream.range(from, to).mapToObj(BrakeContract::ticket).toList();
  }

  private List<Grant> granted(Limit limit, Terms terms, int waiting) {
    gates().enqueue(KEY, limit, Optional.of(terms), "1", tickets(0, waiting));
    return gates().fill(KEY).granted();
  }

  private Gate stored() {
    return gates().find(KEY).orElseThrow();
  }

  private static int failed(Gate gate) {
    return gate.brake().map(Brake::failed).orElse(0);
  }

  private static Terms terms(Gate gate) {
    return gate.brake().orElseThrow().terms();
  }

  @Test
  void termsApplyWhenTheGateComesIntoBeingAndThenByRetuningOnly() {
    Terms terms = Terms.NONE.withMaxFailed(3).withAllowance(7).approved(2);
    Gate made = gates().enqueue(KEY, TWO, Optional.of(terms), "1", tickets(0, 1));
    assertThat(made.brake()).contains(new Brake(0, terms));
    assertThat(stored()).isEqualTo(made);
    Terms others = terms.withMaxFailed(9);
    Gate again = gates().enqueue(KEY, new Limit(4, 2), Optional.of(others), "2", tickets(1, 2));
    assertThat(again.brake()).contains(new Brake(0, terms));
    assertThat(again.limit()).isEqualTo(4);
  }

  @Test
  void aGateWithoutTermsCountsNoFailures() {
    gates().enqueue(KEY, TWO, "1", tickets(0, 4));
    Grant first = gates().fill(KEY).granted().get(0);
    assertThat(gates().handOver(first, true)).isInstanceOf(HandOver.Next.class);
    assertThat(stored().brake()).isEmpty();
    assertThat(refused(gates().retune(KEY, Terms.NONE, Terms.NONE.stop()))).isEqualTo(stored());
  }

  @Test
  void i11_afterTheFailureThatReachesTheThresholdNothingIsGranted() {
    List<Grant> held = granted(TWO, Terms.NONE.withMaxFailed(2), 6);
    HandOver.Next third = (HandOver.Next) gates().handOver(held.get(0), true);
    assertThat(failed(third.now())).isEqualTo(1);
    HandOver shut = gates().handOver(held.get(1), true);
    assertThat(shut).isInstanceOf(HandOver.Freed.class);
    assertThat(failed(shut.now())).isEqualTo(2);
    assertThat(shut.now().open()).isFalse();
    assertThat(shut.now().waiting()).isTrue();
    assertThat(shut.now().hasRoom()).isFalse();
    assertThat(gates().fill(KEY).granted()).isEmpty();
    assertThat(gates().handOver(third.grant(), false)).isInstanceOf(HandOver.Freed.class);
    assertThat(stored().held()).isEmpty();
    assertThat(stored().waiting()).isTrue();
  }

  @Test
  void w16_aFailureThatIsReportedTwiceCountsOnce() {
    Grant first = granted(TWO, Terms.NONE.withMaxFailed(2), 6).get(0);
    HandOver done = gates().handOver(first, true);
    assertThat(gates().handOver(first, true)).isEqualTo(new HandOver.Stale(done.now()));
    assertThat(gates().handOver(first, false)).isEqualTo(new HandOver.Stale(done.now()));
    assertThat(failed(stored())).isEqualTo(1);
    assertThat(stored().open()).isTrue();
  }

  @Test
  void noMoreAreGrantedThanTheAllowance() {
    List<Grant> held = granted(MANY, Terms.NONE.withAllowance(3), 9);
    assertThat(held).hasSize(3);
    assertThat(stored().open()).isFalse();
    assertThat(gates().handOver(held.get(0), false)).isInstanceOf(HandOver.Freed.class);
    assertThat(gates().fill(KEY).granted()).isEmpty();
    Terms terms = terms(stored());
    applied(gates().retune(KEY, terms, terms.withAllowance(4)));
    assertThat(gates().handOver(held.get(1), false)).isInstanceOf(HandOver.Next.class);
    assertThat(gates().handOver(held.get(2), false)).isInstanceOf(HandOver.Freed.class);
  }

  @Test
  void aStoppedGateGrantsNothing() {
    List<Grant> held = granted(TWO, Terms.NONE, 4);
    Gate stopped = applied(gates().retune(KEY, Terms.NONE, Terms.NONE.stop()));
    assertThat(stopped.open()).isFalse();
    assertThat(stopped.held()).isEqualTo(held);
    assertThat(gates().handOver(held.get(0), false)).isInstanceOf(HandOver.Freed.class);
    assertThat(gates().fill(KEY).granted()).isEmpty();
  }

  @Test
  void theNextWaveBeginsWhenAllOfTheOneBeforeHaveLeft() {
    Terms first = Terms.NONE.withAllowance(2);
    List<Grant> held = granted(MANY, first, 9);
    Terms second = first.nextWave(6);
    gates().handOver(held.get(0), false);
    assertThat(refused(gates().retune(KEY, first, second))).isEqualTo(stored());
    assertThat(terms(stored())).isEqualTo(first);
    gates().handOver(held.get(1), true);
    assertThat(terms(applied(gates().retune(KEY, first, second)))).isEqualTo(second);
    assertThat(gates().fill(KEY).granted())
        .extracting(Grant::serial)
        .containsExactly(3L, 4L, 5L, 6L);
    assertThat(failed(stored())).isEqualTo(1);
  }

  @Test
  void retuningComparesWithWhatIsStored() {
    Terms terms = Terms.NONE.withAllowance(3);
    gates().enqueue(KEY, TWO, Optional.of(terms), "1", List.of());
    Terms resting = terms.resting(Optional.of(NOON));
    Gate retuned = applied(gates().retune(KEY, terms, resting));
    assertThat(stored()).isEqualTo(retuned);
    assertThat(applied(gates().retune(KEY, terms, resting))).isEqualTo(retuned);
    assertThat(refused(gates().retune(KEY, terms, terms.approved(1)))).isEqualTo(retuned);
    assertThat(terms(applied(gates().retune(KEY, resting, resting.approved(1)))).approvedWave())
        .isEqualTo(1);
    assertThat(gates().retune(new GateKey("other"), terms, resting))
        .isEqualTo(new Write.Absent<>());
  }

  @Test
  void i11_whateverHappensNoGrantFollowsTheLastToleratedFailureOrExceedsTheAllowance() {
    for (long seed = 1; seed <= 12; seed++) {
      new Walk(GateKey.ofRun(StoreItems.runId((int) seed), 1), new Random(seed)).take(150);
    }
  }

  /** Random steps. Every answer that grants is checked against the image stored before it. */
  private final class Walk {
    private final GateKey key;
    private final Random random;
    private int revision = 1;
    private int queued;

    Walk(GateKey key, Random random) {
      this.key = key;
      this.random = random;
      Terms terms =
          Terms.NONE
              .withMaxFailed(random.nextInt(6))
              .withAllowance(random.nextBoolean() ? Long.MAX_VALUE : random.nextInt(9));
      gates().enqueue(key, limit(), Optional.of(terms), "000", List.of());
    }

    private Limit limit() {
      return new Limit(1 + random.nextInt(4), revision);
    }

    void take(int steps) {
      for (int step = 1; step <= steps; step++) {
        Gate before = gates().find(key).orElseThrow();
        switch (random.nextInt(6)) {
          case 0 -> enqueue(step);
          case 1 -> gates().fill(key);
          case 2 -> retune(before);
          default -> handOver(before);
        }
        check(before, gates().find(key).orElseThrow());
      }
    }

    private void enqueue(int step) {
      revision += random.nextInt(3) == 0 ? 1 : 0;
      List<Ticket> fresh = tickets(queued, queued + random.nextInt(4));
      queued += fresh.size();
      gates().enqueue(key, limit(), Optional.of(Terms.NONE), "%03d".formatted(step), fresh);
    }

    /** Waves go on, thresholds rise and fall, and now and then somebody comes late. */
    private void retune(Gate gate) {
      Terms now = terms(gate);
      Terms next =
          switch (random.nextInt(4)) {
            case 0 -> now.nextWave(gate.serial() + random.nextInt(5));
            case 1 -> now.withMaxFailed(random.nextInt(8));
            case 2 -> now.resting(Optional.of(NOON));
            default -> now.withAllowance(gate.serial() + random.nextInt(5));
          };
      Terms expected = random.nextInt(4) == 0 ? now.approved(now.approvedWave() + 1) : now;
      Write<Gate> write = gates().retune(key, expected, next);
      boolean early = next.wave() > now.wave() && !gate.held().isEmpty();
      boolean may = expected.equals(now) && !early || next.equals(now);
      assertThat(write instanceof Write.Applied<Gate>).isEqualTo(may);
    }

    private void handOver(Gate gate) {
      if (gate.held().isEmpty()) {
        return;
      }
      Grant grant = gate.held().get(random.nextInt(gate.held().size()));
      boolean failure = random.nextInt(3) == 0;
      Gate after = gates().handOver(grant, failure).now();
      assertThat(failed(after)).isEqualTo(failed(gate) + (failure ? 1 : 0));
      Terms terms = terms(gate);
      if (terms.maxFailed() > 0 && failed(after) >= terms.maxFailed()) {
        assertThat(after.serial()).isEqualTo(gate.serial());
      }
    }

    private void check(Gate before, Gate after) {
      long made = after.serial() - before.serial();
      assertThat(after.held()).extracting(Grant::slot).doesNotHaveDuplicates();
      if (made > 0) {
        assertThat(before.open()).isTrue();
        assertThat(after.serial()).isLessThanOrEqualTo(terms(before).allowance());
        assertThat(after.held()).hasSizeLessThanOrEqualTo(before.limit());
      }
      assertThat(failed(after)).isGreaterThanOrEqualTo(failed(before));
    }
  }

  @Test
  void i11_failuresOfManyAtOnceShutTheGateForGood() {
    Queue<Grant> running =
        new ConcurrentLinkedQueue<>(granted(new Limit(4, 1), Terms.NONE.withMaxFailed(10), 120));
    List<Integer> failures =
        Together.each(
            4,
            thread ->
                () -> {
                  int mine = 0;
                  for (Grant grant = running.poll(); grant != null; grant = running.poll()) {
                    mine++;
                    if (gates().handOver(grant, true) instanceof HandOver.Next next) {
                      running.add(next.grant());
                    }
                  }
                  return mine;
                });
    int started = failures.stream().mapToInt(Integer::intValue).sum();
    assertThat(started).isBetween(10, 13);
    assertThat(failed(stored())).isEqualTo(started);
    assertThat(stored().held()).isEmpty();
    assertThat(stored().serial()).isEqualTo(started);
  }
}
