package io.opsautomator.testkit;

import static io.opsautomator.testkit.StoreItems.LEASE;
import static io.opsautomator.testkit.StoreItems.NOON;
import static io.opsautomator.testkit.StoreItems.applied;
import static io.opsautomator.testkit.StoreItems.claim;
import static io.opsautomator.testkit.StoreItems.end;
import static io.opsautomator.testkit.StoreItems.execution;
import static io.opsautomator.testkit.StoreItems.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.resource.Scope;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.store.Executions;
import io.opsautomator.store.Executions.Move;
import io.opsautomator.store.Gate;
import io.opsautomator.store.GateKey;
import io.opsautomator.store.Gates.HandOver;
import io.opsautomator.store.Gates.Limit;
import io.opsautomator.store.Grant;
import io.opsautomator.store.Store;
import io.opsautomator.store.Terms;
import io.opsautomator.store.Ticket;
import io.opsautomator.store.Write;
import io.opsautomator.task.ExecutionId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What every store has to keep of executions that pass two gates, their run's and then their key's,
 * or a third between these: that of their account and region.
 */
abstract class TwoGatesContract {
  private static final GateKey KEY = new GateKey("key/disk");
  private static final Scope SCOPE = Scope.of("111122223333", "eu-west-1");

  abstract Store store();

  private Executions executions() {
    return store().executions();
  }

  private Execution waiting() {
    return created(execution(1, true, Optional.of(KEY)));
  }

  private Execution created(Execution fresh) {
    return applied(executions().create(List.of(fresh)).get(0));
  }

  private Write<Execution> claimed(Execution execution, Grant by, Instant now) {
    return executions().claim(claim(execution, Optional.of(by), now, "worker-1"));
  }

  private static Grant grant(Execution execution, GateKey gate) {
    return new Grant(gate, 0, execution.ticket(), 1);
  }

  private static GateKey ofRun(Execution execution) {
    return GateKey.ofRun(execution.origin().run(), execution.progress().drive());
  }

  private Execution running() {
    Execution waiting = waiting();
    Execution passed = applied(claimed(waiting, grant(waiting, ofRun(waiting)), NOON));
    return applied(claimed(passed, grant(passed, KEY), NOON));
  }

  @Test
  void theRunsGateComesBeforeTheKeys() {
    Execution both = waiting();
    assertThat(both.status()).isEqualTo(Status.WAITING);
    assertThat(both.gates()).containsExactly(ofRun(both), KEY);
    assertThat(both.nextGate()).contains(ofRun(both));
    assertThat(ofRun(both).value()).isEqualTo("run/" + both.origin().run().value() + "/0");
    Execution one = created(execution(2, true, Optional.empty()));
    assertThat(one.status()).isEqualTo(Status.WAITING);
    assertThat(one.gates()).containsExactly(ofRun(one));
    refused(claimed(both, grant(both, KEY), NOON));
  }

  @Test
  void theGateOfAnAccountAndRegionIsBetweenThem() {
    GateKey pair = GateKey.ofPair(StoreItems.runId(0), SCOPE);
    Execution waiting = created(execution(3, true, Optional.of(pair), Optional.of(KEY)));
    assertThat(waiting.gates()).containsExactly(ofRun(waiting), pair, KEY);
    Execution inRun = applied(claimed(waiting, grant(waiting, ofRun(waiting)), NOON));
    assertThat(inRun.nextGate()).contains(pair);
    refused(claimed(inRun, grant(inRun, KEY), NOON));
    Execution inPair = applied(claimed(inRun, grant(inRun, pair), NOON));
    assertThat(inPair.status()).isEqualTo(Status.WAITING);
    assertThat(inPair.ticket().number()).isEqualTo(2);
    assertThat(inPair.nextGate()).contains(KEY);
    Execution running = applied(claimed(inPair, grant(inPair, KEY), NOON));
    assertThat(running.status()).isEqualTo(Status.RUNNING);
    assertThat(running.progress().epoch()).isEqualTo(1);
    assertThat(running.grants()).extracting(Grant::gate).isEqualTo(waiting.gates());
    assertThat(executions().find(List.of(waiting.id()))).containsExactly(running);
  }

  @Test
  void theGateOfAnAccountAndRegionMayBeTheOnlyOne() {
    GateKey pair = GateKey.ofPair(StoreItems.runId(0), SCOPE);
    assertThat(pair.pairOf(StoreItems.runId(0))).isTrue();
    assertThat(pair.pairOf(StoreItems.runId(1))).isFalse();
    assertThat(GateKey.ofRun(StoreItems.runId(0), 0).pairOf(StoreItems.runId(0))).isFalse();
    Execution waiting = created(execution(4, false, Optional.of(pair), Optional.empty()));
    assertThat(waiting.nextGate()).contains(pair);
    Execution running = applied(claimed(waiting, grant(waiting, pair), NOON));
    assertThat(running.status()).isEqualTo(Status.RUNNING);
    Execution again = applied(executions().advance(running.id(), 1, new Move.Requeue(List.of())));
    assertThat(again.nextGate()).contains(pair);
  }

