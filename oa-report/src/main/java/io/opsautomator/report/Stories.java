package io.opsautomator.report;

import io.opsautomator.store.Execution;
import io.opsautomator.store.JournalEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Executions that failed and those that took longest, each with its steps in order. */
final class Stories extends Section {
  private static final int NAMED = 3;

  Stories(Html html, Gathered from, Words words) {
    super(html, from, words);
  }

  @Override
  void write() {
    begin(
        "executions",
        "Executions to look at",
        "Each opens to what it learnt, did and waited for, with the time since it began.");
    failed();
    slowest();
    end();
  }

  private void failed() {
    List<Failures.Group> groups = from.failures.groups();
    html.leaf("h3", "Failed");
    if (groups.isEmpty()) {
      nothing("None failed.");
      return;
    }
    int all = groups.stream().mapToInt(group -> group.count).sum();
    int shown = from.failures.examples().size();
    if (shown < all) {
      String part = Words.number(shown) + " of " + Words.counted(all, "failed execution");
      html.leaf("p", part + ": some of each cause.", "class", "about");
      from.leftOut.add(
          Words.number(all - shown)
              + " failed executions that failed for the same reasons as those shown; "
              + listing());
    }
    groups.stream()
        .limit(shown)
        .forEach(group -> from.failures.examples(group).forEach(each -> story(group.task, each)));
  }

  /** Where the others are to be seen. */
  private String listing() {
    List<String> runs = from.failures.runs();
    String named =
        runs.stream()
            .limit(NAMED)
            .map(run -> "oa history --run " + run)
            .collect(Collectors.joining(", "));
    String others = runs.size() > NAMED ? " and so on" : "";
    return named + others + (runs.size() == 1 ? " lists them." : " list them.");
  }

  private void slowest() {
    html.leaf("h3", "Slowest");
    if (from.slowest.isEmpty()) {
      nothing(
          from.audited
              ? "None took any time worth telling."
              : "The audit file tells this, and there was none beside the store.");
      return;
    }
    for (Execution execution : from.slowest) {
      Optional.ofNullable(from.traces.get(execution.id().value()))
          .ifPresent(trace -> story(trace.task, execution));
    }
  }

  private void story(String task, Execution execution) {
    Optional<Trace> trace = Optional.ofNullable(from.traces.get(execution.id().value()));
    Outcome outcome = Outcome.of(execution);
    html.open("details", "class", "story", "data-task", number(task));
    html.open("summary");
    badge(execution.status(), Tone.of(execution.status()));
    html.leaf("span", task, "class", "name");
    html.leaf("span", outcome.on(), "class", "on");
    html.leaf("span", when(execution, trace), "class", "when");
    html.close();
    facts(execution, outcome);
    if (trace.isPresent()) {
      steps(trace.get());
    } else {
      journal(execution);
    }
    html.close();
  }

  private String when(Execution execution, Optional<Trace> trace) {
    String began = execution.progress().startedAt().map(words::minute).orElse("never started");
    return began + trace.map(t -> ", " + Words.took(t.took())).orElse("");
  }

  private void facts(Execution execution, Outcome outcome) {
    html.open("dl", "class", "facts");
    fact("Where", outcome.where());
    fact("On", Words.cut(String.join(", ", outcome.resources()), Limits.REASON));
    if (!outcome.reason().isBlank()) {
      fact("Why", Words.cut(outcome.reason(), Limits.REASON));
    }
    fact("Execution", execution.id().value());
    fact("Run", execution.origin().run().value());
    html.close();
  }

  private void fact(String name, String value) {
    html.open("div").leaf("dt", name).leaf("dd", value.isBlank() ? "–" : value).close();
  }

  private void steps(Trace trace) {
    html.open("ol", "class", "steps");
    point("begin", "+0 s", "started", words.moment(trace.began));
    for (List<Trace.Step> alike : together(trace.steps)) {
      Trace.Step step = alike.get(0);
      String offset = "+" + Words.took(Duration.between(trace.began, step.at()));
      point(tone(step), offset, title(alike), step.detail());
    }
    html.close();
    if (trace.leftOut > 0) {
      html.leaf("p", Words.counted(trace.leftOut, "more step") + " not shown.", "class", "about");
    }
  }

  /** The same thing done to several resources at the same time is told once. */
  private static List<List<Trace.Step>> together(List<Trace.Step> steps) {
    List<List<Trace.Step>> groups = new ArrayList<>();
    for (Trace.Step step : steps) {
      List<Trace.Step> last = groups.isEmpty() ? List.of() : groups.get(groups.size() - 1);
      if (!last.isEmpty() && alike(last.get(0), step)) {
        last.add(step);
      } else {
        groups.add(new ArrayList<>(List.of(step)));
      }
    }
    return groups;
  }

  private static boolean alike(Trace.Step one, Trace.Step other) {
    return one.name().contains("/")
        && one.stem().equals(other.stem())
        && one.kind().equals(other.kind())
        && one.at().equals(other.at());
  }

  private static String title(List<Trace.Step> alike) {
    Trace.Step step = alike.get(0);
    return switch (step.kind()) {
      case Moves.ENDED -> step.name().toLowerCase(Locale.ROOT).replace('_', ' ');
      case "waiting" -> "began to wait";
      case "warned", "queued again", "started again" -> step.kind();
      default -> {
        String more = alike.size() == 1 ? "" : " and " + (alike.size() - 1) + " more";
        yield verb(step.kind()) + " " + step.name() + more;
      }
    };
  }

  private static String verb(String kind) {
    return switch (kind) {
      case "fact" -> "learnt";
      case "done" -> "did";
      case "found_done" -> "found done";
      case "in_doubt" -> "in doubt:";
      case "refused" -> "was refused";
      case "awaited" -> "waited for";
      case "undone" -> "took back";
      default -> kind.replace('_', ' ');
    };
  }

  private static String tone(Trace.Step step) {
    return switch (step.kind()) {
      case "done", "found_done" -> "good";
      case "refused" -> "bad";
      case "in_doubt", "warned" -> "odd";
      case Moves.ENDED -> step.name().equals("SUCCEEDED") ? "good end" : "bad end";
      case "waiting", "awaited", "queued again", "started again" -> "wait";
      default -> "quiet";
    };
  }

  private void point(String tone, String offset, String title, String detail) {
    html.open("li", "class", tone).leaf("span", offset, "class", "offset");
    html.open("span", "class", "what").leaf("strong", title);
    if (!detail.isBlank()) {
      html.leaf("span", detail, "class", "detail");
    }
    html.close().close();
  }

  /** Without times, which a journal does not have, and without values, which may be secret. */
  private void journal(Execution execution) {
    if (execution.journal().isEmpty()) {
      nothing("It has done nothing.");
      return;
    }
    html.open("ol", "class", "steps");
    for (JournalEntry entry : execution.journal().stream().limit(Limits.ROWS).toList()) {
      String stage = Words.state(entry.stage());
      point(stage.equals("refused") ? "bad" : "quiet", "", verb(stage) + " " + entry.step(), "");
    }
    html.close();
  }
}
