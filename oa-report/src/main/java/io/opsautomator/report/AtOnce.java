package io.opsautomator.report;

import java.util.List;

/** How many executions of each task there were at once, against its limit. */
final class AtOnce extends Section {

  AtOnce(Html html, Gathered from, Words words) {
    super(html, from, words);
  }

  /** Tasks that have a chart: those that did most. */
  static List<TaskFigures> charted(Gathered from) {
    List<TaskFigures> moved =
        from.byName().stream().filter(task -> task.atOnce.highest() > 0).toList();
    return Timeline.busiest(moved, Limits.CHARTS);
  }

  @Override
  void write() {
    begin(
        "at-once",
        "How much at once",
        "Executions at work, the highest number in each interval. Dashed: the limit. A slot is taken a"
            + " moment before work begins.");
    List<TaskFigures> charted = charted(from);
    if (charted.isEmpty()) {
      nothing(
          from.audited
              ? "Nothing was executed."
              : "The audit file tells this, and there was none beside the store.");
    } else {
      withoutScripts();
      html.open("div", "class", "charts");
      charted.forEach(this::chart);
      html.close();
      shown(charted);
      rows();
    }
    end();
  }

  private void shown(List<TaskFigures> charted) {
    long all = from.byName().stream().filter(task -> task.atOnce.highest() > 0).count();
    if (charted.size() < all) {
      from.leftOut.add(
          "Charts of "
              + Words.counted(all - charted.size(), "task")
              + " with fewer runs than those that are shown.");
    }
  }

  private void chart(TaskFigures task) {
    html.open("figure", "data-task", number(task.name));
    html.open("figcaption").leaf("span", task.name, "class", "name");
    html.leaf("span", caption(task), "class", "note").close();
    String label = "Executions of " + task.name + " at once over time: " + caption(task);
    html.open(
            "div",
            "class",
            "chart",
            "role",
            "img",
            "aria-label",
            label,
            "data-chart",
            "level",
            "data-of",
            number(task.name))
        .close();
    html.close();
  }

  private static String caption(TaskFigures task) {
    String peak = "at most " + Words.number(task.atWork()) + " at work";
    return task.limit().isPresent()
        ? peak
            + "; "
            + Words.number(task.slots())
            + " of "
            + task.limit().getAsInt()
            + " slots taken"
        : peak + "; no limit of its own";
  }

  private void rows() {
    folded("As a table");
    table(
        "Executions at once",
        "Task",
        ">At work, at most",
        "When first",
        ">Slots taken, at most",
        ">Limit",
        ">Executions timed");
    for (TaskFigures task : from.byName().stream().limit(Limits.ROWS).toList()) {
      html.open("tr", "data-task", number(task.name));
      html.leaf("th", task.name, "scope", "row", "class", "name");
      figure(task.atWork());
      cell(task.atOnce.highestAt(task.ceiling()).map(words::minute).orElse("–"));
      figure(task.slots());
      String limit = task.limit().isPresent() ? Words.number(task.limit().getAsInt()) : "–";
      html.leaf("td", limit, "class", "number");
      figure(task.durations.count());
      html.close();
    }
    endTable();
    html.close();
  }
}
