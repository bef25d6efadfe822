package io.opsautomator.report;

import io.opsautomator.store.Execution;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.store.GateKey;
import io.opsautomator.store.Run;
import io.opsautomator.task.RunId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** What one task came to. Grows while store and audit are read. Not thread-safe. */
final class TaskFigures {
  /** More keys than this share no limit that could be drawn. */
  private static final int GATES = 2;

  final String name;
  final List<Run> runs = new ArrayList<>();
  final Durations durations = new Durations();
  final Levels atOnce = new Levels();
  final Counts calls = new Counts();

  private final Map<Status, Integer> executions = new EnumMap<>(Status.class);
  private final Map<RunId, Integer> cancelled = new HashMap<>();
  private final Set<GateKey> gates = new HashSet<>();
  private int unread;
  private int slots;
  private OptionalInt limit = OptionalInt.empty();

  TaskFigures(String name) {
    this.name = name;
  }

  void count(Execution execution) {
    executions.merge(execution.status(), 1, Integer::sum);
    if (execution.status() == Status.CANCELLED) {
      cancelled.merge(execution.origin().run(), 1, Integer::sum);
    }
    if (gates.size() < GATES) {
      execution.origin().gate().ifPresent(gates::add);
    }
    execution
        .latestGrant()
        .filter(grant -> !grant.gate().pairOf(execution.origin().run()))
        .ifPresent(grant -> slots = Math.max(slots, grant.slot() + 1));
  }

  /**
   * Of a run whose executions were not read, by what its summary says. That does not tell failed
   * ones from cancelled ones: those of a run that was cancelled count as cancelled.
   */
  void countUnread(Run run) {
    Run.Summary summary = run.summary();
    executions.merge(Status.SUCCEEDED, summary.succeeded(), Integer::sum);
    if (run.state() == Run.State.CANCELLED) {
      executions.merge(Status.CANCELLED, summary.failed(), Integer::sum);
      cancelled.put(run.id(), summary.failed());
    } else {
      executions.merge(Status.FAILED, summary.failed(), Integer::sum);
    }
    executions.merge(Status.NOT_STARTED, summary.notStarted(), Integer::sum);
    unread++;
  }

  /** The one gate that all its executions pass, if it is one. */
  List<GateKey> gates() {
    return List.copyOf(gates);
  }

  void limitedTo(int limit) {
    this.limit = OptionalInt.of(limit);
  }

  OptionalInt limit() {
    return limit;
  }

  /**
   * What its executions cannot have exceeded, by the slots that they were given; unlimited if that
   * is not known.
   */
  int ceiling() {
    return limit.isPresent() && unread == 0 && slots > 0 ? slots : Integer.MAX_VALUE;
  }

  /** How many were at work at once, at most, by the audit; 0 without one. */
  int atWork() {
    return Math.min(ceiling(), atOnce.highest());
  }

  /**
   * How many slots of gates were taken at once, at most; the lowest free one is given out. Those of
   * one region say nothing of the others.
   */
  int slots() {
    return slots;
  }

  int executions() {
    return executions.values().stream().mapToInt(Integer::intValue).sum();
  }

  int count(Status status) {
    return executions.getOrDefault(status, 0);
  }

  long runs(Run.State state) {
    return runs.stream().filter(run -> run.state() == state).count();
  }

  int failed() {
    return count(Status.FAILED) + count(Status.TIMED_OUT) + count(Status.UNCERTAIN);
  }

  /** Of those that the summary of the run counts as failed. */
  int cancelled(Run run) {
    return Math.min(run.summary().failed(), cancelled.getOrDefault(run.id(), 0));
  }

  /** Those that ended without being cancelled: what a share of success is a share of. */
  int decided() {
    return count(Status.SUCCEEDED) + failed() + count(Status.NOT_STARTED);
  }

  int open() {
    return executions() - decided() - count(Status.CANCELLED);
  }
}
