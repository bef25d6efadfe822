package io.opsautomator.action;

import io.opsautomator.event.EventType;
import io.opsautomator.resource.Resource;
import io.opsautomator.resource.ResourceType;
import io.opsautomator.resource.TagChanges;
import io.opsautomator.resource.Unit;
import io.opsautomator.task.ExecutionId;
import io.opsautomator.task.TaskName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything one execution may look at; nothing else is ambient. Confined to the thread that runs
 * {@code execute}. It does not tell a plan from the real thing: an action cannot behave differently
 * when planned.
 */
public interface ActionContext<P extends Record> extends Invocation {
  TaskName task();

  ExecutionId execution();

  P parameters();

  Unit unit();

  /**
   * When this execution first began: the same instant on every replay. The only time an action may
   * build names from.
   */
  Instant startedAt();

  Effects effects();

  /** Placeholders and tag lists, resolved for this execution. */
  Texts texts();

  /**
   * Tells the operator something that does not fail the execution; {@code code} is stable, such as
   * ERR_SNAPSHOT_PENDING.
   */
  void warn(String code, String message);

  /**
   * For long computations: leaves {@code execute} if cancelled, fenced off or out of time. Effects
   * do this by themselves.
   */
  void checkpoint();

  /**
   * Why writing these tags would make the task run again, as a sentence; empty if it would not.
   *
   * @param tagged the event that tells of changed tags; a task it does not trigger never runs again
   * @param current the tags that the resource has
   */
  Optional<String> retriggeredBy(EventType tagged, Map<String, String> current, TagChanges changes);

  default <R extends Record> List<Resource<R>> resources(ResourceType<R> type) {
    return unit().resources(type);
  }

  /** The one resource of an action that works per resource. */
  default <R extends Record> Resource<R> resource(ResourceType<R> type) {
    List<Resource<R>> all = resources(type);
    if (all.size() != 1) {
      throw new IllegalStateException(
          "unit " + unit().key() + " has " + all.size() + " resources, not one");
    }
    return all.get(0);
  }
}
