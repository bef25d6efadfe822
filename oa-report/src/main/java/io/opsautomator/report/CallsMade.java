package io.opsautomator.report;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** Calls to the cloud over time, and how many of them were throttled. */
final class CallsMade extends Section {

  CallsMade(Html html, Gathered from, Words words) {
    super(html, from, words);
  }

  @Override
  void write() {
    String about =
        from.callsCounted
            ? "By the minute; throttled calls were answered with a wish to be asked later, and were."
            : "Calls that were throttled, by the minute: each was made again later. This audit does"
                + " not count the others.";
    begin("calls", "Calls to the cloud", from.audited ? about : "");
    List<TaskFigures> callers = from.byName().stream().filter(task -> task.calls.any()).toList();
    if (callers.isEmpty()) {
      nothing(
          from.audited
              ? "None was counted."
              : "The audit file tells this, and there was none beside the store.");
    } else {
      chart(callers);
      rows(callers);
    }
    end();
  }

  private void chart(List<TaskFigures> callers) {
    withoutScripts();
    String label = "Calls over time: " + caption(callers);
    html.open("figure", "class", "wide");
    html.open("figcaption").leaf("span", caption(callers), "class", "note").close();
    html.open("div", "class", "chart", "role", "img", "aria-label", label, "data-chart", "calls")
        .close();
    html.close();
  }

  private String caption(List<TaskFigures> callers) {
    long throttled = callers.stream().mapToLong(task -> task.calls.throttled()).sum();
    if (!from.callsCounted) {
      return Words.number(throttled) + " throttled";
    }
    long calls = callers.stream().mapToLong(task -> task.calls.calls()).sum();
    return Words.counted(calls, "call")
        + ", "
        + Words.number(throttled)
        + " throttled ("
        + Words.share(throttled, calls)
        + ")";
  }

  private void rows(List<TaskFigures> callers) {
    folded("As a table");
    table("Calls by task", "Task", ">Calls", ">Throttled", ">Share", "Busiest minute");
    callers.stream().limit(Limits.ROWS).forEach(this::row);
    endTable();
    html.close();
  }

  private void row(TaskFigures task) {
    html.open("tr", "data-task", number(task.name));
    html.leaf("th", task.name, "scope", "row", "class", "name");
    figure(task.calls.calls());
    figure(task.calls.throttled());
    String share =
        from.callsCounted ? Words.share(task.calls.throttled(), task.calls.calls()) : "–";
    html.leaf("td", share, "class", "number");
    cell(busiest(task.calls));
    html.close();
  }

  private String busiest(Counts counts) {
    return counts.intervals().stream()
        .max(Comparator.comparingLong(i -> Math.max(i.calls(), i.throttled())))
        .map(
            interval ->
                words.minute(Instant.ofEpochSecond(interval.begin()))
                    + ", "
                    + Words.number(Math.max(interval.calls(), interval.throttled()))
                    + (counts.width() == 60 ? "" : " in " + counts.width() / 60 + " minutes"))
        .orElse("–");
  }
}
