package io.opsautomator;

import io.opsautomator.action.Action;
import io.opsautomator.action.ActionCatalog;
import io.opsautomator.action.ParameterSchema.Violation;
import io.opsautomator.audit.AuditSink;
import io.opsautomator.dispatch.KeyedLimiter;
import io.opsautomator.dispatch.Timer;
import io.opsautomator.dispatch.WorkQueue;
import io.opsautomator.engine.internal.EngineBuilder;
import io.opsautomator.notify.Notifier;
import io.opsautomator.plan.Plan;
import io.opsautomator.plan.Verdict;
import io.opsautomator.resource.ResourceSelector;
import io.opsautomator.resource.Territory;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Run;
import io.opsautomator.store.Store;
import io.opsautomator.task.ExecutionId;
import io.opsautomator.task.Overrides;
import io.opsautomator.task.RunId;
import io.opsautomator.task.Safeguards;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskName;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * The engine, embedded. Thread-safe; any number may share one store. Does nothing by itself until
 * {@link #start} or {@link #work}; closing hands unfinished work back, so nothing is lost. Actions
 * on the class path are found by themselves.
 *
 * <p>What cannot be done because of what was asked for is an {@link
 * io.opsautomator.action.ActionException} that says what to do; a store that fails is a {@link
 * io.opsautomator.store.StoreException}, and asking again is safe.
 */
public interface OpsAutomator extends AutoCloseable {
  static Builder builder() {
    return new EngineBuilder();
  }

  /** The actions that tasks may name here. */
  ActionCatalog actions();

  /**
   * Stores or replaces a task; returns everything that is wrong with it, in which case nothing was
   * stored.
   */
  List<Violation> put(Task task);

  /** Forgets a task; its runs go on, and stay in the history. False when there was none. */
  boolean remove(TaskName task);

  /**
   * Holds a task: it does not fire, and asking for a run of it is refused, until it is resumed. Its
   * definition stays, open and queued runs go on, and replacing the definition does not end the
   * pause. False when it was paused already.
   *
   * @throws io.opsautomator.action.ActionException if there is no such task
   */
  boolean pause(TaskName task);

  /**
   * Ends a pause: the task is enabled or disabled as its definition says. What was due meanwhile is
   * left out, whatever its misfire policy; the audit says how often that was. False when it was not
   * paused.
   *
   * @throws io.opsautomator.action.ActionException if there is no such task
   */
  boolean resume(TaskName task);

  /** False also when there is no such task. */
  boolean paused(TaskName task);

  /** By name. */
  List<Task> tasks();

  /** What a run of the task would do now. Changes nothing anywhere, and need not be stored. */
  Plan plan(Task task);

  /**
   * Of every resource in the task's accounts and regions, whether a run would select it now, and
   * why not. Lists everything, while the stream is read, and holds one page of it; changes nothing
   * anywhere, and the task need not be stored. What guards have against the whole, {@link #plan}
   * says.
   */
  Stream<Verdict> explain(Task task);

  /** Triggers a run of a stored task; the same {@code requestId} gives the same run. */
  RunId run(TaskName task, String requestId);

  /**
   * The same, with other parameters or on other resources than the task says: for this run only,
   * and remembered in its definition.
   *
   * @throws io.opsautomator.task.InvalidTaskException naming everything that is wrong with the task
   *     as it would be
   * @throws io.opsautomator.action.ActionException if there is no such task, it is disabled, or the
   *     request has made a run before that does something else
   */
  RunId run(TaskName task, String requestId, Overrides overrides);

  /**
   * Stops each execution of the run at its next effect or wait; with {@code undo}, takes back what
   * those have done that have not ended. Asking again is harmless.
   *
   * @throws io.opsautomator.action.ActionException if the run has ended, or is being cancelled
   *     already without undo
   */
  void cancel(RunId run, String why, boolean undo);

  /**
   * The same for one execution. Its run goes on with the others; it ends {@code PARTIAL}, or {@code
   * FAILED} when nothing of it succeeded, and a redrive leaves out what was cancelled. It does not
   * count against the errors that a task allows.
   *
   * @throws io.opsautomator.action.ActionException if there is none, it has ended, or is being
   *     cancelled already without undo
   */
  void cancel(ExecutionId execution, String why, boolean undo);

  /**
   * Does again what has failed, or was never started, of a run that has ended; nothing that
   * succeeded is repeated. What is uncertain is done again only if named in {@code uncertain}: by
   * naming it, a person says to have looked, and that it has not happened.
   *
   * @throws io.opsautomator.action.ActionException if the run has not failed, nothing of it was
   *     begun, or another run of its task is open
   */
  void redrive(RunId run, Set<ExecutionId> uncertain);

  /**
   * Lets the next wave of a run go.
   *
   * @throws io.opsautomator.action.ActionException if the run is not between two waves
   */
  void approve(RunId run);

  /**
   * Blocks until the run has ended or the thread is interrupted. Needs a worker somewhere.
   *
   * @throws IllegalStateException if this engine is closed meanwhile; the run itself goes on
   *     elsewhere, or when an engine is next started on the store
   */
  Run await(RunId run) throws InterruptedException;

  /** Newest first; of all tasks when none is named. */
  List<Run> history(Optional<TaskName> task, int limit);

  /** All executions of a run, as far as they have been made. */
  List<Execution> executions(RunId run);

  /**
   * When it will fire: the scheduler's own code, so it cannot disagree. What calendars suppress is
   * left out; {@link io.opsautomator.schedule.Timetable#forecast} has it. Lazy.
   */
  Stream<Instant> forecast(Task task, Instant until);

  /** Begins to schedule and to work. */
  void start();

  /** Begins to work on what is there and what is asked for, without firing schedules. */
  void work();

  /** How this engine is; also before it was started, and after it was closed. */
  Vitals vitals();

  /**
   * Begins to take what the queue delivers, and nothing more: it looks for nothing by itself, and
   * keeps no thread for it. For hosts that are woken from outside and call {@link #tick}, as AWS
   * Lambda is.
   */
  void standBy();

  /**
   * Looks once for what is due: fires schedules, watches over open runs, and now and then tells
   * people and forgets what is old. Doing so more often than needed, or from several places at
   * once, is harmless. An engine that was started does it by itself.
   *
   * @return when there is something to look at next; a minute from now at the latest
   * @throws RuntimeException when the store fails; what was done until then is done
   */
  Instant tick();

  /**
   * Takes no more work, and returns when the actions at work have come to their next effect, wait
   * or end: what they have not done is handed back. Safe to call twice, and from an action or a
   * sink. Closes the store only if it was not given.
   */
  @Override
  void close();

  /**
   * What brings an environment, such as {@code Aws.defaults()}: clients, selectors, where to work.
   */
  @FunctionalInterface
  interface Plugin {
    void install(Builder builder);
  }

  /** Not thread-safe. {@link #build} fails naming what is missing, wrong or set twice. */
  interface Builder {
    Builder install(Plugin plugin);

    /** Something actions need; see {@link io.opsautomator.action.Services}. */
    <S> Builder provide(Class<S> type, S service);

    /** Besides those found on the class path; instead of the one that has its name. */
    Builder action(Action<?> action);

    /** Takes only the actions that were given, and looks for none on the class path. */
    Builder withoutDiscovery();

    Builder selector(ResourceSelector<?> selector);

    /** Default: {@link Territory#local}, for what is not in a cloud. */
    Builder territory(Territory territory);

    Builder task(Task task);

    /**
     * A task file, YAML or JSON; read by {@link #build}, which fails with all that is wrong with
     * it.
     */
    Builder tasks(Path file);

    /** What no task may do, whatever it says. Default: nothing is forbidden. */
    Builder safeguards(Safeguards safeguards);

    /** The same from a file; {@link #build} fails with all that is wrong with it. */
    Builder safeguards(Path file);

    /** A store that the caller closes. Default: in memory, and nothing is kept. */
    Builder store(Store store);

    /** The durable embedded store in this folder; needs oa-sqlite on the class path. */
    Builder store(Path folder);

    /**
     * What carries work, instead of a queue within this process. The engine takes deliveries from
     * it and closes it with itself.
     */
    Builder queue(WorkQueue queue);

    /** May be given several times. */
    Builder audit(AuditSink sink);

    /**
     * Who is told when runs begin and end, for tasks with notifications, and when nothing happened
     * that should have. May be given several times.
     */
    Builder notify(Notifier notifier);

    /** How long ended runs are remembered. Default 30 days. */
    Builder history(Duration kept);

    /** The name that marker tags and {@code {stack}} carry. Default {@code ops-automator}. */
    Builder deployment(String name);

    /** How many executions, listings and checks are worked on at once. Default 64. */
    Builder workers(int most);

    /**
     * How fast this process lists: so many slices of one account at once, and so many calls a
     * second that list resources of one kind in one account and region. Default: 10 at once, 20 a
     * second, and 100 in a row after a rest. A throttled listing slows down its own kind, account
     * and region.
     */
    Builder listing(KeyedLimiter.Bounds bounds);

    /**
     * Names this process in leases and in the audit; no two processes of a deployment may share a
     * name. Default: made of process, host and chance.
     */
    Builder worker(String name);

    /**
     * How long a worker may be silent before another takes over what it was at: 10 seconds to an
     * hour, the same for all processes of a deployment. Default: 5 minutes. No call that an action
     * makes may take longer than a fifth of it, and open runs are looked after each fifth of it.
     */
    Builder lease(Duration lease);

    /** Where time comes from; together with {@link #timer} and {@link #executor}, or not at all. */
    Builder clock(InstantSource clock);

    Builder timer(Timer timer);

    Builder executor(Executor executor);

    Builder random(RandomGenerator random);

    OpsAutomator build();
  }
}
