package io.opsautomator.report;

import io.opsautomator.store.Run;
import java.util.List;

/** Runs of which nothing came: held back, or with nothing to do. */
final class Quiet extends Section {

  Quiet(Html html, Gathered from, Words words) {
    super(html, from, words);
  }

  @Override
  void write() {
    begin(
        "quiet",
        "Runs that did nothing",
        "Held back by an overlap or misfire rule, or ended without a resource to act on.");
    List<Run> runs = from.runs().stream().filter(Quiet::quiet).toList();
    if (runs.isEmpty()) {
      nothing("Every run had something to do.");
    } else {
      rows(runs);
    }
    end();
  }

  private static boolean quiet(Run run) {
    Run.Summary summary = run.summary();
    boolean none = summary.succeeded() + summary.failed() + summary.notStarted() == 0;
    return run.state().ended() && none;
  }

  private void rows(List<Run> runs) {
    int shown = Math.min(Limits.ROWS, runs.size());
    if (shown < runs.size()) {
      from.leftOut.add(
          "All but the newest "
              + shown
              + " of "
              + Words.counted(runs.size(), "run")
              + " that did nothing.");
    }
    table("Runs that did nothing", "Task", "When", "State", "Looked at", "Why");
    runs.subList(0, shown).forEach(this::row);
    endTable();
  }

  private void row(Run run) {
    html.open("tr", "data-task", number(run.task().value()));
    html.leaf("th", run.task().value(), "scope", "row", "class", "name");
    cell(words.minute(run.cause().at()));
    html.open("td");
    badge(run.state(), Tone.of(run.state()));
    html.close();
    cell(run.summary().extent().map(e -> Words.counted(e.listed(), "resource")).orElse("–"));
    cell(Words.cut(why(run), Limits.REASON));
    html.close();
  }

  private static String why(Run run) {
    String reason = run.summary().reason();
    if (!reason.isBlank()) {
      return reason;
    }
    return run.state() == Run.State.COMPLETE ? "nothing was selected" : "";
  }
}
