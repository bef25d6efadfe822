package io.opsautomator.engine.internal;

import io.opsautomator.action.ActionException;
import io.opsautomator.action.Deadline;
import io.opsautomator.action.RefusedException;
import io.opsautomator.action.TransientException;
import io.opsautomator.audit.AuditEvent;
import io.opsautomator.dispatch.Message;
import io.opsautomator.dispatch.Permit;
import io.opsautomator.dispatch.WorkQueue.Delivery;
import io.opsautomator.resource.Aggregation;
import io.opsautomator.resource.Choice;
import io.opsautomator.resource.Resource;
import io.opsautomator.resource.ResourceSelector;
import io.opsautomator.resource.ResourceSelector.Listing;
import io.opsautomator.resource.ResourceType;
import io.opsautomator.resource.Scope;
import io.opsautomator.store.BatchId;
import io.opsautomator.store.Omissions;
import io.opsautomator.store.Page;
import io.opsautomator.store.Run;
import io.opsautomator.store.Run.State;
import io.opsautomator.store.Selections;
import io.opsautomator.store.Slice;
import io.opsautomator.store.Write;
import io.opsautomator.task.RetryPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Lists one slice of a run to its end.
 *
 * <p>Pages are a log: each is stored unless another worker has stored it, and then that one is gone
 * on from, so that two workers agree page by page. A page is stored only after the one before was
 * wholly dispatched; who resumes redoes the last one and nothing else. It fails closed: a slice is
 * sealed by a listing that said it was at its end, and by nothing else.
 */
final class SliceLister {
  private static final Duration PATIENCE = Duration.ofMinutes(15);
  private static final int TRIES = 8;
  private static final int BATCHES_A_PAGE = 100;
  private static final Duration CROWDED = Duration.ofMillis(100);

  private final Kernel kernel;
  private final ListingLimits limits;
  private final Units units;
  private final Launcher launcher;
  private final Selecting selecting;
  private final Map<Message.Select, Parked> parked = new ConcurrentHashMap<>();

  /** A slice of this worker's between two tries, or waiting for its turn. */
  private record Parked(Slice slice, int failures, Optional<Standing> standing) {}

  /** How far one delivery of the message has got. */
  private sealed interface Outcome {
    record Ended(Slice.End end) implements Outcome {}

    /** Another worker has claimed the slice meanwhile, or ended it. */
    record Overtaken() implements Outcome {}

    record Later(Duration pause) implements Outcome {}
  }

  /** All that one listing needs. */
  private record Listed(Run run, Job<?> job, Slice slice, Caller caller, Standing standing) {
    Scope scope() {
      return slice.scope();
    }

    ResourceType<?> type() {
      return job.metadata().selection().type();
    }

    boolean pageByPage() {
      return !job.sealed() && job.aggregation() == Aggregation.RESOURCE;
    }
  }

  SliceLister(
      Kernel kernel, ListingLimits limits, Units units, Launcher launcher, Selecting selecting) {
    this.kernel = kernel;
    this.limits = limits;
    this.units = units;
    this.launcher = launcher;
    this.selecting = selecting;
  }

  void list(Message.Select message, Scope scope, Delivery delivery) {
    try (Permit permit = limits.slice(scope)) {
      if (permit.granted()) {
        admitted(message, scope, delivery);
      } else {
        later(message, delivery, ListingLimits.PAUSE);
      }
    }
  }

  /**
   * A message that only waits for its turn comes as a new one: nothing was lost on the way. But a
   * new one might reach another process, which knows nothing of what this one holds.
   */
  private void later(Message.Select message, Delivery delivery, Duration pause) {
    if (delivery.receipts() > 1 || kernel.queue().durable()) {
      delivery.again(pause);
    } else {
      kernel.queue().send(List.of(message), pause);
      delivery.acknowledge();
    }
  }

  private void admitted(Message.Select message, Scope scope, Delivery delivery) {
    Optional<Run> run = kernel.store().runs().find(message.run());
    if (run.isEmpty() || run.get().state().ended()) {
      delivery.acknowledge();
      return;
    }
    Parked waiting = parked.remove(message);
    if (waiting != null) {
      list(message, delivery, run.get(), waiting);
      return;
    }
    Write<Slice> write = selections().claim(message.run(), scope, kernel.claimant());
    if (write instanceof Write.Applied<Slice> applied) {
      list(message, delivery, run.get(), new Parked(applied.now(), 0, Optional.empty()));
    } else if (write instanceof Write.Refused<Slice> refused) {
      refused(delivery, run.get(), refused.actual());
    } else {
      delivery.acknowledge();
    }
  }

