package io.opsautomator.report;

import io.opsautomator.store.Run;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * A lane for each task with a mark for each run; with very many runs a mark stands for those that
 * are next to each other, in the colour of the worst. A table says the same in words.
 */
final class Timeline extends Section {
  private static final String HEIGHT = "26";
  private final Period period;

  Timeline(Html html, Gathered from, Words words, Period period) {
    super(html, from, words);
    this.period = period;
  }

  /** One run, or several that lie close together. */
  private record Mark(Instant from, Instant to, List<Run> runs) {
    Tone tone() {
      return runs.stream()
          .map(run -> Tone.of(run.state()))
          .max(Comparator.comparingInt(Mark::weight))
          .orElse(Tone.QUIET);
    }

    private static int weight(Tone tone) {
      return switch (tone) {
        case QUIET -> 0;
        case GOOD -> 1;
        case OPEN -> 2;
        case ODD -> 3;
        case BAD -> 4;
      };
    }
  }

  @Override
  void write() {
    begin("timeline", "When it ran", "");
    if (from.runs().isEmpty()) {
      nothing("No run in this period.");
    } else {
      legend();
      lanes();
      list();
    }
    end();
  }

  private void legend() {
    html.open("ul", "class", "legend", "aria-label", "Colours");
    for (Tone tone : Tone.values()) {
      String label =
          switch (tone) {
            case GOOD -> "complete";
            case ODD -> "partial";
            case BAD -> "failed";
            case QUIET -> "cancelled or held back";
            case OPEN -> "open";
          };
      html.open("li").leaf("span", "", "class", "dot " + tone.css()).text(label).close();
    }
    html.close();
  }

  private void lanes() {
    List<TaskFigures> tasks = busiest(from.byName(), Limits.LANES);
    if (tasks.size() < from.tasks.size()) {
      from.leftOut.add(
          "Lanes of "
              + Words.counted(from.tasks.size() - tasks.size(), "task")
              + " with fewer runs than those that are shown.");
    }
    html.open("div", "class", "lanes");
    tasks.forEach(this::lane);
    axis();
    html.close();
    html.leaf("p", "", "class", "readout", "aria-live", "polite", "id", "readout");
  }

  /** In the order of their names. */
  static List<TaskFigures> busiest(List<TaskFigures> tasks, int most) {
    List<TaskFigures> busiest =
        new ArrayList<>(
            tasks.stream()
                .sorted(Comparator.comparingInt((TaskFigures t) -> -t.runs.size()))
                .limit(most)
                .toList());
    busiest.sort(Comparator.comparing(task -> task.name));
    return busiest;
  }

  private void lane(TaskFigures task) {
    html.open("div", "class", "lane", "data-task", number(task.name));
    html.leaf("span", task.name, "class", "name");
    String label = task.name + ": " + Words.counted(task.runs.size(), "run") + odd(task);
    html.open("svg", "class", "marks", "height", HEIGHT, "role", "img", "aria-label", label);
    html.open("line", "class", "ground", "x1", "0", "x2", "100%", "y1", "13", "y2", "13").close();
    period.ticks().forEach(this::grid);
    marks(task).forEach(this::mark);
    html.close().close();
  }

  private static String odd(TaskFigures task) {
    long partial = task.runs(Run.State.PARTIAL);
    long failed = task.runs(Run.State.FAILED);
    return (partial == 0 ? "" : ", " + partial + " partial")
        + (failed == 0 ? "" : ", " + failed + " failed");
  }

  private void grid(Period.Tick tick) {
    String x = period.percent(tick.at());
    html.open("line", "class", "grid", "x1", x, "x2", x, "y1", "0", "y2", HEIGHT).close();
  }

  /** Colour is not all that tells them apart: what went worse stands higher. */
  private void mark(Mark mark) {
    double left = period.position(mark.from());
    double width = Math.max(0.05, period.position(mark.to()) - left);
    Tone tone = mark.tone();
    int height =
        switch (tone) {
          case BAD -> 22;
          case ODD -> 17;
          case GOOD, OPEN -> 12;
          case QUIET -> 6;
        };
    html.open(
        "rect",
        "class",
        "mark " + tone.css(),
        "x",
        Period.percent(Math.min(left, 100 - width)),
        "width",
        Period.percent(width),
        "y",
        "" + (13 - height / 2.0),
        "height",
        "" + height);
    html.leaf("title", told(mark)).close();
  }

