package io.opsautomator;

import io.opsautomator.action.Action;
import io.opsautomator.action.ParameterSchema;
import io.opsautomator.audit.AuditSink;
import io.opsautomator.plan.Plan;
import io.opsautomator.resource.ResourceSelector;
import io.opsautomator.task.RunId;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskName;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/**
 * The engine, embedded. Thread-safe; any number may share one store. Does nothing by itself until
 * {@link #start}; closing hands unfinished work back, so nothing is lost. Actions on the class path
 * are found by themselves.
 */
public interface OpsAutomator extends AutoCloseable {
  static Builder builder() {
    throw new UnsupportedOperationException("sketch");
  }

  /** Stores or replaces a task; returns what is wrong with it, in which case nothing was stored. */
  List<ParameterSchema.Violation> put(Task task);

  /** Changes nothing anywhere. */
  Plan plan(TaskName task);

  /**
   * Runs exactly this plan; throws IllegalStateException if the world or the task has changed
   * since, saying where.
   */
  RunId apply(Plan plan);

  /** Triggers a run; the same {@code requestId} gives the same run. */
  RunId run(TaskName task, String requestId);

  /**
   * Stops at the next effect or wait of each execution; with {@code undo}, takes back what was
   * done.
   */
  void cancel(RunId run, String by, boolean undo);

  /** Blocks until the run has ended or the thread is interrupted. */
  Report await(RunId run) throws InterruptedException;

  /** When it will fire: the scheduler's own code, so it cannot disagree. */
  Stream<Instant> forecast(TaskName task, Instant until);

  /** Begins to schedule and to work, in threads of its own. */
  void start();

  @Override
  void close();

  record Report(int succeeded, int failed, int leftOut, List<String> problems) {}

  /**
   * What brings an environment: {@code Aws.defaults()} adds clients, selectors, call guard and API
   * budgets.
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

    Builder action(Action<?> action);

    Builder selector(ResourceSelector<?> selector);

    Builder task(Task task);

    /** Task files, YAML or JSON. */
    Builder tasks(Path file);

    /** Default: the durable embedded store in this folder. */
    Builder store(Path folder);

    Builder audit(AuditSink sink);

    Builder clock(InstantSource clock);

    OpsAutomator build();
  }
}
