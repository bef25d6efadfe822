package io.opsautomator.engine.internal;

import io.opsautomator.action.Action;
import io.opsautomator.action.Invocation;
import io.opsautomator.resource.Choice;
import io.opsautomator.resource.OptOut;
import io.opsautomator.resource.Resource;
import io.opsautomator.resource.ResourceSelector.Query;
import io.opsautomator.resource.TagFilter;
import io.opsautomator.resource.TaskList;
import io.opsautomator.task.Amount;
import io.opsautomator.task.Task;
import java.util.Optional;

/**
 * Decides for each listed resource whether it stays in the selection, and says why if not.
 * Immutable.
 */
record Picker(Job<?> job, Settings settings) {

  /**
   * What may be left out at the source already: nothing, where a share of everything counts, or
   * that would be a share of what has the tag.
   */
  Query query() {
    boolean share = task().guards().maxResources().filter(Amount::percent).isPresent();
    if (share || !job.metadata().selection().type().taggable()) {
      return Query.ALL;
    }
    return new Query(
        filter().map(TagFilter::requiredTagKey).orElse(Optional.of(settings.taskListTag())));
  }

  <R extends Record> Choice<?> pick(Resource<R> resource, Invocation caller) {
    if (OptOut.isIn(resource.tags())) {
      return Choice.leaveOut("has opted out by the tag " + OptOut.TAG);
    }
    Optional<String> denied = settings.safeguards().deny().denies(resource);
    if (denied.isPresent()) {
      return Choice.leaveOut(denied.get());
    }
    Optional<String> why = unwanted(resource);
    if (why.isPresent()) {
      return Choice.leaveOut(why.get());
    }
    return job.action() instanceof Action.Refining<?, ?> refining
        ? refined(refining, resource, caller)
        : Choice.keep(resource);
  }

  private Optional<TagFilter> filter() {
    return task().target().tags();
  }

  private Task task() {
    return job.task();
  }

  private Optional<String> unwanted(Resource<?> resource) {
    if (!resource.type().taggable()) {
      return Optional.empty();
    }
    if (filter().isPresent()) {
      return filter().get().matches(resource.tags())
          ? Optional.empty()
          : Optional.of("its tags do not match " + filter().get());
    }
    String list = resource.tags().getOrDefault(settings.taskListTag(), "");
    return TaskList.parse(list).contains(task().name().value())
        ? Optional.empty()
        : Optional.of("its tag " + settings.taskListTag() + " does not list the task");
  }

  @SuppressWarnings("unchecked") // A job's action, parameters and selected type belong together.
  private <P extends Record, R extends Record> Choice<R> refined(
      Action.Refining<P, R> action, Resource<?> resource, Invocation caller) {
    return action.refine((Resource<R>) resource, (P) job.parameters(), caller);
  }
}
