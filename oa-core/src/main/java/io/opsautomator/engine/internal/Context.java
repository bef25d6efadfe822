package io.opsautomator.engine.internal;

import io.opsautomator.action.ActionContext;
import io.opsautomator.action.Deadline;
import io.opsautomator.action.Effects;
import io.opsautomator.action.Invocation;
import io.opsautomator.action.Role;
import io.opsautomator.action.Texts;
import io.opsautomator.event.EventType;
import io.opsautomator.resource.Scope;
import io.opsautomator.resource.TagChanges;
import io.opsautomator.resource.TagLoop;
import io.opsautomator.resource.Unit;
import io.opsautomator.task.ExecutionId;
import io.opsautomator.task.TaskName;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** What an action sees of one execution. Confined to its thread. */
record Context<P extends Record>(
    Job<P> job,
    ExecutionId execution,
    Unit unit,
    Instant startedAt,
    Invocation caller,
    Effects effects,
    Texts texts,
    Hooks hooks)
    implements ActionContext<P> {

  /** What an action may tell the engine. */
  record Hooks(BiConsumer<String, String> warn, Runnable checkpoint, String taskListTag) {}

  @Override
  public TaskName task() {
    return job.task().name();
  }

  @Override
  public P parameters() {
    return job.parameters();
  }

  @Override
  public void warn(String code, String message) {
    hooks.warn().accept(code, message);
  }

  @Override
  public void checkpoint() {
    hooks.checkpoint().run();
  }

  @Override
  public Optional<String> retriggeredBy(
      EventType tagged, Map<String, String> current, TagChanges changes) {
    if (!job.task().when().events().types().contains(tagged)) {
      return Optional.empty();
    }
    return job.task()
        .target()
        .tags()
        .map(filter -> TagLoop.reason(filter, current, changes))
        .orElseGet(() -> TagLoop.reason(hooks.taskListTag(), task().value(), current, changes));
  }

  @Override
  public String deployment() {
    return caller.deployment();
  }

  @Override
  public boolean underWay() {
    return caller.underWay();
  }

  @Override
  public Scope scope() {
    return caller.scope();
  }

  @Override
  public Deadline deadline() {
    return caller.deadline();
  }

  @Override
  public boolean mayMutate() {
    return caller.mayMutate();
  }

  @Override
  public Role role() {
    return caller.role();
  }

  @Override
  public Invocation in(Scope elsewhere) {
    return caller.in(elsewhere);
  }
}
