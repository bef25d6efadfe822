package io.opsautomator.engine.internal;

import io.opsautomator.action.Action;
import io.opsautomator.action.ActionCatalog;
import io.opsautomator.action.ActionException;
import io.opsautomator.action.ParameterSchema;
import io.opsautomator.action.ParameterSchema.Decoded;
import io.opsautomator.store.Run;
import io.opsautomator.store.Runs;
import io.opsautomator.task.RunId;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskCodec;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Makes jobs of stored definitions, and keeps the latest of them. A run's definition never changes,
 * so it is read from the store once, or by a few at the same time. Guarded by itself; the store is
 * never asked under the lock.
 */
final class Jobs {
  private static final int KEPT = 1_000;

  private final ActionCatalog actions;
  private final Runs runs;
  private final boolean budgeted;
  private final Map<Action<?>, ParameterSchema<?>> schemas =
      Collections.synchronizedMap(new IdentityHashMap<>());
  private final Map<String, Job<?>> byDefinition = new Latest<>();
  private final Map<RunId, Job<?>> byRun = new Latest<>();

  private static final class Latest<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1L;

    Latest() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
      return size() > KEPT;
    }
  }

  /**
   * @param budgeted whether a budget binds all tasks
   */
  Jobs(ActionCatalog actions, Runs runs, boolean budgeted) {
    this.actions = actions;
    this.runs = runs;
    this.budgeted = budgeted;
  }

  ActionCatalog actions() {
    return actions;
  }

  /**
   * @throws ActionException if the action is not known here, or does not take the parameters
   */
  synchronized Job<?> of(String definition) {
    Job<?> known = byDefinition.get(definition);
    if (known != null) {
      return known;
    }
    Job<?> job = of(TaskCodec.read(definition));
    byDefinition.put(definition, job);
    return job;
  }

  /** One that fails with a reason where the action cannot be had any more. */
  Job<?> ofRun(RunId id) {
    Optional<Job<?>> known = known(id);
    if (known.isPresent()) {
      return known.get();
    }
    Run run = runs.find(id).orElseThrow(() -> new IllegalStateException("no run " + id.value()));
    return remember(id, ofRun(run.cause().definition()).triggeredBy(run.cause().trigger()));
  }

  private Job<?> ofRun(String definition) {
    try {
      return of(definition);
    } catch (ActionException e) {
      return MissingAction.job(TaskCodec.read(definition), e, budgeted);
    }
  }

  private synchronized Optional<Job<?>> known(RunId id) {
    return Optional.ofNullable(byRun.get(id));
  }

  private synchronized Job<?> remember(RunId id, Job<?> job) {
    byRun.put(id, job);
    return job;
  }

  Job<?> of(Task task) {
    String name = task.work().action();
    Action<?> action =
        actions
            .find(name)
            .orElseThrow(
                () ->
                    new ActionException(
                        "ERR_ACTION_DOES_NOT_EXIST", "no action " + name + " is installed here"));
    return job(task, action);
  }

  /** An action has one, however many tasks it has. */
  @SuppressWarnings("unchecked") // It is kept under the action whose parameters it describes.
  private <P extends Record> ParameterSchema<P> schema(Action<P> action) {
    return (ParameterSchema<P>)
        schemas.computeIfAbsent(action, known -> ParameterSchema.of(known.metadata().defaults()));
  }

  private <P extends Record> Job<P> job(Task task, Action<P> action) {
    ParameterSchema<P> schema = schema(action);
    Decoded<P> decoded = schema.decode(task.work().parameters());
    if (decoded instanceof Decoded.Invalid<P> invalid) {
      throw new ActionException(
          "ERR_VALIDATING_TASK_PARAMETERS", task.name().value() + ": " + invalid.violations());
    }
    P parameters = ((Decoded.Valid<P>) decoded).value();
    return Job.of(task, action, parameters, Secrets.of(schema, task), budgeted);
  }
}