  private void refused(Delivery delivery, Run run, Slice actual) {
    if (actual.end().isPresent()) {
      ended(run, actual);
      selecting.repeated(run, delivery);
      delivery.acknowledge();
    } else {
      delivery.again(
          Duration.between(kernel.now(), actual.lease().orElseThrow().until())
              .plus(Settings.MARGIN)
              .plusMillis(1));
    }
  }

  private void ended(Run run, Slice slice) {
    if (run.state() == State.SELECTING) {
      selecting.sliceEnded(run, kernel.jobs().ofRun(run.id()), slice);
    }
  }

  private void list(Message.Select message, Delivery delivery, Run run, Parked it) {
    Job<?> job = kernel.jobs().ofRun(run.id());
    Caller caller =
        Caller.reading(
                it.slice().scope(),
                new Deadline(kernel.now().plus(PATIENCE), kernel.clock()),
                job.role())
            .deployedAs(kernel.settings().deployment());
    Standing standing = it.standing().orElseGet(Standing::new);
    Listed listed = new Listed(run, job, it.slice(), caller, standing);
    try (Reporter.Marked marked = Reporter.mark(AuditEvent.Subject.run(run))) {
      if (delivery.dead()) {
        throw DeadLetters.failure();
      }
      if (it.standing().isEmpty()) {
        resume(listed);
      }
      Outcome outcome = toTheEnd(listed);
      if (outcome instanceof Outcome.Later wait) {
        parked.put(message, new Parked(it.slice(), it.failures(), Optional.of(standing)));
        later(message, delivery, wait.pause());
        return;
      }
      if (!(outcome instanceof Outcome.Ended over && end(listed, over.end()))) {
        selecting.repeated(run, delivery);
      }
    } catch (TransientException e) {
      RetryPolicy.Rule rule = job.task().limits().retry().of(e.kind());
      if (rule.attempts(rule.attempts() == 0 ? TRIES : rule.attempts()).goesOn(it.failures() + 1)) {
        Duration pause = rule.pause(it.failures() + 1, kernel.random());
        limits.failed(listed.scope(), listed.type(), e.kind(), pause);
        parked.put(message, new Parked(it.slice(), it.failures() + 1, Optional.empty()));
        delivery.again(pause);
        return;
      }
      giveUp(listed, e);
    } catch (ActionException e) {
      giveUp(listed, e);
    }
    delivery.acknowledge();
  }

  /**
   * Executions are made of a page only by who still holds the slice after the page was stored:
   * whoever claims it next finds the page, and so the run cannot be closed before they have been
   * made.
   */
  private Outcome toTheEnd(Listed listed) {
    MissingAction.requireNone(listed.job());
    ResourceSelector<?> selector =
        units
            .selector(listed.type())
            .orElseThrow(() -> new ActionException("ERR_NO_SELECTOR", noSelector(listed)));
    Standing standing = listed.standing();
    while (!standing.atEnd()) {
      if (cancelled(listed)) {
        return new Outcome.Ended(Slice.End.failed(standing.next(), "the run was cancelled"));
      }
      Duration wait = wait(listed);
      if (!wait.isZero()) {
        return new Outcome.Later(wait.plusMillis(1)); // A timer may leave out what is less.
      }
      Page page = next(listed, selector);
      Write<Page> write = selections().append(listed.run().id(), page);
      Page stored = write instanceof Write.Refused<Page> other ? other.actual() : page;
      if (write instanceof Write.Absent<Page> || overtaken(listed)) {
        return new Outcome.Overtaken();
      }
      dispatch(listed, stored);
      standing.take(stored);
    }
    return new Outcome.Ended(Slice.End.sealed(standing.next(), standing.count().counted()));
  }

  /** For the service, for what was made of earlier pages to be begun, or for another process. */
  private Duration wait(Listed listed) {
    if (kernel.queue().draining()) {
      return ListingLimits.PAUSE;
    }
    return listed.pageByPage() && kernel.queue().crowded()
        ? CROWDED
        : limits.turn(listed.scope(), listed.type());
  }

  private boolean overtaken(Listed listed) {
    return selections()
        .slice(listed.run().id(), listed.scope())
        .filter(slice -> slice.epoch() == listed.slice().epoch() && slice.end().isEmpty())
        .isEmpty();
  }

  private static String noSelector(Listed listed) {
    return "nothing here selects resources of type "
        + listed.type().key()
        + "; install what brings a selector for it";
  }

