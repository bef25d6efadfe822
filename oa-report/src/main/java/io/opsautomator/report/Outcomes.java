package io.opsautomator.report;

import io.opsautomator.store.Execution.Status;
import java.util.Comparator;
import java.util.List;

/** A row for each task: how many did what, and how long it took. */
final class Outcomes extends Section {

  Outcomes(Html html, Gathered from, Words words) {
    super(html, from, words);
  }

  @Override
  void write() {
    begin("outcomes", "What came of it", "");
    if (from.tasks.isEmpty()) {
      nothing("No task ran in this period.");
    } else {
      rows();
    }
    end();
  }

  private void rows() {
    List<TaskFigures> tasks =
        from.byName().stream()
            .sorted(Comparator.comparingInt((TaskFigures t) -> -t.executions()))
            .toList();
    if (tasks.size() > Limits.ROWS) {
      from.leftOut.add(
          "Outcomes of "
              + Words.counted(tasks.size() - Limits.ROWS, "task")
              + " with the fewest executions.");
    }
    table(
        "Outcomes by task",
        "Task",
        "Share",
        ">Runs",
        ">Executions",
        ">Succeeded",
        ">Failed",
        ">Cancelled",
        ">Not started",
        ">At once",
        ">Median",
        ">95 %",
        ">Longest");
    tasks.stream().limit(Limits.ROWS).forEach(this::row);
    endTable();
    if (!from.audited) {
      nothing(
          "How long executions took is in the audit file, and there was none beside the store.");
    }
  }

  private void row(TaskFigures task) {
    html.open("tr", "data-task", number(task.name));
    html.leaf("th", task.name, "scope", "row", "class", "name");
    html.open("td", "class", "share");
    bar(task);
    html.close();
    figure(task.runs.size());
    figure(task.executions());
    figure(task.count(Status.SUCCEEDED));
    html.leaf(
        "td",
        Words.number(task.failed()),
        "class",
        task.failed() == 0 ? "number zero" : "number alarm");
    figure(task.count(Status.CANCELLED));
    figure(task.count(Status.NOT_STARTED));
    html.leaf("td", atOnce(task), "class", "number");
    took(task, 0.5);
    took(task, 0.95);
    took(task, 1);
    html.close();
  }

  private static String atOnce(TaskFigures task) {
    int most = task.limit().isPresent() ? task.slots() : task.atWork();
    String peak = most == 0 ? "–" : Words.number(most);
    return task.limit().isPresent() ? peak + " of " + task.limit().getAsInt() : peak;
  }

  private void took(TaskFigures task, double share) {
    boolean known = task.durations.count() > 0;
    String text = known ? Words.took(task.durations.quantile(share)) : "–";
    html.leaf("td", text, "class", "number");
  }

  private void bar(TaskFigures task) {
    int all = task.executions();
    String share = Words.share(task.count(Status.SUCCEEDED), task.decided());
    String label = share + " succeeded";
    html.open("svg", "class", "bar", "height", "12", "role", "img", "aria-label", label);
    double x = part(0, task.count(Status.SUCCEEDED), all, Tone.GOOD);
    x = part(x, task.open(), all, Tone.OPEN);
    x = part(x, task.count(Status.CANCELLED) + task.count(Status.NOT_STARTED), all, Tone.QUIET);
    part(x, task.failed(), all, Tone.BAD);
    html.close();
    html.leaf("span", share, "class", "percent");
  }

  /** Returns where the next one begins. */
  private double part(double x, int count, int all, Tone tone) {
    if (count == 0) {
      return x;
    }
    double width = Math.min(100 - x, Math.max(1, 100.0 * count / all));
    html.open(
            "rect",
            "class",
            "mark " + tone.css(),
            "x",
            Period.percent(x),
            "width",
            Period.percent(width),
            "height",
            "12")
        .close();
    return x + width;
  }
}
