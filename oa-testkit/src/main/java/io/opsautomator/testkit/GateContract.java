package io.opsautomator.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsautomator.store.Gate;
import io.opsautomator.store.GateKey;
import io.opsautomator.store.Gates;
import io.opsautomator.store.Gates.Filled;
import io.opsautomator.store.Gates.HandOver;
import io.opsautomator.store.Gates.Limit;
import io.opsautomator.store.Grant;
import io.opsautomator.store.Store;
import io.opsautomator.store.Ticket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every store has to keep of gates. */
abstract class GateContract {
  private static final GateKey KEY = new GateKey("ec2/111122223333");
  private static final Limit TWO = new Limit(2, 1);

  abstract Store store();

  private Gates gates() {
    return store().gates();
  }

  private static Ticket ticket(int number) {
    return StoreItems.execution(number, Optional.of(KEY)).ticket();
  }

  private static List<Ticket> tickets(int from, int to) {
    return IntStream.range(from, to).mapToObj(GateContract::ticket).toList();
  }

  private static List<Ticket> holders(List<Grant> grants) {
    return grants.stream().map(Grant::holder).toList();
  }

  private Gate stored() {
    return gates().find(KEY).orElseThrow();
  }

  private HandOver.Next next(HandOver done) {
    assertThat(done).isInstanceOf(HandOver.Next.class);
    return (HandOver.Next) done;
  }

  @Test
  void aGateIsMadeByTheFirstWhoQueues() {
    assertThat(gates().find(KEY)).isEmpty();
    assertThatThrownBy(() -> gates().fill(KEY)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> gates().handOver(new Grant(KEY, 0, ticket(0), 1), false))
        .isInstanceOf(IllegalArgumentException.class);
    Gate gate = gates().enqueue(KEY, TWO, "1", tickets(0, 1));
    assertThat(gate).isEqualTo(new Gate(KEY, 2, 1, List.of(), 0, true, Optional.empty()));
    assertThat(gate.hasRoom()).isTrue();
    assertThat(stored()).isEqualTo(gate);
    assertThat(gates().find(new GateKey("other"))).isEmpty();
  }

  @Test
  void slotsAreGrantedUpToTheLimitInTheOrderOfTheQueue() {
    gates().enqueue(KEY, TWO, "2", tickets(3, 6));
    gates().enqueue(KEY, TWO, "3", tickets(6, 7));
    Filled filled = gates().fill(KEY);
    assertThat(filled.granted())
        .containsExactly(new Grant(KEY, 0, ticket(3), 1), new Grant(KEY, 1, ticket(4), 2));
    assertThat(filled.now().held()).isEqualTo(filled.granted());
    assertThat(filled.now().waiting()).isTrue();
    assertThat(stored()).isEqualTo(filled.now());
    assertThat(gates().fill(KEY).granted()).isEmpty();
  }

  @Test
  void w9_theWriteThatTakesASlotGivesItToTheNext() {
    gates().enqueue(KEY, TWO, "1", tickets(0, 4));
    List<Grant> held = gates().fill(KEY).granted();
    HandOver.Next done = next(gates().handOver(held.get(1), false));
    assertThat(done.grant()).isEqualTo(new Grant(KEY, 1, ticket(2), 3));
    assertThat(done.now().held()).containsExactly(held.get(0), done.grant());
    assertThat(done.now().waiting()).isTrue();
    HandOver.Next last = next(gates().handOver(held.get(0), false));
    assertThat(last.now().waiting()).isFalse();
    assertThat(stored()).isEqualTo(last.now());
  }

  @Test
  void aSlotIsFreeWhenNobodyWaits() {
    gates().enqueue(KEY, TWO, "1", tickets(0, 1));
    Grant only = gates().fill(KEY).granted().get(0);
    HandOver done = gates().handOver(only, false);
    assertThat(done)
        .isEqualTo(new HandOver.Freed(new Gate(KEY, 2, 1, List.of(), 1, false, Optional.empty())));
    gates().enqueue(KEY, TWO, "2", tickets(1, 2));
    assertThat(gates().fill(KEY).granted()).containsExactly(new Grant(KEY, 0, ticket(1), 2));
  }

