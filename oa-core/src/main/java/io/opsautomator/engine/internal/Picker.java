package io.opsautomator.engine.internal;

import io.opsautomator.action.Action;
import io.opsautomator.action.Invocation;
import io.opsautomator.resource.Choice;
import io.opsautomator.resource.Exclusion;
import io.opsautomator.resource.Exclusion.Kind;
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
      return leftOut(Kind.OPTED_OUT, "has opted out by the tag " + OptOut.TAG);
    }
    Optional<String> denied = settings.safeguards().deny().denies(resource);
    if (denied.isPresent()) {
      return leftOut(Kind.DENIED, denied.get());
    }
    Optional<Exclusion> why = unwanted(resource).or(() -> unlike(resource));
    if (why.isPresent()) {
      return Choice.leaveOut(why.get());
    }
    return job.action() instanceof Action.Refining<?, ?> refining
        ? refined(refining, resource, caller)
        : Choice.keep(resource);
  }

  private static <R extends Record> Choice<R> leftOut(Kind kind, String words) {
    return Choice.leaveOut(Exclusion.of(kind, words));
  }

  private Optional<TagFilter> filter() {
    return task().target().tags();
  }

  private Task task() {
    return job.task();
  }

  private Optional<Exclusion> unwanted(Resource<?> resource) {
    if (!resource.type().taggable()) {
      return Optional.empty();
    }
    if (filter().isPresent()) {
      return filter().get().explain(resource.tags());
    }
    String list = resource.tags().getOrDefault(settings.taskListTag(), "");
    if (TaskList.parse(list).contains(task().name().value())) {
      return Optional.empty();
    }
    return Optional.of(
        list.isEmpty()
            ? Exclusion.of(Kind.TASK_LIST, "lacks the tag " + settings.taskListTag())
            : new Exclusion(
                Kind.TASK_LIST,
                "does not name the task in its tag " + settings.taskListTag(),
                settings.taskListTag() + "=" + list));
  }

  private Optional<Exclusion> unlike(Resource<?> resource) {
    return task().target().attributes().flatMap(filter -> filter.explain(resource));
  }

  @SuppressWarnings("unchecked") // A job's action, parameters and selected type belong together.
  private <P extends Record, R extends Record> Choice<R> refined(
      Action.Refining<P, R> action, Resource<?> resource, Invocation caller) {
    Choice<R> choice = action.refine((Resource<R>) resource, (P) job.parameters(), caller);
    return choice instanceof Choice.LeftOut<R> out ? masked(out.why()) : choice;
  }

  /** An action's words may hold what it was given. */
  private <R extends Record> Choice<R> masked(Exclusion why) {
    return Choice.leaveOut(
        new Exclusion(Kind.ACTION, job.masked(why.words()), job.masked(why.seen())));
  }
}