  @Test
  void theFirstGateIsPassedWithoutStartingAndUnderTheNextTicket() {
    Execution waiting = waiting();
    Grant first = grant(waiting, ofRun(waiting));
    Execution passed = applied(claimed(waiting, first, NOON));
    assertThat(passed.status()).isEqualTo(Status.WAITING);
    assertThat(passed.grants()).containsExactly(first);
    assertThat(passed.ticket()).isEqualTo(new Ticket(waiting.id(), 1));
    assertThat(passed.nextGate()).contains(KEY);
    assertThat(passed.lease()).isEmpty();
    assertThat(passed.progress().epoch()).isZero();
    assertThat(passed.progress().attempts()).isZero();
    assertThat(passed.progress().startedAt()).isEmpty();
    assertThat(executions().find(List.of(waiting.id()))).containsExactly(passed);
  }

  @Test
  void whoRepeatsTheFirstClaimFindsItsGrantInPlace() {
    Execution waiting = waiting();
    Grant first = grant(waiting, ofRun(waiting));
    Execution passed = applied(claimed(waiting, first, NOON));
    assertThat(refused(claimed(waiting, first, NOON))).isEqualTo(passed);
    Grant second = new Grant(ofRun(waiting), 1, waiting.ticket(), 2);
    assertThat(refused(claimed(waiting, second, NOON))).isEqualTo(passed);
    Grant again = grant(passed, ofRun(waiting));
    assertThat(refused(claimed(passed, again, NOON))).isEqualTo(passed);
  }

  @Test
  void theLastGateStartsItAndATakeOverNamesItsSlot() {
    Execution running = running();
    assertThat(running.status()).isEqualTo(Status.RUNNING);
    assertThat(running.grants()).extracting(Grant::gate).containsExactly(ofRun(running), KEY);
    assertThat(running.progress().epoch()).isEqualTo(1);
    assertThat(running.nextGate()).isEmpty();
    Instant later = NOON.plus(LEASE).plusSeconds(1);
    refused(claimed(running, running.grants().get(0), later));
    Execution taken = applied(claimed(running, running.grants().get(1), later));
    assertThat(taken.grants()).isEqualTo(running.grants());
    assertThat(taken.progress().epoch()).isEqualTo(2);
  }

  @Test
  void anEndKeepsBothGrantsToBeHandedOn() {
    Execution running = running();
    Execution ended = applied(executions().advance(running.id(), 1, end(Status.FAILED)));
    assertThat(ended.grants()).isEqualTo(running.grants()).hasSize(2);
  }

  @Test
  void queuedAgainItStartsFromTheFirstGate() {
    Execution running = running();
    Execution again = applied(executions().advance(running.id(), 1, new Move.Requeue(List.of())));
    assertThat(again.grants()).isEmpty();
    assertThat(again.nextGate()).contains(ofRun(running));
    assertThat(again.ticket().number()).isEqualTo(2);
    running.grants().forEach(old -> refused(claimed(again, old, NOON)));
  }

  @Test
  void whatWaitsBetweenItsGatesIsDroppedWithTheGrantItHas() {
    Execution waiting = waiting();
    Grant first = grant(waiting, ofRun(waiting));
    applied(claimed(waiting, first, NOON));
    Execution dropped = applied(executions().drop(waiting.id(), "the run was stopped"));
    assertThat(dropped.status()).isEqualTo(Status.NOT_STARTED);
    assertThat(dropped.progress().outcome()).contains("the run was stopped");
    assertThat(dropped.grants()).containsExactly(first);
  }

  @Test
  void onlyWhatHasNotBegunIsDropped() {
    Execution running = running();
    assertThat(refused(executions().drop(running.id(), "late"))).isEqualTo(running);
    Execution ready = created(execution(2, Optional.empty()));
    Execution dropped = applied(executions().drop(ready.id(), "early"));
    assertThat(refused(executions().drop(ready.id(), "twice"))).isEqualTo(dropped);
    refused(executions().claim(claim(ready)));
    assertThat(executions().drop(execution(3, Optional.empty()).id(), "nobody"))
        .isEqualTo(new Write.Absent<>());
  }

  @Test
  void i1_i2_bothLimitsHoldAndAllPassInWhateverOrderMessagesCome() {
    for (long seed = 1; seed <= 4; seed++) {
      new Passage(new Random(seed), (int) seed, Optional.empty()).go();
    }
  }

  @Test
  void i1_i2_threeLimitsHoldAndAllPassInWhateverOrderMessagesCome() {
    for (long seed = 5; seed <= 8; seed++) {
      GateKey pair =
          GateKey.ofPair(StoreItems.runId(0), Scope.of("111122223333", "us-west-" + seed));
      new Passage(new Random(seed), (int) seed, Optional.of(pair)).go();
    }
  }