  @Test
  void w16_handingOverTwiceChangesNothing() {
    gates().enqueue(KEY, TWO, "1", tickets(0, 4));
    Grant first = gates().fill(KEY).granted().get(0);
    HandOver done = gates().handOver(first, false);
    assertThat(gates().handOver(first, false)).isEqualTo(new HandOver.Stale(done.now()));
    assertThat(stored()).isEqualTo(done.now());
  }

  @Test
  void queuingAgainUnderTheSameNameIsHarmless() {
    gates().enqueue(KEY, TWO, "1", tickets(0, 3));
    gates().enqueue(KEY, TWO, "1", tickets(0, 3));
    Grant first = gates().fill(KEY).granted().get(0);
    HandOver.Next done = next(gates().handOver(first, false));
    assertThat(done.grant().holder()).isEqualTo(ticket(2));
    assertThat(done.now().waiting()).isFalse();
  }

  @Test
  void w17_whoIsGrantedTheLastSlotNoLongerWaits() {
    gates().enqueue(KEY, TWO, "1", tickets(0, 3));
    List<Grant> held = gates().fill(KEY).granted();
    HandOver.Next last = next(gates().handOver(held.get(1), false));
    assertThat(last.grant().holder()).isEqualTo(ticket(2));
    assertThat(gates().handOver(held.get(0), false)).isInstanceOf(HandOver.Freed.class);
    assertThat(gates().handOver(last.grant(), false)).isInstanceOf(HandOver.Freed.class);
  }

  @Test
  void w17_aLargerLimitLetsMoreIn() {
    gates().enqueue(KEY, TWO, "1", tickets(0, 5));
    gates().fill(KEY);
    Gate resized = gates().enqueue(KEY, new Limit(4, 2), "1", List.of());
    assertThat(resized.limit()).isEqualTo(4);
    assertThat(holders(gates().fill(KEY).granted())).containsExactly(ticket(2), ticket(3));
  }

  @Test
  void w17_aMuchLargerLimitLetsInAllWhoQueuedOneByOne() {
    int all = 130;
    for (int i = 0; i < all; i++) {
      gates().enqueue(KEY, TWO, "%03d".formatted(i), tickets(i, i + 1));
    }
    gates().enqueue(KEY, new Limit(all, 2), "999", List.of());
    Filled filled = gates().fill(KEY);
    assertThat(holders(filled.granted())).isEqualTo(tickets(0, all));
    assertThat(filled.now().held()).hasSize(all);
    assertThat(stored()).isEqualTo(filled.now());
  }

  @Test
  void aSmallerLimitStopsNobodyAndHandsOverLess() {
    gates().enqueue(KEY, new Limit(3, 1), "1", tickets(0, 6));
    List<Grant> held = gates().fill(KEY).granted();
    assertThat(gates().enqueue(KEY, new Limit(1, 2), "2", List.of()).held()).isEqualTo(held);
    assertThat(gates().handOver(held.get(0), false)).isInstanceOf(HandOver.Freed.class);
    assertThat(gates().handOver(held.get(1), false)).isInstanceOf(HandOver.Freed.class);
    assertThat(next(gates().handOver(held.get(2), false)).grant().holder()).isEqualTo(ticket(3));
    assertThat(stored().held()).hasSize(1);
  }

  @Test
  void theLimitOfTheLaterDefinitionWins() {
    gates().enqueue(KEY, new Limit(5, 7), "1", List.of());
    assertThat(gates().enqueue(KEY, new Limit(9, 6), "2", List.of()).limit()).isEqualTo(5);
    assertThat(gates().enqueue(KEY, new Limit(9, 7), "2", List.of()).limit()).isEqualTo(5);
    assertThat(gates().enqueue(KEY, new Limit(3, 8), "2", List.of()).limit()).isEqualTo(3);
  }

  @Test
  void i1_atNoTimeAreMoreSlotsHeldThanTheLimitAllows() {
    for (long seed = 1; seed <= 5; seed++) {
      new Walk(new GateKey("walk-" + seed), new Random(seed)).take(120);
    }
  }

  /** Random steps, checked against what a gate is: names for slots, and a queue. */
  private final class Walk {
    private final GateKey key;
    private final Random random;
    private final List<Grant> held = new ArrayList<>();
    private final List<Grant> past = new ArrayList<>();
    private final List<Ticket> queue = new ArrayList<>();
    private int limit = 3;
    private int revision = 1;
    private int queued;

