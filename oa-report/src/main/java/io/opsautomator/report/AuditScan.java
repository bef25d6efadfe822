package io.opsautomator.report;

import io.opsautomator.store.Execution;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Reads an audit file from its begin, once, and keeps what the store does not have: when things
 * happened, how many at once, and the steps of those executions that are shown in full.
 *
 * <p>Which executions are slow is known only when they have ended, so every one is watched from its
 * start to its end, and forgotten unless it failed or is among the slowest. An event that is there
 * twice counts once.
 */
final class AuditScan {
  private final Gathered into;
  private final Period period;
  private final Map<String, Trace> watched = new HashMap<>();
  private final Set<String> failed = new HashSet<>();
  private final Slowest slowest;
  private int unwatched;
  private int damaged;

  AuditScan(Gathered into, Period period) {
    this.into = into;
    this.period = period;
    this.slowest = new Slowest(into.tasks.size());
    for (Execution execution : into.failures.examples()) {
      failed.add(execution.id().value());
    }
  }

  /** Returns what took longest. */
  Slowest read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      Lines lines = new Lines(in);
      while (lines.next()) {
        read(lines);
      }
    }
    into.audited = true;
    slowest.traces().forEach(trace -> into.traces.put(trace.execution, trace));
    remark();
    return slowest;
  }

  private void read(Lines lines) {
    if (lines.length() == 0 && !lines.tooLong()) {
      return;
    }
    try {
      AuditLine line = AuditLine.read(lines.bytes(), lines.tooLong() ? 0 : lines.length());
      if (within(line) && into.tasks.containsKey(line.text("task"))) {
        take(line);
      }
    } catch (IOException e) {
      damaged++;
    }
  }

  /** Calls are told by the minute, at its begin: that of the first lies before the period. */
  private boolean within(AuditLine line) {
    return line.text("event").equals("called")
        ? period.reaches(line.at())
        : period.contains(line.at());
  }

  private void remark() {
    if (damaged > 0) {
      into.leftOut.add(
          Words.counted(damaged, "line")
              + " of the audit file could not be read; the last one may"
              + " be half written still.");
    }
    if (unwatched > 0) {
      into.leftOut.add(
          "Times of " + Words.counted(unwatched, "execution") + ": too many ran at once.");
    }
  }

  private void take(AuditLine line) {
    switch (line.text("event")) {
      case "moved" -> moved(line);
      case "stepped" ->
          step(line, line.text("stage").toLowerCase(Locale.ROOT), line.text("detail"));
      case "warned" -> warned(line);
      case "called" -> called(line);
      case "unreadable" -> unreadable(line);
      default -> {}
    }
  }

  private void moved(AuditLine line) {
    String to = line.text("to");
    String id = line.text("execution");
    if (to.equals(Moves.RUNNING)) {
      atWork(line, id);
      return;
    }
    Trace trace = watched.get(id);
    if (trace == null) {
      return;
    }
    if (Moves.ended(to)) {
      end(line, trace);
    } else if (Moves.waits(to)) {
      rest(line, trace);
      step(line, "queued again", line.text("reason"));
    } else {
      step(line, "waiting", line.text("reason"));
    }
  }

  /** Told twice, or after a wait or a take-over, it is at work as before. */
  private void atWork(AuditLine line, String id) {
    if (!watched.containsKey(id) && watched.size() >= Limits.WATCHED) {
      unwatched++;
      return;
    }
    boolean again = watched.containsKey(id);
    Trace trace =
        watched.computeIfAbsent(
            id, first -> new Trace(line.text("task"), line.text("run"), first, line.at()));
    if (!trace.atWork) {
      trace.atWork = true;
      into.task(trace.task).atOnce.change(line.at(), 1);
      if (again) {
        step(line, "started again", "");
      }
    }
  }

  private void rest(AuditLine line, Trace trace) {
    if (trace.atWork) {
      trace.atWork = false;
      into.task(trace.task).atOnce.change(line.at(), -1);
    }
  }

  private void end(AuditLine line, Trace trace) {
    rest(line, trace);
    watched.remove(trace.execution);
    trace.ended = line.at();
    String detail = Words.cut(line.text("reason"), Limits.DETAIL);
    trace.add(new Trace.Step(line.at(), Moves.ENDED, line.text("to"), detail));
    into.task(trace.task).durations.add(trace.took());
    if (failed.contains(trace.execution)) {
      into.traces.put(trace.execution, trace);
    } else {
      slowest.offer(trace);
    }
  }

  private void step(AuditLine line, String kind, String detail) {
    Trace trace = watched.get(line.text("execution"));
    if (trace != null) {
      trace.add(
          new Trace.Step(line.at(), kind, line.text("step"), Words.cut(detail, Limits.DETAIL)));
    }
  }

  /** Where calls are not counted, warnings tell of the throttled ones. */
  private void warned(AuditLine line) {
    String code = line.text("code");
    step(line, "warned", code + ": " + line.text("message"));
    if (Throttling.is(code) && !into.callsCounted) {
      into.task(line.text("task")).calls.add(line.at(), 0, 1);
    }
  }

  private void called(AuditLine line) {
    if (!into.callsCounted) {
      into.callsCounted = true;
      into.byName().forEach(task -> task.calls.clear());
    }
    into.task(line.text("task"))
        .calls
        .add(line.at(), line.number("calls"), line.number("throttled"));
  }

  private void unreadable(AuditLine line) {
    Instant at = line.at();
    String why = Words.cut(line.text("why"), Limits.REASON);
    if (into.unreadable.size() < Limits.UNREADABLE) {
      into.unreadable.add(new Gathered.Unreadable(at, line.text("task"), line.text("scope"), why));
    }
  }
}
