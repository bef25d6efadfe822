package io.opsautomator.cli;

import io.opsautomator.action.Action;
import io.opsautomator.action.ActionCatalog;
import io.opsautomator.plan.Verdict;
import io.opsautomator.resource.Exclusion;
import io.opsautomator.resource.Exclusion.Kind;
import io.opsautomator.resource.Resource;
import io.opsautomator.resource.TaskList;
import io.opsautomator.task.Task;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What becomes of one resource, question by question, for people and for programs. */
final class ExplainOneText {
  private final Surroundings world;
  private final ActionCatalog actions;
  private final Sought sought;
  private final boolean json;
  private final Style style;
  private final List<Map<String, Object>> results = new ArrayList<>();

  ExplainOneText(Surroundings world, ActionCatalog actions, Sought sought, boolean json) {
    this.world = world;
    this.actions = actions;
    this.sought = sought;
    this.json = json;
    this.style = world.style();
  }

  /** What was seen on the way. */
  private static final class Seen {
    private final NearestIds nearest;
    private final List<Verdict> found = new ArrayList<>();
    private final List<String> listed = new ArrayList<>();
    private final List<Verdict.Unreadable> unreadable = new ArrayList<>();

    Seen(Sought sought) {
      nearest = new NearestIds(sought.id());
    }
  }

  /**
   * @return the exit status: it failed where the resource was not found
   */
  int explain(Task task, Stream<Verdict> verdicts) {
    Seen seen = new Seen(sought);
    verdicts.forEach(verdict -> take(seen, verdict));
    for (Verdict verdict : seen.found) {
      found(task, verdict);
    }
    if (seen.found.isEmpty()) {
      notFound(task, seen);
    }
    return seen.found.isEmpty() ? Failure.FAILED : Failure.OK;
  }

  /** After the last task. */
  void end() {
    if (json) {
      world.out().println(Json.pretty(results));
    }
  }

  private void take(Seen seen, Verdict verdict) {
    if (verdict instanceof Verdict.Selected selected) {
      take(seen, verdict, selected.resource());
    } else if (verdict instanceof Verdict.LeftOut out) {
      take(seen, verdict, out.resource());
    } else if (verdict instanceof Verdict.Unreadable unreadable) {
      seen.unreadable.add(unreadable);
    } else {
      seen.listed.add(verdict.scope().key());
    }
  }

  private void take(Seen seen, Verdict verdict, Resource<?> resource) {
    seen.nearest.add(resource.id());
    if (sought.is(resource)) {
      seen.found.add(verdict);
    }
  }

  // -- Found --------------------------------------------------------------------------------------

  private void found(Task task, Verdict verdict) {
    Optional<Exclusion> why =
        verdict instanceof Verdict.LeftOut out ? Optional.of(out.why()) : Optional.empty();
    Resource<?> resource =
        verdict instanceof Verdict.LeftOut out
            ? out.resource()
            : ((Verdict.Selected) verdict).resource();
    Map<String, String> stages = stages(task, resource, why);
    if (json) {
      Map<String, Object> result = ExplainText.asJson(resource, why);
      result.put("task", task.name().value());
      result.put("tags", resource.tags());
      result.put("stages", stages);
      results.add(result);
      return;
    }
    String end = why.isEmpty() ? style.good("selected") : style.odd("left out");
    world
        .out()
        .println(
            style.bold(task.name().value())
                + ": "
                + Told.line(resource.id())
                + " in "
                + resource.scope().key()
                + " is "
                + end);
    Table table = new Table(style, "ASKED", "ANSWER");
    stages.forEach((question, answer) -> table.row(Told.line(question), Told.line(answer)));
    table.print(world.out(), "  ");
    world.out().println();
  }

  /** Every question there is for such a resource, with its answer. */
  private Map<String, String> stages(Task task, Resource<?> resource, Optional<Exclusion> why) {
    Map<String, String> stages = new LinkedHashMap<>();
    questions(task, resource)
        .forEach(
            (kind, question) -> {
              int order = why.map(w -> kind.compareTo(w.kind())).orElse(-1);
              String answer = order < 0 ? passed(kind) : why.orElseThrow().toString();
              stages.put(question, order > 0 ? "not asked any more" : answer);
            });
    return stages;
  }

  private static String passed(Kind kind) {
    return switch (kind) {
      case OPTED_OUT -> "no";
      case DENIED -> "not on it";
      case TAG_FILTER, ATTRIBUTES -> "matches";
      case TASK_LIST -> "names the task";
      case ACTION -> "takes it";
    };
  }

  private Map<Kind, String> questions(Task task, Resource<?> resource) {
    Map<Kind, String> questions = new LinkedHashMap<>();
    questions.put(Kind.OPTED_OUT, "opted out by its owner");
    questions.put(Kind.DENIED, "deny list");
    if (resource.type().taggable() && task.target().tags().isPresent()) {
      questions.put(Kind.TAG_FILTER, "tag filter " + task.target().tags().get());
    } else if (resource.type().taggable()) {
      questions.put(Kind.TASK_LIST, "tag " + TaskList.DEFAULT_TAG);
    }
    task.target()
        .attributes()
        .ifPresent(filter -> questions.put(Kind.ATTRIBUTES, "attributes " + filter));
    String action = task.work().action();
    if (actions.find(action).filter(Action.Refining.class::isInstance).isPresent()) {
      questions.put(Kind.ACTION, "action " + action);
    }
    return questions;
  }

  // -- Not found ----------------------------------------------------------------------------------

  private void notFound(Task task, Seen seen) {
    List<String> near = seen.nearest.all();
    if (json) {
      results.add(
          Json.object(
              "task", task.name().value(),
              "sought", sought.text(),
              "listed", seen.listed,
              "notListed", seen.unreadable.stream().map(ExplainText::asJson).toList(),
              "nearest", near));
      return;
    }
    String where =
        seen.unreadable.isEmpty()
            ? "is in none of the accounts and regions of the task"
            : "was not found where the task's listing came to its end";
    String at = seen.listed.isEmpty() ? "" : " (" + places(seen.listed) + ")";
    world
        .out()
        .println(
            style.bold(task.name().value())
                + ": "
                + Told.line(sought.text())
                + " "
                + style.bad(where)
                + at);
    sought
        .place()
        .filter(place -> !seen.listed.contains(place.key()))
        .ifPresent(place -> world.out().println("  the task does not list " + place.key()));
    seen.unreadable.forEach(
        bad ->
            world
                .out()
                .println("  " + bad.scope().key() + " was not listed: " + Told.line(bad.why())));
    if (!near.isEmpty()) {
      world.out().println("  did you mean " + Told.line(String.join(", ", near)) + "?");
    }
    world.out().println();
  }

  private static String places(List<String> listed) {
    String some = listed.stream().limit(5).collect(Collectors.joining(", "));
    return listed.size() > 5 ? some + " and " + (listed.size() - 5) + " more" : some;
  }
}
