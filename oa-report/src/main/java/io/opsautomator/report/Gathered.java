package io.opsautomator.report;

import io.opsautomator.store.Execution;
import io.opsautomator.store.Run;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All that a page is made of. Filled by {@link StoreScan}, then {@link AuditScan}. */
final class Gathered {
  final Map<String, TaskFigures> tasks = new TreeMap<>();
  final Failures failures = new Failures();

  /** What the audit told of executions that are shown step by step, by their id. */
  final Map<String, Trace> traces = new HashMap<>();

  final List<Execution> slowest = new ArrayList<>();
  final List<Unreadable> unreadable = new ArrayList<>();

  /** In words for the reader: each a thing that is not on the page, and why. */
  final List<String> leftOut = new ArrayList<>();

  /** Whether there was an audit to read at all, and whether it counted calls. */
  boolean audited;

  boolean callsCounted;

  /** A part of a selection that could not be listed. */
  record Unreadable(Instant at, String task, String scope, String why) {}

  TaskFigures task(String name) {
    return tasks.computeIfAbsent(name, TaskFigures::new);
  }

  List<TaskFigures> byName() {
    return List.copyOf(tasks.values());
  }

  /** Newest first. */
  List<Run> runs() {
    return tasks.values().stream()
        .flatMap(task -> task.runs.stream())
        .sorted(Comparator.comparing((Run run) -> run.cause().at()).reversed())
        .toList();
  }

  int executions() {
    return tasks.values().stream().mapToInt(TaskFigures::executions).sum();
  }
}