  private String told(Mark mark) {
    if (mark.runs().size() == 1) {
      return told(mark.runs().get(0));
    }
    Run last = mark.runs().get(0);
    long well = mark.runs().stream().filter(run -> Tone.of(run.state()) == Tone.GOOD).count();
    return last.task().value()
        + ", "
        + words.minute(mark.from())
        + " to "
        + words.minute(mark.to())
        + ": "
        + Words.counted(mark.runs().size(), "run")
        + ", "
        + Words.number(well)
        + " complete";
  }

  private String told(Run run) {
    String reason = run.summary().reason();
    return run.task().value()
        + ", "
        + words.minute(run.cause().at())
        + ": "
        + Words.state(run.state())
        + " ("
        + took(run)
        + "), "
        + counts(run)
        + (reason.isEmpty() ? "" : " – " + Words.cut(reason, Limits.DETAIL));
  }

  private List<Mark> marks(TaskFigures task) {
    List<Run> runs = task.runs;
    boolean each = runs.size() <= Limits.MARKS;
    List<Mark> marks = new ArrayList<>();
    List<Run> together = new ArrayList<>();
    long place = -1;
    for (Run run : runs) {
      long here = each ? -1 : (long) (period.position(run.cause().at()) / 100 * Limits.MARKS);
      if (!together.isEmpty() && (each || here != place)) {
        marks.add(mark(together));
        together = new ArrayList<>();
      }
      together.add(run);
      place = here;
    }
    if (!together.isEmpty()) {
      marks.add(mark(together));
    }
    Collections.reverse(marks);
    return marks;
  }

  private Mark mark(List<Run> newestFirst) {
    Instant first = newestFirst.get(newestFirst.size() - 1).cause().at();
    Instant last =
        newestFirst.stream()
            .map(run -> run.summary().ended().orElse(period.to()))
            .max(Comparator.naturalOrder())
            .orElse(first);
    return new Mark(first, last, List.copyOf(newestFirst));
  }

  private void axis() {
    html.open("div", "class", "lane axis", "aria-hidden", "true").leaf("span", "", "class", "name");
    html.open("svg", "class", "marks", "height", "18");
    int number = 0;
    for (Period.Tick tick : period.ticks()) {
      double x = period.position(tick.at());
      String anchor = x > 94 ? "end" : x < 3 ? "start" : "middle";
      html.leaf(
          "text",
          tick.label(),
          "x",
          Period.percent(x),
          "y",
          "13",
          "text-anchor",
          anchor,
          "class",
          number++ % 2 == 0 ? "even" : "odd");
    }
    html.close().close();
  }

  private void list() {
    List<Run> runs = from.runs();
    int shown = Math.min(Limits.ROWS, runs.size());
    if (shown < runs.size()) {
      from.leftOut.add(
          "All but the newest "
              + shown
              + " of "
              + Words.counted(runs.size(), "run")
              + " in the list of runs.");
    }
    folded(shown < runs.size() ? "The newest " + shown + " runs as a table" : "Runs as a table");
    table("Runs, newest first", "Task", "Began", ">Took", "Why", "State", "What came of it", "Run");
    runs.subList(0, shown).forEach(this::row);
    endTable();
    html.close();
  }

  private void row(Run run) {
    html.open("tr", "data-task", number(run.task().value()));
    html.leaf("th", run.task().value(), "scope", "row", "class", "name");
    cell(words.moment(run.cause().at()));
    html.leaf("td", took(run), "class", "number");
    cell(why(run.cause().trigger()));
    html.open("td");
    badge(run.state(), Tone.of(run.state()));
    html.close();
    String reason = run.summary().reason();
    cell(counts(run) + (reason.isEmpty() ? "" : " – " + Words.cut(reason, Limits.DETAIL)));
    html.leaf("td", run.id().value(), "class", "id");
    html.close();
  }
}
