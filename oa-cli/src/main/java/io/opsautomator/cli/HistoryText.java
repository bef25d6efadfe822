package io.opsautomator.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Run;
import io.opsautomator.task.Trigger;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Runs and executions for people and for programs. */
final class HistoryText {
  private static final DateTimeFormatter WHEN =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT)
          .withZone(ZoneId.systemDefault());
  private static final int FAILURES = 10;

  private final PrintWriter out;
  private final Style style;

  HistoryText(PrintWriter out, Style style) {
    this.out = out;
    this.style = style;
  }

  void runs(List<CountedRun> runs) {
    Table table =
        new Table(
            style,
            "RUN",
            "TASK",
            "BEGAN",
            ">TOOK",
            "WHY",
            "STATE",
            ">GOOD",
            ">BAD",
            ">CANCELLED",
            ">NOT STARTED",
            "REMARK");
    for (CountedRun counted : runs) {
      Run run = counted.run();
      Run.Summary summary = run.summary();
      table.row(
          run.id().value(),
          style.bold(run.task().value()),
          WHEN.format(run.cause().at()),
          summary.ended().map(end -> took(run.cause().at(), end)).orElse(""),
          why(run.cause().trigger()),
          style.of(run.state()),
          summary.succeeded(),
          counted.failed(),
          counted.cancelled(),
          summary.notStarted(),
          Told.line(summary.reason()));
    }
    table.print(out, "");
  }

  static String when(Instant at) {
    return WHEN.format(at);
  }

  private static String why(Trigger trigger) {
    if (trigger instanceof Trigger.Firing firing) {
      return "due " + WHEN.format(firing.due()).substring(5, 16);
    }
    String changes = trigger.changed().map(changed -> ": " + Told.line(changed.words())).orElse("");
    if (trigger instanceof Trigger.Chained chained) {
      return "after " + chained.run().value().substring(0, 8);
    }
    return trigger instanceof Trigger.Event ? "event" : "asked" + changes;
  }

  private static String took(Instant from, Instant to) {
    Duration time = Duration.between(from, to);
    if (time.compareTo(Duration.ofMinutes(1)) < 0) {
      return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }
    return time.toMinutes() + " min";
  }

  void executions(List<Execution> executions) {
    Table table = new Table(style, "EXECUTION", "WHERE", "ON", "STATUS", "OUTCOME");
    for (Execution execution : executions) {
      JsonNode unit = Json.read(execution.origin().payload());
      table.row(
          execution.id().value(),
          Told.line(unit.path("account").asText() + "/" + unit.path("region").asText()),
          Told.line(resources(unit)),
          style.of(execution.status()),
          Told.line(outcome(execution)));
    }
    table.print(out, "");
  }

  /** Those that did not succeed, the first few of them. */
  void failures(List<Execution> executions) {
    List<Execution> bad =
        executions.stream()
            .filter(x -> x.status().ended() && x.status() != Execution.Status.SUCCEEDED)
            .toList();
    if (!bad.isEmpty()) {
      out.println();
      executions(bad.subList(0, Math.min(FAILURES, bad.size())));
      if (bad.size() > FAILURES) {
        String run = bad.get(0).origin().run().value();
        out.println((bad.size() - FAILURES) + " more: oa history --run " + run);
      }
    }
  }

  private static String resources(JsonNode unit) {
    List<String> ids = new ArrayList<>();
    unit.path("resources").forEach(resource -> ids.add(resource.path("id").asText()));
    return ids.size() <= 2
        ? String.join(", ", ids)
        : ids.get(0) + " and " + (ids.size() - 1) + " more";
  }

  /** The reason of a failure, else what was seen of the resources. */
  private static String outcome(Execution execution) {
    JsonNode outcome =
        Json.read(execution.progress().outcome().map(HistoryText::json).orElse("{}"));
    String code = outcome.path("code").asText();
    String reason = outcome.path("reason").asText();
    if (!code.isEmpty() || !reason.isEmpty()) {
      return code.isEmpty() ? reason : code + ": " + reason;
    }
    List<String> evidence = new ArrayList<>();
    outcome
        .path("evidence")
        .properties()
        .forEach(seen -> evidence.add(seen.getKey() + " " + detail(seen.getValue())));
    return evidence.size() <= 2
        ? String.join("; ", evidence)
        : evidence.get(0) + " and " + (evidence.size() - 1) + " more";
  }

  private static String detail(JsonNode evidence) {
    String detail = evidence.path("detail").asText();
    return detail.isEmpty() ? evidence.path("kind").asText().toLowerCase(Locale.ROOT) : detail;
  }

  static Map<String, Object> json(CountedRun counted) {
    Run run = counted.run();
    Run.Summary summary = run.summary();
    return Json.object(
        "run", run.id().value(),
        "task", run.task().value(),
        "state", run.state().name(),
        "trigger", run.cause().trigger().key(),
        "changes", run.cause().trigger().changed().map(Trigger.Changes::words),
        "at", run.cause().at().toString(),
        "ended", summary.ended().map(Instant::toString),
        "succeeded", summary.succeeded(),
        "failed", counted.failed(),
        "cancelled", counted.cancelled(),
        "notStarted", summary.notStarted(),
        "reason", summary.reason());
  }

  static Map<String, Object> json(Run run, List<Execution> executions) {
    Map<String, Object> all = json(CountedRun.of(run, executions));
    all.put("executions", executions.stream().map(HistoryText::json).toList());
    return all;
  }

  private static Map<String, Object> json(Execution execution) {
    JsonNode unit = Json.read(execution.origin().payload());
    List<String> ids = new ArrayList<>();
    unit.path("resources").forEach(resource -> ids.add(resource.path("id").asText()));
    return Json.object(
        "execution", execution.id().value(),
        "unit", unit.path("key").asText(),
        "account", unit.path("account").asText(),
        "region", unit.path("region").asText(),
        "resources", ids,
        "status", execution.status().name(),
        "startedAt", execution.progress().startedAt().map(Instant::toString),
        "outcome", execution.progress().outcome().map(HistoryText::json).map(Json::read));
  }

  /** What never began has no outcome of an action's, only a reason. */
  private static String json(String outcome) {
    return outcome.startsWith("{") ? outcome : Json.line(Json.object("reason", outcome));
  }
}
