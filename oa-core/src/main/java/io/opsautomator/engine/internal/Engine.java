package io.opsautomator.engine.internal;

import io.opsautomator.OpsAutomator;
import io.opsautomator.Vitals;
import io.opsautomator.action.ActionCatalog;
import io.opsautomator.action.ParameterSchema.Violation;
import io.opsautomator.action.Services;
import io.opsautomator.audit.AuditSink;
import io.opsautomator.dispatch.Message;
import io.opsautomator.dispatch.Timer;
import io.opsautomator.dispatch.WorkQueue.Delivery;
import io.opsautomator.plan.Plan;
import io.opsautomator.plan.Verdict;
import io.opsautomator.resource.ResourceSelector;
import io.opsautomator.resource.Territory;
import io.opsautomator.schedule.Forecast;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Run;
import io.opsautomator.task.ExecutionId;
import io.opsautomator.task.Overrides;
import io.opsautomator.task.RunId;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskName;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the stages together, and routes messages to them. */
final class Engine implements OpsAutomator {
  private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final EngineBuilder.World world;
  private final Kernel kernel;
  private final TaskBook book;
  private final Scheduler scheduler;
  private final Selecting selecting;
  private final SliceLister lister;
  private final Worker worker;
  private final RunWatch watch;
  private final RunWatch.Movers movers;
  private final Planner planner;
  private final RunCloser closer;
  private final Explainer explainer;
  private final Herald herald;
  private final Forgetting forgetting;
  private final Pulse pulse;
  private final Map<RunId, CompletableFuture<Void>> awaited = new ConcurrentHashMap<>();

  private volatile boolean closing;
  private volatile boolean schedules;
  private volatile boolean ticking;
  private final AtomicLong rearmed = new AtomicLong();
  private Timer.Alarm alarm = () -> {};

  Engine(
      EngineBuilder.World world,
      Territory territory,
      Collection<ResourceSelector<?>> selectors,
      ActionCatalog actions,
      Services services,
      List<AuditSink> sinks,
      List<Task> tasks) {
    this.world = world;
    this.pulse = new Pulse(world.clock());
    this.kernel =
        new Kernel(
            world.stored().store(),
            world.queue(),
            world.clock(),
            world.timer(),
            world.random(),
            new Reporter(sinks),
            jobs(world, actions),
            world.config().settings());
    this.herald = new Herald(kernel, world.config().notifiers(), world.executor());
    this.forgetting = new Forgetting(kernel, world.config().history());
    kernel.reporter().add(herald);
    Units units = new Units(selectors);
    Slots slots = new Slots(kernel);
    Queuing queuing = new Queuing(kernel, slots);
    this.scheduler = new Scheduler(kernel);
    this.closer = new RunCloser(kernel, new Followers(kernel, scheduler, this::settled));
    Finisher finisher = new Finisher(kernel, slots, closer);
    Sifting sifting = new Sifting(kernel, units);
    Launcher launcher = new Launcher(kernel, queuing, units);
    BooleanSupplier stops = pulse.felt(() -> closing || kernel.queue().draining());
    TextSource texts = TextSource.of(kernel.settings(), services);
    Performer performer = new Performer(kernel, texts, units, stops);
    this.book = new TaskBook(kernel);
    this.selecting = new Selecting(kernel, territory, sifting, launcher, closer);
    this.lister = new SliceLister(kernel, world.config().listing(), units, launcher, selecting);
    this.worker = new Worker(kernel, slots, queuing, finisher, performer);
    Steering steering = new Steering(kernel, slots, finisher);
    this.movers =
        new RunWatch.Movers(
            new Canceller(kernel, steering, finisher, closer),
            new Redriver(kernel, queuing, finisher),
            steering);
    this.watch = new RunWatch(kernel, slots, queuing, finisher, closer, movers);
    this.planner = new Planner(kernel, territory, selecting, sifting, performer);
    this.explainer = new Explainer(kernel, selecting, sifting);
    book.require(tasks);
  }

  private static Jobs jobs(EngineBuilder.World world, ActionCatalog actions) {
    boolean budgeted = world.config().settings().safeguards().budget().isPresent();
    return new Jobs(actions, world.stored().store().runs(), budgeted);
  }

  // -- Tasks and runs -----------------------------------------------------------------------------

  @Override
  public ActionCatalog actions() {
    return kernel.jobs().actions();
  }

  @Override
  public List<Violation> put(Task task) {
    List<Violation> wrong = book.put(task);
    rearm();
    return wrong;
  }

  @Override
  public boolean remove(TaskName task) {
    return book.remove(task);
  }

  @Override
  public boolean pause(TaskName task) {
    return book.pause(task);
  }

  @Override
  public boolean resume(TaskName task) {
    boolean resumed = book.resume(task);
    rearm();
    return resumed;
  }

  @Override
  public boolean paused(TaskName task) {
    return book.isPaused(task);
  }

  @Override
  public List<Task> tasks() {
    return book.all();
  }

  @Override
  public Plan plan(Task task) {
    return planner.plan(kernel.jobs().of(task));
  }

  @Override
  public Stream<Verdict> explain(Task task) {
    return explainer.explain(kernel.jobs().of(task));
  }

  @Override
  public RunId run(TaskName task, String requestId) {
    return run(task, requestId, Overrides.NONE);
  }

  @Override
  public RunId run(TaskName task, String requestId, Overrides overrides) {
    return scheduler.trigger(task, new Request(kernel, requestId, overrides));
  }

