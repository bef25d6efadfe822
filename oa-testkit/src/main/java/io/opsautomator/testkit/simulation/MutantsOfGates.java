package io.opsautomator.testkit.simulation;

import io.opsautomator.store.Brake;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.store.Gate;
import io.opsautomator.store.GateKey;
import io.opsautomator.store.Gates;
import io.opsautomator.store.Grant;
import io.opsautomator.store.Lease;
import io.opsautomator.store.Store;
import io.opsautomator.store.Terms;
import io.opsautomator.store.Ticket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** Defects in limits, slots, queues and thresholds. */
final class MutantsOfGates {
  private MutantsOfGates() {}

  private static Mutant port(BiFunction<Gates, World, Gates> change) {
    return new Mutant() {
      @Override
      public Store store(String process, Store port, World world) {
        Gates changed = change.apply(port.gates(), world);
        return new Forwarding(port) {
          @Override
          public Gates gates() {
            return changed;
          }
        };
      }
    };
  }

  static Mutant counter() {
    return port((port, world) -> new Counter(port));
  }

  /** One off, for each report of an end. */
  private static final class Counter extends Forwarding.OfGates {
    Counter(Gates port) {
      super(port);
    }

    @Override
    public HandOver handOver(Grant grant, boolean failed) {
      HandOver done = super.handOver(grant, failed);
      List<Grant> others = done.now().held();
      return done instanceof HandOver.Stale && !others.isEmpty()
          ? super.handOver(others.get(0), failed)
          : done;
    }
  }

  static Mutant limitPerRegionWidened() {
    return port((port, world) -> new Widened(port));
  }

  /** Gates of an account and region in a run have one slot more than they should. */
  private static final class Widened extends Forwarding.OfGates {
    Widened(Gates port) {
      super(port);
    }

    @Override
    public Gate enqueue(
        GateKey key, Limit limit, Optional<Terms> terms, String order, List<Ticket> tickets) {
      boolean pair = key.value().startsWith("run/") && key.value().contains("/in/");
      Limit used = pair ? new Limit(limit.slots() + 1, limit.revision()) : limit;
      return super.enqueue(key, used, terms, order, tickets);
    }
  }

  static Mutant slotLease() {
    return port(SlotLease::new);
  }

  /** Takes slots of executions whose lease is over, before it looks for room. */
  private static final class SlotLease extends Forwarding.OfGates {
    private final World world;

    SlotLease(Gates port, World world) {
      super(port);
      this.world = world;
    }

    @Override
    public Gate enqueue(
        GateKey key, Limit limit, Optional<Terms> terms, String order, List<Ticket> tickets) {
      Gate gate = super.enqueue(key, limit, terms, order, tickets);
      free(gate);
      return super.find(key).orElse(gate);
    }

    @Override
    public Optional<Gate> find(GateKey key) {
      super.find(key).ifPresent(this::free);
      return super.find(key);
    }

    private void free(Gate gate) {
      for (Grant grant : gate.held()) {
        List<Execution> holder =
            world.truth().executions().find(List.of(grant.holder().execution()));
        if (holder.stream().anyMatch(this::expired)) {
          super.handOver(grant, false);
        }
      }
    }

    private boolean expired(Execution holder) {
      return holder.status() == Status.RUNNING
          && holder
              .lease()
              .map(Lease::until)
              .filter(until -> until.isBefore(world.now()))
              .isPresent();
    }
  }

  static Mutant lostWakeUp() {
    return port((port, world) -> new LostWakeUp(port));
  }

  /** Goes by what it saw before it queued. */
  private static final class LostWakeUp extends Forwarding.OfGates {
    LostWakeUp(Gates port) {
      super(port);
    }

    @Override
    public Gate enqueue(
        GateKey key, Limit limit, Optional<Terms> terms, String order, List<Ticket> tickets) {
      Optional<Gate> looked = super.find(key);
      Gate now = super.enqueue(key, limit, terms, order, tickets);
      return looked
          .map(
              was ->
                  new Gate(
                      key,
                      now.limit(),
                      now.revision(),
                      was.held(),
                      now.serial(),
                      now.waiting(),
                      now.brake()))
          .orElse(now);
    }
  }

  static Mutant thresholdPerWorker() {
    return port((port, world) -> new OwnThreshold(port));
  }

  /** Keeps failures to itself until it has seen as many as the run bears. */
  private static final class OwnThreshold extends Forwarding.OfGates {
    private final Map<GateKey, Integer> seen = new HashMap<>();

    OwnThreshold(Gates port) {
      super(port);
    }

    @Override
    public HandOver handOver(Grant grant, boolean failed) {
      if (!failed) {
        return super.handOver(grant, false);
      }
      int most =
          super.find(grant.gate()).flatMap(Gate::brake).map(b -> b.terms().maxFailed()).orElse(0);
      return super.handOver(grant, seen.merge(grant.gate(), 1, Integer::sum) >= most);
    }
  }

  /** Beneath all processes. */
  static Mutant failureCountedAgain() {
    return new Mutant() {
      @Override
      public Store shared(Store items) {
        Gates changed = new CountedAgain(items.gates());
        return new Forwarding(items) {
          @Override
          public Gates gates() {
            return changed;
          }
        };
      }
    };
  }

  private static final class CountedAgain extends Forwarding.OfGates {
    private final Map<GateKey, Integer> again = new HashMap<>();

    CountedAgain(Gates port) {
      super(port);
    }

    @Override
    public HandOver handOver(Grant grant, boolean failed) {
      HandOver done = super.handOver(grant, failed);
      if (done instanceof HandOver.Stale stale) {
        again.merge(grant.gate(), failed ? 1 : 0, Integer::sum);
        return new HandOver.Stale(shown(stale.now()));
      }
      return done instanceof HandOver.Next next
          ? new HandOver.Next(next.grant(), shown(next.now()))
          : new HandOver.Freed(shown(done.now()));
    }

    @Override
    public Gate enqueue(
        GateKey key, Limit limit, Optional<Terms> terms, String order, List<Ticket> tickets) {
      return shown(super.enqueue(key, limit, terms, order, tickets));
    }

    @Override
    public Filled fill(GateKey key) {
      Filled filled = super.fill(key);
      return new Filled(filled.granted(), shown(filled.now()));
    }

    @Override
    public Optional<Gate> find(GateKey key) {
      return super.find(key).map(this::shown);
    }

    private Gate shown(Gate gate) {
      int more = again.getOrDefault(gate.key(), 0);
      return new Gate(
          gate.key(),
          gate.limit(),
          gate.revision(),
          gate.held(),
          gate.serial(),
          gate.waiting(),
          gate.brake().map(brake -> new Brake(brake.failed() + more, brake.terms())));
    }
  }
}
