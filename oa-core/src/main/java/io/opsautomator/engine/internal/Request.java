package io.opsautomator.engine.internal;

import io.opsautomator.action.ActionException;
import io.opsautomator.action.ParameterSchema;
import io.opsautomator.action.ParameterSchema.Violation;
import io.opsautomator.store.Run;
import io.opsautomator.store.StoredTask;
import io.opsautomator.task.InvalidTaskException;
import io.opsautomator.task.Overrides;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskCodec;
import io.opsautomator.task.Trigger;
import java.util.List;
import java.util.Optional;

/**
 * Somebody's wish for a run of a task, perhaps of the task as they want it this once. What it asks
 * for is found again in the definition of the run it made, so that nothing more need be stored of
 * it to tell whether it is repeated, or another wish under the same id.
 */
record Request(Kernel kernel, String id, Overrides overrides) {

  /**
   * The task as the run is to do it.
   *
   * @throws InvalidTaskException naming all that is wrong with it then
   */
  StoredTask applyTo(StoredTask stored) {
    if (overrides.none()) {
      return stored;
    }
    Task task = overrides.applyTo(TaskCodec.read(stored.definition()));
    List<Violation> wrong = TaskBook.violations(kernel, task);
    if (!wrong.isEmpty()) {
      throw new InvalidTaskException(task.name().value(), wrong);
    }
    return stored.withDefinition(TaskCodec.write(task));
  }

  /** To be made of a task that the overrides go with. */
  Trigger trigger(StoredTask stored) {
    Optional<Trigger.Changes> changes =
        overrides.none()
            ? Optional.empty()
            : Optional.of(new Trigger.Changes(words(stored), overrides.retarget()));
    return new Trigger.Manual(id, kernel.settings().worker(), changes);
  }

  private String words(StoredTask stored) {
    return overrides.describe(
        ParameterSchema.of(kernel.jobs().of(stored.definition()).metadata().defaults()));
  }

  /**
   * A task may have been edited since it made the run; then the run must at least do what is asked
   * for now.
   *
   * @param asked the task as a run made now would do it
   * @throws ActionException if the run does something else
   */
  void requireSame(Run made, StoredTask asked) {
    Task does = TaskCodec.read(made.cause().definition());
    boolean edited = made.cause().revision() != asked.revision();
    boolean same =
        edited
            ? overrides.applyTo(does).equals(does)
                && overrides.none() == made.cause().trigger().changed().isEmpty()
            : made.cause().definition().equals(asked.definition());
    if (!same) {
      throw new ActionException(
          "ERR_OTHER_REQUEST",
          "request "
              + id
              + " has made run "
              + made.id().value()
              + " already, which does something else; ask for this one under another id");
    }
  }
}
