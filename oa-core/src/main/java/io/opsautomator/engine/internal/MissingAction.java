package io.opsautomator.engine.internal;

import io.opsautomator.action.Action;
import io.opsautomator.action.ActionContext;
import io.opsautomator.action.ActionException;
import io.opsautomator.action.ActionMetadata;
import io.opsautomator.action.Outcome;
import io.opsautomator.resource.Aggregation;
import io.opsautomator.resource.ResourceType;
import io.opsautomator.task.Task;
import java.time.Duration;

/**
 * Stands in for the action of a run that cannot be had any more: it is no longer installed, or does
 * not take the parameters that it was given then. Nobody could go on with such a run, and it would
 * hold its slots, and others of its task, for ever; so what is left of it fails and says why. Once
 * the action is back, the run can be driven again, and goes on where it was.
 */
record MissingAction(ActionException why) implements Action<MissingAction.None> {
  private static final ResourceType<None> NOTHING =
      new ResourceType<>("none", "Nothing", None.class, false);

  record None() {}

  static Job<None> job(Task task, ActionException why, boolean budgeted) {
    return Job.of(task, new MissingAction(why), new None(), Secrets.NONE, budgeted);
  }

  /** Fails if this is what a job has. */
  static void requireNone(Job<?> job) {
    if (job.action() instanceof MissingAction missing) {
      throw missing.again();
    }
  }

  /** A new one each time, since its trace says where it mattered. */
  private ActionException again() {
    return new ActionException(
        why.code(), why.getMessage() + "; redrive the run once that is mended", why);
  }

  @Override
  public ActionMetadata<None> metadata() {
    return ActionMetadata.of("MissingAction", new None())
        .titled("Missing action", "An action that is not installed here")
        .version("1.0", "7a1e0a52-6d0b-4a45-9c0e-2f6a7d0d4a11")
        .stability(ActionMetadata.Stability.INTERNAL)
        .selects(NOTHING, Aggregation.RESOURCE)
        .limits(Duration.ofHours(1), Duration.ZERO, 0)
        .build();
  }

  @Override
  public Outcome execute(ActionContext<None> context) {
    throw again();
  }
}
