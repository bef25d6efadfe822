package io.opsautomator.sqlite;

import io.opsautomator.store.Execution.Status;
import io.opsautomator.store.Gate;
import io.opsautomator.store.Grant;
import io.opsautomator.store.StoredTask;
import io.opsautomator.task.RunId;
import io.opsautomator.task.TaskName;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Finds what refers to something that is not there, or is over. Of that, what an engine mends by
 * itself when it next works is pending; the rest is stray, and should not exist. Used once, with
 * all tasks and gates told before.
 */
final class Loose {
  private static final String UNFINISHED =
      Arrays.stream(Status.values())
          .filter(status -> !status.ended())
          .map(status -> "'" + status + "'")
          .collect(Collectors.joining(", "));

  private final Session session;
  private final Map<TaskName, RunId> openRuns = new LinkedHashMap<>();
  private final List<Grant> grants = new ArrayList<>();
  private final List<String> stray = new ArrayList<>();
  private final List<String> pending = new ArrayList<>();

  Loose(Session session) {
    this.session = session;
  }

  void task(StoredTask task) {
    task.clock().open().ifPresent(run -> openRuns.put(task.name(), run));
  }

  void gate(Gate gate) {
    grants.addAll(gate.held());
  }

  List<String> stray() {
    return stray;
  }

  List<String> pending() {
    return pending;
  }

  void find() throws SQLException {
    executions();
    for (String table : List.of("slice", "page", "batch")) {
      withoutRun(table);
    }
    for (Map.Entry<TaskName, RunId> open : openRuns.entrySet()) {
      task(open.getKey(), open.getValue());
    }
    for (Grant grant : grants) {
      slot(grant);
    }
    queues();
  }

  private void executions() throws SQLException {
    session.each(
        row ->
            stray.add(
                "execution %s is %s, but its run %s %s"
                    .formatted(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4) == null ? "is missing" : "is " + row.getString(4))),
        "SELECT e.id, e.status, e.run, r.state FROM execution e LEFT JOIN run r ON r.id = e.run"
            + " WHERE r.id IS NULL OR (r.ended IS NOT NULL AND e.status IN ("
            + UNFINISHED
            + "))");
  }

  private void withoutRun(String table) throws SQLException {
    session.each(
        row -> stray.add("a %s is of run %s, which is missing".formatted(table, row.getString(1))),
        "SELECT DISTINCT run FROM " + table + " WHERE run NOT IN (SELECT id FROM run)");
  }

  private void task(TaskName task, RunId open) throws SQLException {
    Optional<String> ended =
        session.first(
            row -> row.getString(1) == null ? "" : row.getString(2),
            "SELECT ended, state FROM run WHERE id = ?",
            open.value());
    if (!ended.equals(Optional.of(""))) {
      stray.add(
          "task %s waits for its run %s, which is %s"
              .formatted(task.value(), open.value(), ended.orElse("missing")));
    }
  }

  private void slot(Grant grant) throws SQLException {
    String holder = grant.holder().execution().value();
    String status =
        session
            .first(row -> row.getString(1), "SELECT status FROM execution WHERE id = ?", holder)
            .orElse("missing");
    if (status.equals("missing") || Status.valueOf(status).ended()) {
      pending.add(
          "a slot of gate %s is held by execution %s, which is %s"
              .formatted(grant.gate().value(), holder, status));
    }
  }

  private void queues() throws SQLException {
    session.each(
        row ->
            pending.add(
                "execution %s is queued at gate %s, but is %s"
                    .formatted(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3) == null ? "missing" : row.getString(3))),
        "SELECT w.execution, w.gate, e.status FROM waiting w"
            + " LEFT JOIN execution e ON e.id = w.execution"
            + " WHERE e.id IS NULL OR e.status <> 'WAITING'");
  }
}