    Walk(GateKey key, Random random) {
      this.key = key;
      this.random = random;
      gates().enqueue(key, new Limit(limit, revision), "000", List.of());
    }

    void take(int steps) {
      for (int step = 1; step <= steps; step++) {
        switch (random.nextInt(5)) {
          case 0 -> enqueue(step);
          case 1 -> fill();
          case 2 -> stale();
          case 3 -> resize(step);
          default -> handOver();
        }
        Gate gate = gates().find(key).orElseThrow();
        assertThat(gate.held()).containsExactlyInAnyOrderElementsOf(held);
        assertThat(gate.held().stream().map(Grant::slot)).doesNotHaveDuplicates();
        assertThat(gate.waiting()).isEqualTo(!queue.isEmpty());
      }
    }

    private void enqueue(int step) {
      List<Ticket> fresh = tickets(queued, queued + random.nextInt(4));
      queued += fresh.size();
      queue.addAll(fresh);
      gates().enqueue(key, new Limit(limit, revision), "%03d".formatted(step), fresh);
    }

    private void resize(int step) {
      limit = 1 + random.nextInt(6);
      revision++;
      gates().enqueue(key, new Limit(limit, revision), "%03d".formatted(step), List.of());
    }

    private void fill() {
      int room = Math.min(queue.size(), Math.max(0, limit - held.size()));
      List<Grant> granted = gates().fill(key).granted();
      assertThat(holders(granted)).isEqualTo(queue.subList(0, room));
      queue.subList(0, room).clear();
      held.addAll(granted);
    }

    private void handOver() {
      if (held.isEmpty()) {
        return;
      }
      Grant grant = held.remove(random.nextInt(held.size()));
      past.add(grant);
      HandOver done = gates().handOver(grant, false);
      boolean goesOn = !queue.isEmpty() && held.size() < limit;
      assertThat(done instanceof HandOver.Next).isEqualTo(goesOn);
      if (done instanceof HandOver.Next next) {
        assertThat(next.grant().holder()).isEqualTo(queue.remove(0));
        held.add(next.grant());
      }
    }

    private void stale() {
      if (!past.isEmpty()) {
        Grant grant = past.get(random.nextInt(past.size()));
        assertThat(gates().handOver(grant, false)).isInstanceOf(HandOver.Stale.class);
      }
    }
  }

  @Test
  void w18_whoQueuesWhileTheLastSlotIsGivenBackIsServed() {
    int each = 60;
    Queue<Ticket> served = new ConcurrentLinkedQueue<>();
    gates().enqueue(KEY, TWO, "0", List.of());
    Together.each(
        3,
        thread ->
            () -> {
              for (int i = thread * each; i < (thread + 1) * each; i++) {
                gates().enqueue(KEY, TWO, "%05d".formatted(i), tickets(i, i + 1));
                serve(served);
              }
              return thread;
            });
    serve(served);
    assertThat(served).containsExactlyInAnyOrderElementsOf(tickets(0, 3 * each));
    assertThat(stored().held()).isEmpty();
  }

  private void serve(Queue<Ticket> served) {
    Queue<Grant> running = new ConcurrentLinkedQueue<>(gates().fill(KEY).granted());
    for (Grant grant = running.poll(); grant != null; grant = running.poll()) {
      served.add(grant.holder());
      if (gates().handOver(grant, false) instanceof HandOver.Next next) {
        running.add(next.grant());
      }
    }
  }

  @Test
  void manyWhoHandOverAtOnceServeEverybodyOnceWithinTheLimit() {
    int all = 120;
    gates().enqueue(KEY, new Limit(4, 1), "1", tickets(0, all));
    Queue<Grant> running = new ConcurrentLinkedQueue<>(gates().fill(KEY).granted());
    Queue<Ticket> served = new ConcurrentLinkedQueue<>();
    Together.each(
        4,
        thread ->
            () -> {
              for (Grant grant = running.poll(); grant != null; grant = running.poll()) {
                served.add(grant.holder());
                HandOver done = gates().handOver(grant, false);
                assertThat(done.now().held().size()).isLessThanOrEqualTo(4);
                if (done instanceof HandOver.Next next) {
                  running.add(next.grant());
                }
              }
              return thread;
            });
    assertThat(served).containsExactlyInAnyOrderElementsOf(tickets(0, all));
    assertThat(stored().held()).isEmpty();
    assertThat(stored().waiting()).isFalse();
  }
}
