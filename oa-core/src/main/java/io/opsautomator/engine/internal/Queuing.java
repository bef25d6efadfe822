package io.opsautomator.engine.internal;

import io.opsautomator.dispatch.Message;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.store.GateKey;
import io.opsautomator.store.Gates.Limit;
import io.opsautomator.store.Run;
import io.opsautomator.store.Terms;
import io.opsautomator.store.Ticket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sets executions going that are free to: those without a limit by a message, the others by queuing
 * them at the gate that they need next. Doing it twice is harmless.
 */
final class Queuing {
  private final Kernel kernel;
  private final Slots slots;

  Queuing(Kernel kernel, Slots slots) {
    this.kernel = kernel;
    this.slots = slots;
  }

  /** Where executions of one run wait. */
  record Line(Run run, Job<?> job, int total) {
    /**
     * @param total how many executions the run has in all
     */
    Line {
      if (total < 0) {
        throw new IllegalArgumentException("a run of " + total + " executions");
      }
    }
  }

  /**
   * @param order sorts by age, and is the same when the same is queued again
   * @param some those that have begun or ended are passed over
   */
  void begin(Line line, String order, List<Execution> some) {
    Map<GateKey, List<Ticket>> gated = new LinkedHashMap<>();
    List<Message> free = new ArrayList<>();
    for (Execution execution : some) {
      Optional<GateKey> gate = execution.nextGate();
      if (gate.isPresent()) {
        gated.computeIfAbsent(gate.get(), key -> new ArrayList<>()).add(execution.ticket());
      } else if (execution.status() == Status.READY) {
        free.add(
            new Message.Start(execution.id(), execution.progress().ticket(), Optional.empty()));
      }
    }
    gated.forEach((key, tickets) -> enqueue(line, key, order, tickets));
    kernel.queue().send(free, Duration.ZERO);
  }

  /** Tells those again who have been granted the slot that they wait for. */
  void announce(List<Execution> some) {
    some.stream()
        .flatMap(execution -> execution.nextGate().stream())
        .distinct()
        .forEach(slots::announceAll);
  }

  /**
   * Whether a slot names it already: queued once more, it would be given another that it does not
   * need, and that nobody may be left to hand on.
   */
  boolean granted(Execution execution) {
    return execution.nextGate().flatMap(kernel.store().gates()::find).stream()
        .flatMap(gate -> gate.held().stream())
        .anyMatch(grant -> grant.holder().equals(execution.ticket()));
  }

  private void enqueue(Line line, GateKey key, String order, List<Ticket> tickets) {
    Run run = line.run();
    boolean own = key.equals(GateKey.ofRun(run.id(), run.drive().number()));
    int slotsOfIt = own ? line.job().runLimit(line.total()) : limit(line, key);
    Optional<Terms> terms =
        own ? Optional.of(Waves.first(line.job().task().guards(), line.total())) : Optional.empty();
    Limit limit = new Limit(slotsOfIt, run.cause().at().toEpochMilli());
    slots.enqueue(key, limit, terms, order, tickets);
  }

  private static int limit(Line line, GateKey key) {
    Job<?> job = line.job();
    return Math.max(1, key.pairOf(line.run().id()) ? job.pairLimit() : job.limit());
  }
}