  @Override
  public void cancel(RunId run, String why, boolean undo) {
    movers.canceller().cancel(run, new Execution.Cancel(why, undo));
  }

  @Override
  public void cancel(ExecutionId execution, String why, boolean undo) {
    movers.canceller().cancel(execution, new Execution.Cancel(why, undo));
  }

  @Override
  public void redrive(RunId run, Set<ExecutionId> uncertain) {
    Run ended = kernel.run(run);
    if (ended.summary().owing()) {
      closer.settle(ended);
    }
    movers.redriver().redrive(run, uncertain);
  }

  @Override
  public void approve(RunId run) {
    movers.steering().approve(run);
  }

  /** Is told by this engine; and looks now and then, for another may have ended it. */
  @Override
  public Run await(RunId id) throws InterruptedException {
    CompletableFuture<Void> ended = awaited.computeIfAbsent(id, key -> new CompletableFuture<>());
    Run run = running(id);
    while (!run.state().ended() || run.summary().owing()) {
      try {
        ended.get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException notYet) {
        LOG.trace("{} has not ended yet", id.value());
      } catch (ExecutionException e) {
        throw closed(id, e);
      }
      run = running(id);
    }
    awaited.remove(id);
    return run;
  }

  private Run running(RunId id) {
    if (closing) {
      throw closed(id, new IllegalStateException("closed"));
    }
    return kernel.run(id);
  }

  private static IllegalStateException closed(RunId id, Exception cause) {
    return new IllegalStateException(
        "the engine was closed before run " + id.value() + " ended", cause);
  }

  /** A run has ended, and what follows it has been made. */
  private void settled(RunId ended) {
    Optional.ofNullable(awaited.remove(ended)).ifPresent(future -> future.complete(null));
  }

  @Override
  public List<Run> history(Optional<TaskName> task, int limit) {
    return kernel.store().runs().history(task, limit);
  }

  @Override
  public List<Execution> executions(RunId run) {
    return kernel.store().selections().batches(run).stream()
        .flatMap(batch -> kernel.store().executions().find(batch.executions()).stream())
        .toList();
  }

  @Override
  public Stream<Instant> forecast(Task task, Instant until) {
    return task.timetable().forecast(kernel.now(), until).filter(Forecast::runs).map(Forecast::at);
  }

  // -- Work ---------------------------------------------------------------------------------------

  @Override
  public void start() {
    schedules = true;
    work();
  }

  @Override
  public void work() {
    ticking = true;
    boolean rebuild = !kernel.queue().durable();
    List<Run> open =
        rebuild ? kernel.store().runs().toWatch(Instant.MAX, Integer.MAX_VALUE) : List.of();
    watch.foundOpen(open);
    pulse.begin(kernel.queue(), this::handle);
    open.forEach(run -> kernel.send(new Message.Watch(run.id())));
    tickAndRearm();
  }

  @Override
  public void standBy() {
    pulse.begin(kernel.queue(), this::handle);
  }

  @Override
  public Instant tick() {
    look(true);
    return scheduler.nextTick(true);
  }

  private void tickAndRearm() {
    if (closing) {
      return;
    }
    try {
      look(schedules);
    } catch (RuntimeException e) {
      LOG.error("A tick of the scheduler failed; the next one goes on", e);
    } finally { // Even an error must not be the last that is heard of the scheduler.
      rearm();
    }
  }

  /** Drives firings and the run watch. Doing it more often than needed is harmless. */
  private void look(boolean firings) {
    pulse.tick(
        () -> {
          if (firings) {
            scheduler.fireDue();
          }
          scheduler.watchDue();
          herald.look();
          forgetting.look();
        });
  }

  /**
   * The store is asked outside the lock, since nobody is to wait for it there; of several who ask,
   * the last has seen most, and sets the alarm.
   */
  private void rearm() {
    if (!ticking) {
      return;
    }
    long turn = rearmed.incrementAndGet();
    Instant next = nextTick();
    synchronized (this) {
      if (!closing && turn == rearmed.get()) {
        alarm.cancel();
        alarm = world.timer().at(next, () -> world.executor().execute(this::tickAndRearm));
      }
    }
  }

  private Instant nextTick() {
    try {
      return scheduler.nextTick(schedules);
    } catch (RuntimeException e) {
      LOG.error("It cannot be told when to look again; in {} then", kernel.settings().watch(), e);
      return kernel.now().plus(kernel.settings().watch());
    }
  }

  private void handle(Delivery delivery) {
    Message message = delivery.message();
    if (message instanceof Message.Start start) {
      worker.start(start, delivery);
    } else if (message instanceof Message.Check check) {
      worker.check(check, delivery);
    } else if (message instanceof Message.Select select && select.slice().isPresent()) {
      lister.list(select, select.slice().get(), delivery);
    } else if (message instanceof Message.Select select) {
      selecting.select(select, delivery);
    } else if (message instanceof Message.Watch look) {
      watch.watch(look, delivery);
    }
  }

  @Override
  public Vitals vitals() {
    return pulse.vitals(closing);
  }

  @Override
  public void close() {
    synchronized (this) {
      if (closing) {
        return;
      }
      closing = true;
      alarm.cancel();
    }
    try (AutoCloseable system = world.system()) {
      kernel.queue().close();
      herald.last();
      if (world.stored().own()) {
        kernel.store().close();
      }
    } catch (Exception e) {
      throw new IllegalStateException("the engine could not be closed in good order", e);
    } finally {
      awaited.values().forEach(f -> f.completeExceptionally(new IllegalStateException("closed")));
    }
  }
}
