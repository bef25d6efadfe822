package io.opsautomator.cli;

import io.opsautomator.audit.AuditEvent;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.store.Run;
import io.opsautomator.task.ExecutionId;
import io.opsautomator.task.RunId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How executions of open runs have ended that did not succeed, as far as the audit has told here:
 * the summary of a run counts cancelled ones among those that failed. Not thread-safe.
 */
final class NotWell {
  private final Map<RunId, Map<ExecutionId, Status>> runs = new HashMap<>();

  void add(AuditEvent.Moved moved) {
    Optional<RunId> run = moved.of().run();
    Optional<ExecutionId> execution = moved.of().execution();
    if (run.isPresent() && execution.isPresent()) {
      runs.computeIfAbsent(run.get(), first -> new HashMap<>()).put(execution.get(), moved.to());
    }
  }

  /** {@code 1 failed, 2 cancelled}, of a run that has ended, which is forgotten. */
  String words(AuditEvent.RunEnded e) {
    Map<ExecutionId, Status> seen = e.of().run().map(runs::remove).orElse(Map.of());
    int bad = e.summary().failed();
    int cancelled = (int) seen.values().stream().filter(Status.CANCELLED::equals).count();
    long told = seen.values().stream().filter(status -> status != Status.NOT_STARTED).count();
    boolean doubtful = bad > told && e.state() == Run.State.CANCELLED;
    String words =
        doubtful
            ? bad + " failed or cancelled"
            : Math.max(0, bad - cancelled)
                + " failed"
                + some(Math.min(bad, cancelled), "cancelled");
    return words + some(e.summary().notStarted(), "not started");
  }

  private static String some(int count, String what) {
    return count == 0 ? "" : ", " + count + " " + what;
  }
}
