package io.opsautomator.testkit.simulation;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The transitions that a simulator which is not lazy has to reach: what the rules of executions,
 * runs, slices and gates can make of each state.
 */
final class Transitions {
  private static final List<String> ENDED =
      List.of("SUCCEEDED", "FAILED", "TIMED_OUT", "CANCELLED", "UNCERTAIN", "NOT_STARTED");

  private Transitions() {}

  static Set<String> expected() {
    Set<String> all = new TreeSet<>();
    executions(all);
    steps(all);
    runs(all);
    gates(all);
    return all;
  }

  private static void add(Set<String> all, String rule, String before, String... results) {
    for (String result : results) {
      all.add(new Transition(rule, before, result).toString());
    }
  }

  private static void executions(Set<String> all) {
    add(all, "execution.claim", "READY", "RUNNING", "refused");
    add(all, "execution.claim", "WAITING", "RUNNING", "WAITING", "refused");
    add(all, "execution.claim", "RUNNING", "RUNNING", "refused");
    add(all, "execution.claim", "COMPLETING", "refused");
    add(all, "execution.cancel", "READY", "CANCELLED");
    add(all, "execution.cancel", "WAITING", "CANCELLED");
    add(all, "execution.cancel", "RUNNING", "RUNNING");
    add(all, "execution.cancel", "COMPLETING", "COMPLETING");
    add(all, "execution.drop", "WAITING", "NOT_STARTED");
    add(all, "execution.redrive", "SUCCEEDED", "refused");
    for (String ended : ENDED) {
      add(all, "execution.claim", ended, "refused");
    }
    for (String again : List.of("FAILED", "TIMED_OUT", "UNCERTAIN")) {
      add(all, "execution.redrive", again, "READY", "WAITING");
    }
    add(all, "execution.redrive", "NOT_STARTED", "WAITING");
  }

  private static void steps(Set<String> all) {
    add(all, "execution.checkpoint", "RUNNING", "RUNNING", "fenced");
    add(all, "execution.await", "RUNNING", "COMPLETING", "fenced");
    add(all, "execution.resume", "COMPLETING", "RUNNING");
    add(all, "execution.resume", "RUNNING", "fenced");
    add(all, "execution.requeue", "RUNNING", "READY");
    add(
        all,
        "execution.end",
        "RUNNING",
        "SUCCEEDED",
        "FAILED",
        "TIMED_OUT",
        "CANCELLED",
        "UNCERTAIN",
        "fenced");
    add(all, "execution.end", "COMPLETING", "TIMED_OUT", "CANCELLED");
    add(all, "execution.end", "SUCCEEDED", "fenced");
  }

  private static void runs(Set<String> all) {
    add(all, "task.put", "absent", "ENABLED");
    add(all, "task.put", "ENABLED", "ENABLED", "DISABLED", "PAUSED", "DELETED", "refused");
    add(all, "task.put", "DISABLED", "ENABLED");
    add(all, "task.put", "PAUSED", "ENABLED", "PAUSED");
    add(all, "task.put", "DELETED", "ENABLED");
    add(all, "task.fire", "ENABLED", "ENABLED", "refused");
    add(all, "run.move to DISPATCHING", "SELECTING", "DISPATCHING");
    add(all, "run.move to CANCELLING", "SELECTING", "CANCELLING");
    add(all, "run.move to CANCELLING", "DISPATCHING", "CANCELLING");
    add(all, "run.move to UNDOING", "SELECTING", "UNDOING");
    add(all, "run.move to UNDOING", "DISPATCHING", "UNDOING");
    add(all, "run.move to CANCELLED", "QUEUED", "CANCELLED");
    add(all, "run.move to CANCELLED", "CANCELLING", "CANCELLED");
    add(all, "run.move to CANCELLED", "UNDOING", "CANCELLED");
    add(all, "run.move to FAILED", "SELECTING", "FAILED");
    for (String ended : List.of("COMPLETE", "PARTIAL", "FAILED")) {
      add(all, "run.move to " + ended, "DISPATCHING", ended);
    }
    add(all, "run.redriveRun", "PARTIAL", "DISPATCHING");
    add(all, "run.redriveRun", "FAILED", "DISPATCHING");
    add(all, "slice.claimSlice", "LISTING", "LISTING leased");
    add(all, "slice.claimSlice", "LISTING leased", "LISTING leased", "refused");
    add(all, "slice.claimSlice", "SEALED", "refused");
    add(all, "slice.claimSlice", "FAILED", "refused");
    add(all, "slice.endSlice", "LISTING leased", "SEALED", "FAILED", "fenced");
  }

  private static void gates(Set<String> all) {
    add(all, "gate.enqueue", "absent", "free, queue");
    add(all, "gate.enqueue", "free", "free, queue");
    add(all, "gate.enqueue", "full", "full, queue");
    add(all, "gate.enqueue", "room", "room, queue");
    add(all, "gate.fill", "free, queue", "full", "full, queue", "room");
    add(all, "gate.fill", "room, queue", "full", "full, queue");
    add(all, "gate.handOver", "full", "freed");
    add(all, "gate.handOver", "full, queue", "next", "freed");
    add(all, "gate.handOver", "full beyond, queue", "freed");
    add(all, "gate.handOver", "absent", "stale");
    add(all, "gate.handOver", "room", "freed");
  }
}