  /** Messages come in any order, one in six comes twice, and work ends when it will. */
  private final class Passage {
    private static final int OF_RUN = 4;
    private static final int OF_PAIR = 3;
    private static final int OF_KEY = 2;

    private final Random random;
    private final GateKey key;
    private final Optional<GateKey> pair;
    private final Map<ExecutionId, Execution> all = new HashMap<>();
    private final Map<Grant, Integer> messages = new HashMap<>();
    private final List<Execution> running = new ArrayList<>();
    private int orders;

    Passage(Random random, int seed, Optional<GateKey> pair) {
      this.random = random;
      this.pair = pair;
      this.key = new GateKey("key/passage-" + seed);
      List<Execution> fresh =
          IntStream.range(0, 40)
              .mapToObj(i -> execution(1000 * seed + i, true, pair, Optional.of(key)))
              .toList();
      executions().create(fresh);
      all.putAll(fresh.stream().collect(Collectors.toMap(Execution::id, Function.identity())));
      fresh.forEach(this::queue);
    }

    private void queue(Execution execution) {
      GateKey gate = execution.nextGate().orElseThrow();
      boolean own = gate.equals(ofRun(execution));
      Limit limit = new Limit(limit(gate), 1);
      Optional<Terms> terms = own ? Optional.of(Terms.NONE) : Optional.empty();
      String order = "%06d".formatted(orders++);
      store().gates().enqueue(gate, limit, terms, order, List.of(execution.ticket()));
      announce(store().gates().fill(gate).granted());
    }

    private int limit(GateKey gate) {
      if (gate.equals(key)) {
        return OF_KEY;
      }
      return pair.filter(gate::equals).isPresent() ? OF_PAIR : OF_RUN;
    }

    private void announce(List<Grant> grants) {
      grants.forEach(grant -> messages.put(grant, 1 + (random.nextInt(6) == 0 ? 1 : 0)));
    }

    void go() {
      while (!messages.isEmpty() || !running.isEmpty()) {
        if (messages.isEmpty() || !running.isEmpty() && random.nextInt(3) == 0) {
          end(running.remove(random.nextInt(running.size())));
        } else {
          deliver();
        }
        check();
      }
      assertThat(all.values()).extracting(Execution::status).containsOnly(Status.SUCCEEDED);
      gates().forEach(gate -> assertThat(gate.held()).isEmpty());
    }

    private void deliver() {
      List<Grant> open = messages.keySet().stream().sorted(this::byName).toList();
      Grant grant = open.get(random.nextInt(open.size()));
      messages.computeIfPresent(grant, (g, left) -> left == 1 ? null : left - 1);
      handle(grant);
    }

    private int byName(Grant one, Grant other) {
      return one.toString().compareTo(other.toString());
    }

    private void handle(Grant grant) {
      Execution known = Objects.requireNonNull(all.get(grant.holder().execution()));
      Write<Execution> write = claimed(known, grant, NOON);
      if (write instanceof Write.Applied<Execution> applied) {
        goOn(applied.now());
      } else if (write instanceof Write.Refused<Execution> refused
          && !refused.actual().grants().contains(grant)) {
        handOver(grant);
      }
    }

    private void goOn(Execution execution) {
      learn(execution);
      if (execution.status() == Status.WAITING) {
        queue(execution);
      } else {
        running.add(execution);
      }
    }

    private void end(Execution execution) {
      long epoch = execution.progress().epoch();
      Execution ended =
          applied(executions().advance(execution.id(), epoch, StoreItems.end(Status.SUCCEEDED)));
      learn(ended);
      ended.grants().forEach(this::handOver);
    }

    private void learn(Execution execution) {
      all.put(execution.id(), execution);
    }

    private void handOver(Grant grant) {
      if (store().gates().handOver(grant, false) instanceof HandOver.Next next) {
        announce(List.of(next.grant()));
      }
    }

    private List<Gate> gates() {
      return all.values().iterator().next().gates().stream()
          .flatMap(gate -> store().gates().find(gate).stream())
          .toList();
    }

    private void check() {
      List<Gate> gates = gates();
      for (Gate gate : gates) {
        assertThat(gate.held()).hasSizeLessThanOrEqualTo(limit(gate.key()));
      }
      all.values().stream()
          .filter(execution -> execution.status() == Status.RUNNING)
          .forEach(execution -> requireNamed(execution, gates));
    }

    private void requireNamed(Execution running, List<Gate> gates) {
      assertThat(running.grants()).hasSameSizeAs(gates);
      for (int stage = 0; stage < gates.size(); stage++) {
        assertThat(gates.get(stage).held()).contains(running.grants().get(stage));
      }
    }
  }
}
