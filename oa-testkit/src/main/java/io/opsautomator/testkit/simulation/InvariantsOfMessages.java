package io.opsautomator.testkit.simulation;

import io.opsautomator.dispatch.Message;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.store.Gate;
import io.opsautomator.store.GateKey;
import io.opsautomator.store.Grant;
import io.opsautomator.task.RunId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a worker owes before it acknowledges the message in its hand. Held on every event.
 *
 * <p>A worker owes to fill each gate that its own last write left with room and waiters, and to
 * announce each grant that it made: to its holder, or to whoever watches the holder's run. When it
 * dies, what it owed falls to whoever is handed the same message again. The protocol's double fault
 * is left to the run watch: two hold one message, the first acknowledges it, the second makes a
 * grant and dies.
 */
final class InvariantsOfMessages implements Watcher {
  private final Knowledge known;
  private final Map<Worker, Handling> handlings = new HashMap<>();
  private final Map<Long, Set<Grant>> inherited = new HashMap<>();

  private record Worker(String process, int number) {
    static Worker of(Moment moment) {
      return new Worker(moment.process(), moment.worker());
    }
  }

  /** One message in the hands of one worker. */
  private static final class Handling {
    private final MessageEvent delivered;
    private final Set<GateKey> room = new HashSet<>();
    private final Set<Grant> made = new HashSet<>();
    private final Set<Grant> inherited;
    private Optional<Fault> failed = Optional.empty();
    private boolean acknowledged;

    Handling(MessageEvent delivered, Set<Grant> inherited) {
      this.delivered = delivered;
      this.inherited = inherited;
    }
  }

  InvariantsOfMessages(Knowledge known) {
    this.known = known;
  }

  // -- Messages -----------------------------------------------------------------------------------

  @Override
  public void passed(MessageEvent event) {
    Worker worker = Worker.of(event.moment());
    switch (event.stage()) {
      case SENT -> announced(worker, event.message());
      case DELIVERED -> {
        Set<Grant> debts = event.receipts() > 1 ? inherited.get(event.number()) : Set.of();
        handlings.put(worker, new Handling(event, debts == null ? Set.of() : Set.copyOf(debts)));
      }
      case ACKNOWLEDGED -> acknowledged(event);
      case PUT_BACK -> handlings.remove(worker);
      case GIVEN_BACK -> bequeath(worker);
      case LOST -> {}
    }
  }

  /**
   * The watch of a run tells all who were granted a slot of its gates: those of the run itself, and
   * those of others who share a gate with it.
   */
  private void announced(Worker by, Message message) {
    if (message instanceof Message.Start start && start.by().isPresent()) {
      Grant grant = start.by().get();
      announced(grant::equals);
    } else if (message instanceof Message.Watch watch) {
      announced(grant -> isOf(watch.run(), grant));
      Handling handling = handlings.get(by);
      if (handling != null
          && handling.delivered.message() instanceof Message.Select select
          && select.run().equals(watch.run())) {
        handling.made.clear();
        inherited.remove(handling.delivered.number());
      }
    }
  }

  private void announced(Predicate<Grant> which) {
    handlings.values().forEach(handling -> handling.made.removeIf(which));
    inherited.values().forEach(grants -> grants.removeIf(which));
  }

  private boolean isOf(RunId run, Grant grant) {
    return known
        .execution(grant.holder().execution())
        .filter(holder -> holder.origin().run().equals(run))
        .isPresent();
  }

  private void acknowledged(MessageEvent event) {
    Handling handling = handlings.get(Worker.of(event.moment()));
    if (handling == null || handling.delivered.number() != event.number()) {
      return;
    }
    r10NotAfterAFailure(event, handling);
    r11WhatHasRoomIsFilled(event, handling);
    r11GrantsAreAnnounced(event, handling.made);
    Set<Grant> debts = new HashSet<>(handling.inherited);
    debts.retainAll(inherited.getOrDefault(event.number(), Set.of()));
    r11GrantsAreAnnounced(event, debts);
    handling.acknowledged = true;
  }

