package io.opsautomator.report;

import io.opsautomator.store.Execution.Status;
import io.opsautomator.store.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/** The figures that matter most, and what went wrong, in plain words. */
final class Glance extends Section {
  /** As many as are seen without asking for more. */
  private static final int FIRST = 6;

  private final Period period;

  Glance(Html html, Gathered from, Words words, Period period) {
    super(html, from, words);
    this.period = period;
  }

  @Override
  void write() {
    begin("glance", "At a glance", "");
    tiles();
    wrong();
    end();
  }

  private void tiles() {
    List<TaskFigures> tasks = from.byName();
    html.open("dl", "class", "tiles");
    tile("runs", "Runs", tasks.stream().mapToLong(t -> t.runs.size()).sum(), "");
    tile("executions", "Executions", from.executions(), "");
    tile("succeeded", "Succeeded", sum(tasks, Glance::well), "good");
    tile("failed", "Failed", sum(tasks, TaskFigures::failed), "bad");
    tile("cancelled", "Cancelled", sum(tasks, task -> task.count(Status.CANCELLED)), "");
    tile("rest", "Not started", sum(tasks, task -> task.count(Status.NOT_STARTED)), "");
    if (from.callsCounted) {
      tile("calls", "API calls", tasks.stream().mapToLong(t -> t.calls.calls()).sum(), "");
    }
    if (from.audited) {
      tile(
          "throttled",
          "Throttled",
          tasks.stream().mapToLong(t -> t.calls.throttled()).sum(),
          "odd");
    }
    html.close();
  }

  private static int well(TaskFigures task) {
    return task.count(Status.SUCCEEDED);
  }

  private static long sum(List<TaskFigures> tasks, ToIntFunction<TaskFigures> figure) {
    return tasks.stream().mapToInt(figure).sum();
  }

  /** The class says whether the number is alarming; nought never is. */
  private void tile(String key, String label, long value, String tone) {
    html.open("div", "class", "tile " + (value == 0 ? "" : tone));
    html.leaf("dt", label);
    html.leaf("dd", Words.number(value), "data-figure", key);
    html.close();
  }

  private void wrong() {
    List<Failures.Group> groups = from.failures.groups();
    List<Run> failedRuns =
        from.runs().stream()
            .filter(run -> run.state() == Run.State.FAILED && run.summary().failed() == 0)
            .toList();
    html.leaf("h3", "What went wrong");
    if (groups.isEmpty() && failedRuns.isEmpty() && from.unreadable.isEmpty()) {
      html.leaf("p", from.runs().isEmpty() ? "Nothing ran." : "Nothing. ", "class", "fine");
      return;
    }
    List<Runnable> items = new ArrayList<>();
    groups.forEach(group -> items.add(() -> group(group)));
    failedRuns.stream().limit(Limits.UNREADABLE).forEach(run -> items.add(() -> failed(run)));
    from.unreadable.forEach(slice -> items.add(() -> unreadable(slice)));
    list(items.subList(0, Math.min(FIRST, items.size())));
    if (items.size() > FIRST) {
      html.open("details", "class", "more");
      html.leaf("summary", Words.number(items.size() - FIRST) + " more that went wrong less often");
      list(items.subList(FIRST, items.size()));
      html.close();
    }
    html.leaf("p", "Nothing of this task.", "class", "empty none", "hidden", "");
  }

  private void list(List<Runnable> items) {
    html.open("ul", "class", "wrong");
    items.forEach(Runnable::run);
    html.close();
  }

  private void group(Failures.Group group) {
    item(group.task, "bad");
    html.open("p").leaf("strong", Words.counted(group.count, "execution"));
    html.text(" of ").leaf("span", group.task, "class", "name");
    html.text(" failed: ").leaf("strong", group.cause, "class", "cause").close();
    String reason = reason(group);
    if (!reason.isBlank()) {
      html.leaf("p", reason, "class", "said");
    }
    html.leaf("p", when(group) + ", in " + places(group), "class", "where");
    html.close();
  }

  private static String reason(Failures.Group group) {
    return group.examples.stream()
        .map(example -> Outcome.of(example).reason())
        .filter(reason -> !reason.isBlank())
        .findFirst()
        .map(Glance::first)
        .orElse("");
  }

  /** Of reasons of several resources the first: the others mostly say the same. */
  private static String first(String reason) {
    int next = reason.indexOf("); i-");
    return Words.cut(next > 0 ? reason.substring(0, next + 1) : reason, 320);
  }

  private String when(Failures.Group group) {
    String first = group.first().map(words::minute).orElse("");
    String last = group.last().map(words::minute).orElse("");
    if (first.isEmpty()) {
      return "Never started";
    }
    return first.equals(last) ? first : first + " to " + last;
  }

  private static String places(Failures.Group group) {
    List<String> places = List.copyOf(group.places);
    if (places.size() <= 3) {
      return String.join(", ", places);
    }
    return String.join(", ", places.subList(0, 2)) + " and " + (places.size() - 2) + " more places";
  }

  private void failed(Run run) {
    item(run.task().value(), "bad");
    html.open("p").text("A run of ").leaf("span", run.task().value(), "class", "name");
    html.text(" failed").close();
    html.leaf("p", Words.cut(run.summary().reason(), Limits.REASON), "class", "said");
    html.leaf("p", words.minute(run.cause().at()), "class", "where");
    html.close();
  }

  private void unreadable(Gathered.Unreadable slice) {
    item(slice.task(), "odd");
    html.open("p").leaf("span", slice.task(), "class", "name");
    html.text(" could not look into ").leaf("strong", slice.scope()).close();
    html.leaf("p", slice.why(), "class", "said");
    html.leaf("p", words.minute(slice.at()), "class", "where");
    html.close();
  }

  private void item(String task, String tone) {
    html.open("li", "class", tone, "data-task", number(task));
  }

  /** A share of those that are decided; what is not is named, never counted as a failure. */
  private String succeeded() {
    List<TaskFigures> tasks = from.byName();
    long decided = sum(tasks, TaskFigures::decided);
    long open = sum(tasks, TaskFigures::open);
    long cancelled = sum(tasks, task -> task.count(Status.CANCELLED));
    List<String> parts = new ArrayList<>();
    if (decided > 0) {
      String all = open + cancelled == 0 ? "them" : "the " + Words.number(decided) + " that ended";
      parts.add(Words.share(sum(tasks, Glance::well), decided) + " of " + all + " succeeded");
    }
    if (open > 0) {
      parts.add(Words.number(open) + (open == 1 ? " is open" : " are open"));
    }
    if (cancelled > 0) {
      parts.add(Words.number(cancelled) + (cancelled == 1 ? " was cancelled" : " were cancelled"));
    }
    return parts.isEmpty() ? "." : "; " + String.join(", ", parts) + ".";
  }

  /** One sentence that says it all. */
  String sentence() {
    if (from.runs().isEmpty()) {
      return "Nothing ran in this period.";
    }
    return Words.counted(from.runs().size(), "run")
        + " of "
        + Words.counted(from.tasks.size(), "task")
        + " in "
        + Words.took(period.length())
        + " made "
        + Words.counted(from.executions(), "execution")
        + succeeded();
  }
}
