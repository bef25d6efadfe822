package io.opsautomator.report;

import java.time.Instant;
import java.util.List;

/** The page from its head to its foot. */
final class Page {
  private static final String[][] PARTS = {
    {"glance", "At a glance"},
    {"timeline", "Timeline"},
    {"outcomes", "Outcomes"},
    {"at-once", "At once"},
    {"calls", "Calls"},
    {"executions", "Executions"},
    {"quiet", "Did nothing"}
  };

  private final Html html = new Html();
  private final String title;
  private final Gathered from;
  private final Period period;
  private final Words words;

  Page(String title, Gathered from, Period period) {
    this.title = title;
    this.from = from;
    this.period = period;
    this.words = new Words(period.zone());
  }

  String write(Instant now) {
    Assets assets = Assets.load();
    html.open("html", "lang", "en");
    head(assets);
    html.open("body");
    html.leaf("a", "Skip to the content", "href", "#main", "class", "skip");
    Glance glance = new Glance(html, from, words, period);
    top(glance.sentence());
    html.open("main", "id", "main");
    sections(glance).forEach(Section::write);
    leftOut();
    html.close();
    foot(now);
    html.verbatim(
        "script", ScriptData.of(from, period), "type", "application/json", "id", "figures");
    html.verbatim("script", assets.script());
    html.close().close();
    return html.done();
  }

  private void head(Assets assets) {
    html.open("head");
    html.single("meta", "charset", "utf-8");
    html.single("meta", "http-equiv", "Content-Security-Policy", "content", assets.policy());
    html.single("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    html.single("meta", "name", "color-scheme", "content", "light dark");
    html.single("meta", "name", "referrer", "content", "no-referrer");
    html.leaf("title", title);
    html.verbatim("style", assets.style());
    html.close();
  }

  private void top(String sentence) {
    html.open("header", "class", "top");
    html.leaf("p", "Ops Automator", "class", "brand");
    html.leaf("h1", title);
    html.leaf("p", range(), "class", "range");
    html.leaf("p", sentence, "class", "lead");
    html.close();
    html.open("div", "class", "bar-top");
    html.open("nav", "aria-label", "Parts of this report").open("ul");
    for (String[] part : PARTS) {
      html.open("li").leaf("a", part[1], "href", "#" + part[0]).close();
    }
    html.close().close();
    filter();
    html.close();
  }

  private String range() {
    return words.minute(period.from())
        + " to "
        + words.minute(period.to())
        + " "
        + period.to().atZone(period.zone()).getYear()
        + " ("
        + Words.name(period.zone())
        + ")";
  }

  /** Hidden until there is a script to make it work. */
  private void filter() {
    html.open("div", "class", "filter", "role", "search", "hidden", "");
    html.leaf("label", "Task", "for", "task");
    html.open("select", "id", "task").leaf("option", "All tasks", "value", "");
    int number = 0;
    for (TaskFigures task : from.byName()) {
      html.leaf("option", task.name, "value", "" + number++);
    }
    html.close().close();
  }

  private List<Section> sections(Glance glance) {
    return List.of(
        glance,
        new Timeline(html, from, words, period),
        new Outcomes(html, from, words),
        new AtOnce(html, from, words),
        new CallsMade(html, from, words),
        new Stories(html, from, words),
        new Quiet(html, from, words));
  }

  private void leftOut() {
    if (from.leftOut.isEmpty()) {
      return;
    }
    html.open("section", "id", "left-out", "aria-labelledby", "left-out-title");
    html.leaf("h2", "What is not shown", "id", "left-out-title");
    html.open("ul", "class", "plain");
    from.leftOut.forEach(text -> html.leaf("li", text));
    html.close().close();
  }

  private void foot(Instant now) {
    html.open("footer");
    html.leaf(
        "p",
        "Written on "
            + words.date(now)
            + " at "
            + words.time(now)
            + " ("
            + Words.name(period.zone())
            + "), from the store"
            + (from.audited ? " and its audit file" : "; there was no audit file")
            + ". This page asks no server for anything.");
    html.close();
  }
}