  private void bequeath(Worker worker) {
    Handling handling = handlings.remove(worker);
    if (handling != null && !handling.made.isEmpty()) {
      inherited
          .computeIfAbsent(handling.delivered.number(), number -> new HashSet<>())
          .addAll(handling.made);
    }
  }

  @Override
  public void left(Moment moment, String process, boolean inGoodOrder) {
    List<Worker> gone = new ArrayList<>();
    handlings.keySet().stream().filter(w -> w.process().equals(process)).forEach(gone::add);
    gone.forEach(this::bequeath);
  }

  // -- What must be so when a message is acknowledged ---------------------------------------------

  @Override
  public void erred(Moment moment, Fault fault, String detail) {
    Handling handling = handlings.get(Worker.of(moment));
    boolean ofTheStore = fault == Fault.STORE_FAILED || fault == Fault.STORE_ANSWER_LOST;
    if (handling != null && ofTheStore && !handling.acknowledged) {
      handling.failed = Optional.of(fault);
    }
  }

  private static void r10NotAfterAFailure(MessageEvent event, Handling handling) {
    Invariant.R10.require(
        handling.failed.isEmpty(),
        () -> words(event) + " was acknowledged although " + handling.failed + " befell it");
  }

  private void r10NothingComesAfter(Moment moment, Object what) {
    Handling handling = handlings.get(Worker.of(moment));
    if (handling != null) {
      Invariant.R10.require(
          !handling.acknowledged,
          () -> moment + " had acknowledged " + handling.delivered.message() + " before " + what);
    }
  }

  private void r11WhatHasRoomIsFilled(MessageEvent event, Handling handling) {
    for (GateKey key : handling.room) {
      Invariant.R11.require(
          known.gate(key).filter(Gate::hasRoom).isEmpty(),
          () -> words(event) + " was acknowledged; " + known.gate(key) + " was left with room");
    }
  }

  private void r11GrantsAreAnnounced(MessageEvent event, Set<Grant> made) {
    for (Grant grant : made) {
      Optional<Execution> holder =
          known
              .execution(grant.holder().execution())
              .filter(x -> x.status() == Status.WAITING && x.ticket().equals(grant.holder()));
      boolean named =
          known.gate(grant.gate()).filter(gate -> gate.held().contains(grant)).isPresent();
      Invariant.R11.require(
          holder.isEmpty() || !named,
          () -> words(event) + " was acknowledged; " + grant + " had not been announced");
    }
  }

  // -- What workers do ----------------------------------------------------------------------------

  @Override
  public void written(StoreWrite write) {
    if (ofWorkers(write.request())) {
      r10NothingComesAfter(write.moment(), write.request());
    }
    Handling handling = handlings.get(Worker.of(write.moment()));
    if (handling != null && write.request() instanceof Request.Fill fill) {
      handling.room.remove(fill.gate()); // It may be that somebody else has left it full, or empty.
    }
    if (handling != null && !handling.acknowledged) {
      for (Change change : write.changes()) {
        if (change instanceof Change.OfGate of) {
          remember(handling, of);
        }
      }
    }
  }

  private static void remember(Handling handling, Change.OfGate of) {
    if (of.after().hasRoom()) {
      handling.room.add(of.after().key());
    } else {
      handling.room.remove(of.after().key());
    }
    List<Grant> granted = new ArrayList<>(of.after().held());
    of.before().ifPresent(gate -> granted.removeAll(gate.held()));
    handling.made.addAll(granted);
  }

  /** What is only ever done while a message is in hand. */
  private static boolean ofWorkers(Request request) {
    return request instanceof Request.Claim
        || request instanceof Request.Advance
        || request instanceof Request.HandOver
        || request instanceof Request.ClaimSlice
        || request instanceof Request.Append
        || request instanceof Request.EndSlice;
  }

  @Override
  public void called(CloudCall call) {
    r10NothingComesAfter(call.moment(), call);
  }

  private static String words(MessageEvent event) {
    return event.message() + " (delivery " + event.receipts() + ")";
  }
}
