package io.opsautomator.report;

import io.opsautomator.store.Run;
import io.opsautomator.task.Trigger;
import java.time.Duration;
import java.util.List;

/** What the parts of the page share. */
abstract class Section {
  final Html html;
  final Gathered from;
  final Words words;

  Section(Html html, Gathered from, Words words) {
    this.html = html;
    this.from = from;
    this.words = words;
  }

  abstract void write();

  void begin(String id, String title, String about) {
    html.open("section", "id", id, "aria-labelledby", id + "-title");
    html.leaf("h2", title, "id", id + "-title");
    if (!about.isEmpty()) {
      html.leaf("p", about, "class", "about");
    }
  }

  void end() {
    html.close();
  }

  void nothing(String text) {
    html.leaf("p", text, "class", "empty");
  }

  /** By its number: a name is nothing that selectors should have to cope with. */
  String number(String task) {
    return "" + List.copyOf(from.tasks.keySet()).indexOf(task);
  }

  void badge(Enum<?> state, Tone tone) {
    html.leaf("span", Words.state(state), "class", "badge " + tone.css());
  }

  /** A table that scrolls within itself where there is no room for it. */
  void table(String caption, String... heads) {
    html.open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", caption);
    html.open("table").leaf("caption", caption, "class", "unseen");
    html.open("thead").open("tr");
    for (String head : heads) {
      boolean number = head.startsWith(">");
      String[] scope = {"scope", "col", "class", number ? "number" : "text"};
      html.leaf("th", number ? head.substring(1) : head, scope);
    }
    html.close().close().open("tbody");
  }

  void endTable() {
    html.close().close().close();
  }

  void cell(String text) {
    html.leaf("td", text);
  }

  void figure(long value) {
    html.leaf("td", Words.number(value), "class", value == 0 ? "number zero" : "number");
  }

  void folded(String summary) {
    html.open("details").leaf("summary", summary);
  }

  void withoutScripts() {
    html.open("noscript").leaf("p", "Charts need scripts; the table does not.").close();
  }

  static String why(Trigger trigger) {
    if (trigger instanceof Trigger.Firing) {
      return "on schedule";
    }
    return trigger instanceof Trigger.Event ? "by an event" : "asked for";
  }

  static String took(Run run) {
    return run.summary()
        .ended()
        .map(end -> Words.took(Duration.between(run.cause().at(), end)))
        .orElse("open");
  }

  /** What came of a run in one line. */
  String counts(Run run) {
    Run.Summary summary = run.summary();
    int cancelled = from.task(run.task().value()).cancelled(run);
    return Words.number(summary.succeeded())
        + " succeeded"
        + some(summary.failed() - cancelled, "failed")
        + some(cancelled, "cancelled")
        + some(summary.notStarted(), "not started");
  }

  private static String some(int count, String what) {
    return count == 0 ? "" : ", " + Words.number(count) + " " + what;
  }
}
