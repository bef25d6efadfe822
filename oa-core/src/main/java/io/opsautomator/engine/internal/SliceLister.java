package io.opsautomator.engine.internal;

import io.opsautomator.action.ActionException;
import io.opsautomator.action.Deadline;
import io.opsautomator.action.RefusedException;
import io.opsautomator.action.TransientException;
import io.opsautomator.audit.AuditEvent;
import io.opsautomator.dispatch.Message;
import io.opsautomator.dispatch.WorkQueue.Delivery;
import io.opsautomator.resource.Aggregation;
import io.opsautomator.resource.Choice;
import io.opsautomator.resource.Resource;
import io.opsautomator.resource.ResourceSelector;
import io.opsautomator.resource.ResourceSelector.Listing;
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

  private final Kernel kernel;
  private final Units units;
  private final Launcher launcher;
  private final Selecting selecting;
  private final Map<Message.Select, Parked> parked = new ConcurrentHashMap<>();

  /** A slice of this worker's between two tries. */
  private record Parked(Slice slice, int failures) {}

  /** What a listing has come to so far. */
  private static final class Counts {
    private int kept;
    private int leftOut;
    private int restarts;
    private final Omissions omitted = new Omissions();

    void add(Page page) {
      kept += page.items().size();
      leftOut += page.leftOut();
      page.omitted().forEach(omitted::add);
    }

    Slice.Counted counted() {
      return new Slice.Counted(kept + leftOut, kept, omitted.mostFrequentFirst());
    }
  }

  /** All that one listing needs. */
  private record Listed(Run run, Job<?> job, Slice slice, Caller caller, Counts counts) {
    Scope scope() {
      return slice.scope();
    }
  }

  SliceLister(Kernel kernel, Units units, Launcher launcher, Selecting selecting) {
    this.kernel = kernel;
    this.units = units;
    this.launcher = launcher;
    this.selecting = selecting;
  }

  void list(Message.Select message, Scope scope, Delivery delivery) {
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
      list(message, delivery, run.get(), new Parked(applied.now(), 0));
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
    Listed listed = new Listed(run, job, it.slice(), caller, new Counts());
    try (Reporter.Marked marked = Reporter.mark(AuditEvent.Subject.run(run))) {
      if (!toTheEnd(listed).map(end -> end(listed, end)).orElse(false)) {
        selecting.repeated(run, delivery);
      }
    } catch (TransientException e) {
      RetryPolicy.Rule rule = job.task().limits().retry().of(e.kind());
      if (rule.attempts(rule.attempts() == 0 ? TRIES : rule.attempts()).goesOn(it.failures() + 1)) {
        parked.put(message, new Parked(it.slice(), it.failures() + 1));
        delivery.again(rule.pause(it.failures() + 1, kernel.random()));
        return;
      }
      giveUp(listed, e);
    } catch (ActionException e) {
      giveUp(listed, e);
    }
    delivery.acknowledge();
  }

  /**
   * Empty when another worker has claimed the slice meanwhile. Executions are made of a page only
   * by who still holds the slice after the page was stored: whoever claims it next finds the page,
   * and so the run cannot be closed before they have been made.
   */
  private Optional<Slice.End> toTheEnd(Listed listed) {
    MissingAction.requireNone(listed.job());
    ResourceSelector<?> selector =
        units
            .selector(listed.job().metadata().selection().type())
            .orElseThrow(() -> new ActionException("ERR_NO_SELECTOR", noSelector(listed)));
    Set<String> known = new HashSet<>();
    Optional<Page> last = resume(listed, known);
    int number = last.map(page -> page.number() + 1).orElse(0);
    while (last.isEmpty() || last.get().nextToken().isPresent()) {
      if (cancelled(listed)) {
        return Optional.of(Slice.End.failed(number, "the run was cancelled"));
      }
      Page page = next(listed, selector, number, last.flatMap(Page::nextToken), known);
      Write<Page> write = selections().append(listed.run().id(), page);
      Page stored = write instanceof Write.Refused<Page> other ? other.actual() : page;
      if (overtaken(listed)) {
        return Optional.empty();
      }
      dispatch(listed, stored);
      take(listed, stored, known);
      last = Optional.of(stored);
      number++;
    }
    return Optional.of(Slice.End.sealed(number, listed.counts().counted()));
  }

  private boolean overtaken(Listed listed) {
    return selections().slices(listed.run().id()).stream()
        .filter(slice -> slice.scope().equals(listed.scope()))
        .noneMatch(slice -> slice.epoch() == listed.slice().epoch() && slice.end().isEmpty());
  }

  private static String noSelector(Listed listed) {
    return "nothing here selects resources of type "
        + listed.job().metadata().selection().type().key()
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
   * The last page there is, dispatched once more, since whoever stored it may have died just then.
   *
   * @param known is told the keys of all pages there are
   */
  private Optional<Page> resume(Listed listed, Set<String> known) {
    Optional<Page> last = Optional.empty();
    for (int from = 0; ; from++) {
      List<Page> pages = selections().pages(listed.run().id(), listed.scope(), from, 1);
      if (pages.isEmpty()) {
        last.ifPresent(page -> dispatch(listed, page));
        return last;
      }
      last = Optional.of(pages.get(0));
      take(listed, pages.get(0), known);
    }
  }

  private static void take(Listed listed, Page page, Set<String> known) {
    listed.counts().add(page);
    page.items().forEach(item -> known.add(item.key()));
  }

  private <R extends Record> Page next(
      Listed listed,
      ResourceSelector<R> selector,
      int number,
      Optional<String> token,
      Set<String> known) {
    return Foreign.call(
        listed.job(), () -> listedAndPicked(listed, selector, number, token, known));
  }

  private <R extends Record> Page listedAndPicked(
      Listed listed,
      ResourceSelector<R> selector,
      int number,
      Optional<String> token,
      Set<String> known) {
    Picker picker = new Picker(listed.job(), kernel.settings());
    Listing<R> listing = page(listed, selector, picker, token);
    List<Page.Item> items = new ArrayList<>();
    Omissions omitted = new Omissions();
    int seen = 0;
    for (Resource<R> resource : listing.resources()) {
      seen++;
      Choice<?> choice = picker.pick(resource, listed.caller());
      if (choice instanceof Choice.LeftOut<?> out) {
        omitted.add(out.why());
      } else if (choice instanceof Choice.Kept<?> kept && !known.contains(Cutter.key(resource))) {
        items.add(new Page.Item(Cutter.key(resource), units.json(kept.resource())));
      }
    }
    return new Page(
        listed.scope(),
        number,
        items,
        seen - items.size(),
        listing.next(),
        omitted.mostFrequentFirst());
  }

  /**
   * A token that has expired starts the listing again. What is in the log already is left out then,
   * by whoever goes on with it. One whose tokens never last is not begun for ever.
   */
  private <R extends Record> Listing<R> page(
      Listed listed, ResourceSelector<R> selector, Picker picker, Optional<String> token) {
    try {
      return selector.list(listed.caller(), picker.query(), token);
    } catch (RefusedException e) {
      boolean expired = e.code().toLowerCase(java.util.Locale.ROOT).contains("token");
      if (token.isEmpty() || !expired || ++listed.counts().restarts > TRIES) {
        throw e;
      }
      return selector.list(listed.caller(), picker.query(), Optional.empty());
    }
  }

  private void dispatch(Listed listed, Page page) {
    if (listed.job().sealed() || listed.job().aggregation() != Aggregation.RESOURCE) {
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
    Counts counts = listed.counts();
    kernel
        .reporter()
        .report(
            new AuditEvent.Selected(
                kernel.now(),
                subject,
                listed.scope(),
                counts.kept,
                counts.leftOut,
                counts.omitted.mostFrequentFirst()));
  }

  private Selections selections() {
    return kernel.store().selections();
  }
}