  private boolean cancelled(Listed listed) {
    return kernel
        .store()
        .runs()
        .find(listed.run().id())
        .filter(run -> run.state() == State.SELECTING)
        .isEmpty();
  }

  /**
   * Takes the pages that there are. The last one is dispatched once more, since whoever stored it
   * may have died just then.
   */
  private void resume(Listed listed) {
    PageLog log = new PageLog(selections(), listed.run().id(), listed.scope());
    while (log.hasNext()) {
      Page page = log.next();
      listed.standing().take(page);
      if (!log.hasNext()) {
        dispatch(listed, page);
      }
    }
  }

  private <R extends Record> Page next(Listed listed, ResourceSelector<R> selector) {
    return Foreign.call(listed.job(), () -> listedAndPicked(listed, selector));
  }

  /** What is on a page already is passed over as if it had not been listed again. */
  private <R extends Record> Page listedAndPicked(Listed listed, ResourceSelector<R> selector) {
    Picker picker = new Picker(listed.job(), kernel.settings());
    Read<R> read = read(listed, selector, picker);
    List<Page.Item> items = new ArrayList<>();
    Set<String> here = new HashSet<>();
    Omissions omitted = new Omissions();
    int leftOut = 0;
    for (Resource<R> resource : read.listing().resources()) {
      String key = Cutter.key(resource);
      if (listed.standing().knows(key) || here.contains(key)) {
        continue;
      }
      Choice<?> choice = picker.pick(resource, listed.caller());
      if (choice instanceof Choice.LeftOut<?> out) {
        leftOut++;
        omitted.add(out.why());
      } else if (choice instanceof Choice.Kept<?> kept && here.add(key)) {
        items.add(new Page.Item(key, units.json(kept.resource())));
      }
    }
    return new Page(
        listed.scope(),
        listed.standing().next(),
        items,
        leftOut,
        read.listing().next(),
        omitted.mostFrequentFirst(),
        read.anew());
  }

  /** What the service answered, and whether from the beginning although asked to go on. */
  private record Read<R extends Record>(Listing<R> listing, boolean anew) {}

  /**
   * A token that has expired starts the listing again. What is in the log already is left out then,
   * by whoever goes on with it. One whose tokens never last is not begun for ever.
   */
  private <R extends Record> Read<R> read(
      Listed listed, ResourceSelector<R> selector, Picker picker) {
    Optional<String> token = listed.standing().token();
    try {
      return new Read<>(selector.list(listed.caller(), picker.query(), token), false);
    } catch (RefusedException e) {
      boolean expired = e.code().toLowerCase(java.util.Locale.ROOT).contains("token");
      if (token.isEmpty() || !expired || listed.standing().restarted() > TRIES) {
        throw e;
      }
      return new Read<>(selector.list(listed.caller(), picker.query(), Optional.empty()), true);
    }
  }

  private void dispatch(Listed listed, Page page) {
    if (!listed.pageByPage()) {
      return;
    }
    BatchId first = new BatchId(listed.scope().key(), page.number() * BATCHES_A_PAGE);
    launcher.launch(
        new Queuing.Line(listed.run(), listed.job(), 0),
        first,
        page.items().stream().map(i -> Cutter.single(units.resource(i.payload()))).toList(),
        page.nextToken().isEmpty());
  }

  private void giveUp(Listed listed, ActionException e) {
    String reason = e.code() + ": " + e.getMessage();
    end(listed, Slice.End.failed(0, listed.job().masked(reason)));
  }

  /** False when another worker has claimed it meanwhile. */
  private boolean end(Listed listed, Slice.End end) {
    Write<Slice> write =
        selections().end(listed.run().id(), listed.scope(), listed.slice().epoch(), end);
    if (write instanceof Write.Applied<Slice> applied) {
      report(listed, end);
      ended(listed.run(), applied.now());
      return true;
    }
    return false;
  }

  private void report(Listed listed, Slice.End end) {
    AuditEvent.Subject subject = AuditEvent.Subject.run(listed.run());
    if (!end.sealed()) {
      kernel
          .reporter()
          .report(new AuditEvent.Unreadable(kernel.now(), subject, listed.scope(), end.reason()));
      return;
    }
    Slice.Counted counted = listed.standing().count().counted();
    kernel
        .reporter()
        .report(
            new AuditEvent.Selected(
                kernel.now(),
                subject,
                listed.scope(),
                counted.selected(),
                counted.listed() - counted.selected(),
                counted.omitted()));
  }

  private Selections selections() {
    return kernel.store().selections();
  }
}
