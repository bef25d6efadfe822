package io.opsautomator.testkit.simulation;

import io.opsautomator.store.Brake;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Gate;
import io.opsautomator.store.GateKey;
import io.opsautomator.store.Grant;
import io.opsautomator.store.Ticket;
import io.opsautomator.task.ExecutionId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Limits, slots and who is named by them; thresholds, waves and the order of the queue. Held on
 * every write. No clock is involved in any of it.
 *
 * <p>Failures are counted here from the executions: one counts when its slot is taken from it after
 * it failed, and never twice for a grant, whatever the engine reports.
 */
final class InvariantsOfGates implements Watcher {
  private final Knowledge known;
  private final Map<GateKey, TreeMap<Place, Ticket>> queues = new HashMap<>();
  private final Map<GateKey, Integer> failures = new HashMap<>();
  private final Set<Grant> counted = new HashSet<>();

  InvariantsOfGates(Knowledge known) {
    this.known = known;
  }

  private record Place(String order, int index) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      int byOrder = order.compareTo(other.order);
      return byOrder != 0 ? byOrder : Integer.compare(index, other.index);
    }
  }

  @Override
  public void written(StoreWrite write) {
    if (write.request() instanceof Request.Enqueue enqueue) {
      queued(enqueue);
    }
    for (Change change : write.changes()) {
      if (change instanceof Change.OfGate of) {
        changed(of.before(), of.after());
      } else if (change instanceof Change.OfExecution of) {
        i2WhoRunsIsNamed(of.after());
      }
    }
  }

  private void queued(Request.Enqueue enqueue) {
    Map<Place, Ticket> queue = queues.computeIfAbsent(enqueue.gate(), key -> new TreeMap<>());
    for (int i = 0; i < enqueue.tickets().size(); i++) {
      queue.putIfAbsent(new Place(enqueue.order(), i), enqueue.tickets().get(i));
    }
  }

  private void changed(Optional<Gate> before, Gate after) {
    List<Grant> granted = new ArrayList<>(after.held());
    before.ifPresent(gate -> granted.removeAll(gate.held()));
    granted.sort(Comparator.comparingLong(Grant::serial));
    List<Grant> taken = new ArrayList<>(before.map(Gate::held).orElse(List.of()));
    taken.removeAll(after.held());
    taken.forEach(grant -> i2NobodyLosesHisSlot(after, grant));
    taken.forEach(this::count);
    i1NoGrantAtTheLimit(before, after, granted);
    i11NoneAfterTheLastFailure(after, granted);
    r6FailuresAreCountedOnce(after);
    if (known.world().strictlyInOrder()) {
      granted.forEach(grant -> l4InTheOrderOfTheQueue(after, grant));
    }
  }

  private void i1NoGrantAtTheLimit(Optional<Gate> before, Gate after, List<Grant> granted) {
    Invariant.I1.require(
        granted.isEmpty() || after.held().size() <= after.limit(),
        () -> words(after) + " names " + after.held().size() + " slots after " + granted);
    Invariant.I1.require(
        known.inside(after.key()).size() <= after.held().size(),
        () -> words(after) + " has at work " + known.inside(after.key()).keySet());
    long slots = after.held().stream().map(Grant::slot).distinct().count();
    long was = before.map(Gate::serial).orElse(0L);
    Invariant.I1.require(
        slots == after.held().size()
            && granted.stream().allMatch(grant -> grant.serial() > was)
            && after.serial() == was + granted.size(),
        () -> words(after) + " made " + granted + " after grant " + was);
  }

  private void i2NobodyLosesHisSlot(Gate after, Grant taken) {
    Grant his = known.inside(after.key()).get(taken.holder().execution());
    Invariant.I2.require(
        !taken.equals(his),
        () -> words(after) + " took " + taken + " from " + holder(taken.holder().execution()));
  }

  private String holder(ExecutionId id) {
    return known.execution(id).map(Knowledge::words).orElse("nobody");
  }

  private void i2WhoRunsIsNamed(Execution now) {
    if (now.status().ended()) {
      return;
    }
    for (Grant grant : now.grants()) {
      Invariant.I2.require(
          known.gate(grant.gate()).filter(gate -> gate.held().contains(grant)).isPresent(),
          () -> Knowledge.words(now) + " goes by " + grant + " in " + known.gate(grant.gate()));
    }
    List<GateKey> through = now.grants().stream().map(Grant::gate).toList();
    Invariant.I2.require(
        !Knowledge.atWork(now.status()) || through.equals(now.gates()),
        () -> Knowledge.words(now) + " needs " + now.gates() + " and got into " + through);
  }

  // -- Thresholds and waves -----------------------------------------------------------------------

  private void count(Grant taken) {
    boolean failed =
        known
            .execution(taken.holder().execution())
            .filter(holder -> Knowledge.failed(holder.status()))
            .filter(holder -> holder.grants().contains(taken))
            .isPresent();
    if (failed && counted.add(taken)) {
      failures.merge(taken.gate(), 1, Integer::sum);
    }
  }

  private int failures(Gate gate) {
    return failures.getOrDefault(gate.key(), 0);
  }

  private void i11NoneAfterTheLastFailure(Gate after, List<Grant> granted) {
    if (after.brake().isEmpty() || granted.isEmpty()) {
      return;
    }
    Brake brake = after.brake().get();
    int most = brake.terms().maxFailed();
    Invariant.I11.require(
        most == 0 || failures(after) < most,
        () -> words(after) + " granted " + granted + " after failure " + failures(after));
    Invariant.I11.require(
        after.serial() <= brake.terms().allowance() && !brake.terms().stopped(),
        () -> words(after) + " granted " + granted + " against its terms");
  }

  /** One that is not counted shows when more is granted than the threshold allows: see I11. */
  private void r6FailuresAreCountedOnce(Gate after) {
    Invariant.R6.require(
        after.brake().isEmpty() || after.brake().get().failed() <= failures(after),
        () -> words(after) + " counts " + after.brake() + "; it lost " + failures(after));
  }

  // -- Order --------------------------------------------------------------------------------------

  private void l4InTheOrderOfTheQueue(Gate after, Grant granted) {
    TreeMap<Place, Ticket> queue = queues.computeIfAbsent(after.key(), key -> new TreeMap<>());
    Map.Entry<Place, Ticket> head = queue.pollFirstEntry();
    Invariant.L4.require(
        head != null && head.getValue().equals(granted.holder()),
        () -> words(after) + " granted " + granted + " when the first in line was " + head);
  }

  private static String words(Gate gate) {
    return "gate "
        + gate.key().value()
        + " (limit "
        + gate.limit()
        + ", grant "
        + gate.serial()
        + ")";
  }
}
