package io.opsautomator.testkit.simulation;

import io.opsautomator.audit.AuditEvent;
import io.opsautomator.dispatch.Message;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Run;
import io.opsautomator.task.RunId;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Writes down what happens in a world, and tells those who watch it. */
final class Chronicler implements Recorder, SharedQueue.Notes, Cloud.Notes {
  private final Conductor conductor;
  private final Weather weather;
  private final Trace trace;
  private final Words words;
  private final List<Watcher> watchers;
  private final Instant start;
  private final Set<RunId> open = new LinkedHashSet<>();
  private final Set<RunId> failed = new LinkedHashSet<>();
  private long written;
  private long latestEnd;

  Chronicler(
      Conductor conductor, Weather weather, Trace trace, List<Watcher> watchers, Instant start) {
    this.conductor = conductor;
    this.weather = weather;
    this.trace = trace;
    this.words = new Words(trace);
    this.watchers = List.copyOf(watchers);
    this.start = start;
  }

  /** When an execution last came to its end. */
  long latestEnd() {
    return latestEnd;
  }

  /** Runs that have not ended. */
  Set<RunId> open() {
    return open;
  }

  long written() {
    return written;
  }

  @Override
  public Moment moment() {
    Instant now = Instant.ofEpochMilli(conductor.now());
    @Nullable Fiber fiber = conductor.current();
    return fiber == null
        ? new Moment(conductor.steps(), now, now, "", 0)
        : new Moment(conductor.steps(), now, fiber.node.local(), fiber.node.name, fiber.number);
  }

  @Override
  public void written(Request request, List<Change> changes, Object answer) {
    written++;
    for (Change change : changes) {
      if (change instanceof Change.OfRun run) {
        remember(run.after());
      } else if (change instanceof Change.OfExecution of && of.after().status().ended()) {
        latestEnd = conductor.now();
      }
    }
    StoreWrite write = new StoreWrite(moment(), request, changes, answer);
    line(write.moment(), () -> words.of(write));
    tell(watcher -> watcher.written(write));
  }

  /** Runs of which something can be driven again. */
  Set<RunId> failed() {
    return failed;
  }

  private void remember(Run run) {
    boolean some = run.summary().failed() + run.summary().notStarted() > 0;
    boolean mendable = run.state() == Run.State.PARTIAL || run.state() == Run.State.FAILED;
    if (some && mendable) {
      failed.add(run.id());
    } else {
      failed.remove(run.id());
    }
    if (run.state().ended()) {
      open.remove(run.id());
    } else {
      open.add(run.id());
    }
  }

  @Override
  public void seen(Execution image) {
    @Nullable Fiber fiber = conductor.current();
    if (fiber == null) {
      return;
    }
    if (Knowledge.atWork(image.status())) {
      fiber.believes(image.id(), image.progress().epoch());
    } else {
      fiber.forgets(image.id());
    }
  }

  @Override
  public void takes(Message message) {
    @Nullable Fiber fiber = conductor.current();
    if (fiber == null) {
      return;
    }
    if (message instanceof Message.Start start) {
      fiber.forgets(start.execution());
    } else if (message instanceof Message.Check check) {
      fiber.forgets(check.execution());
      fiber.node.knows(check.execution(), check.epoch());
    }
  }

  @Override
  public void called(CloudCall call) {
    line(call.moment(), () -> words.of(call));
    tell(watcher -> watcher.called(call));
  }

  void listed(CloudListing page) {
    line(page.moment(), () -> "lists " + page.keys().size() + " in " + page.scope().key());
    tell(watcher -> watcher.listed(page));
  }

  @Override
  public void passed(MessageEvent.Stage stage, long number, Message message, int receipts) {
    MessageEvent event = new MessageEvent(moment(), stage, number, message, receipts);
    line(event.moment(), () -> words.of(event));
    tell(watcher -> watcher.passed(event));
  }

  @Override
  public void erred(Fault fault, String detail) {
    erred(moment(), fault, detail);
  }

  void erred(Moment moment, Fault fault, String detail) {
    line(moment, () -> "#" + weather.latest() + " " + fault + " " + detail);
    tell(watcher -> watcher.erred(moment, fault, detail));
  }

  void audited(AuditEvent event) {
    Moment moment = moment();
    line(moment, () -> words.of(event));
    tell(watcher -> watcher.audited(moment, event));
  }

  void joined(String node) {
    Moment moment = moment();
    line(moment, () -> node + " begins");
    tell(watcher -> watcher.joined(moment, node));
  }

  void left(String node, boolean inGoodOrder) {
    Moment moment = moment();
    line(moment, () -> node + (inGoodOrder ? " is closed" : " IS DEAD"));
    tell(watcher -> watcher.left(moment, node, inGoodOrder));
  }

  void said(Supplier<String> what) {
    line(moment(), what);
  }

  private void line(Moment moment, Supplier<String> what) {
    trace.line(moment, start, what);
  }

  /** What a watcher objects to ends the world; nobody is told of anything after that. */
  void tell(Consumer<Watcher> news) {
    if (conductor.failure() != null) {
      return;
    }
    try {
      watchers.forEach(news);
    } catch (Violation | RuntimeException e) {
      line(moment(), () -> "VIOLATION " + e.getMessage());
      conductor.fail(e);
      if (conductor.current() != null) {
        throw new Death();
      }
    }
  }
}
