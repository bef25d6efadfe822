package io.opsautomator.engine.internal;

import io.opsautomator.audit.AuditEvent;
import io.opsautomator.audit.AuditEvent.Subject;
import io.opsautomator.dispatch.Message;
import io.opsautomator.store.Batch;
import io.opsautomator.store.Run;
import io.opsautomator.store.Run.State;
import io.opsautomator.store.Run.Summary;
import io.opsautomator.store.Runs.Moved;
import io.opsautomator.store.Slice;
import io.opsautomator.store.Write;
import io.opsautomator.task.RunId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Ends runs: once all slices have ended, everything cut from them has been made an execution, and
 * all of those have ended.
 */
final class RunCloser {
  private final Kernel kernel;

  RunCloser(Kernel kernel) {
    this.kernel = kernel;
  }

  /** Ends the run if nothing of it is left. */
  void close(RunId id) {
    Optional<Run> run = kernel.store().runs().find(id);
    if (run.isPresent() && closable(run.get().state())) {
      List<Slice> slices = kernel.store().selections().slices(id);
      List<Batch> batches = kernel.store().selections().batches(id);
      if (over(run.get(), slices, batches)) {
        close(run.get(), slices, batches);
      }
    }
  }

  private static boolean closable(State state) {
    return state == State.DISPATCHING || state == State.CANCELLING;
  }

  private boolean over(Run run, List<Slice> slices, List<Batch> batches) {
    boolean listed = slices.stream().allMatch(slice -> slice.end().isPresent());
    boolean worked = batches.stream().allMatch(Batch::full);
    if (run.state() == State.CANCELLING) {
      return listed && worked;
    }
    Set<String> complete =
        batches.stream().filter(Batch::last).map(b -> b.id().group()).collect(Collectors.toSet());
    return listed
        && worked
        && complete.containsAll(Selecting.groups(kernel.jobs().ofRun(run.id()), slices));
  }

  private void close(Run run, List<Slice> slices, List<Batch> batches) {
    int succeeded = batches.stream().mapToInt(batch -> batch.succeeded().size()).sum();
    int failed = batches.stream().mapToInt(batch -> batch.failed().size()).sum();
    List<Slice> unread = slices.stream().filter(Slice::failed).toList();
    State state = state(run, succeeded, failed, unread.size());
    int notStarted = batches.stream().mapToInt(batch -> batch.notStarted().size()).sum();
    Summary summary =
        run.summary()
            .counting(succeeded, failed, notStarted)
            .because(reason(run, slices, succeeded + failed));
    end(run, state, summary);
  }

  private static State state(Run run, int succeeded, int failed, int unread) {
    if (run.state() == State.CANCELLING) {
      return State.CANCELLED;
    }
    if (failed == 0 && unread == 0) {
      return State.COMPLETE;
    }
    return succeeded == 0 ? State.FAILED : State.PARTIAL;
  }

  private static String reason(Run run, List<Slice> slices, int executions) {
    String unread =
        slices.stream()
            .filter(Slice::failed)
            .map(Selecting::words)
            .collect(Collectors.joining("; "));
    if (!unread.isEmpty() || run.state() == State.CANCELLING) {
      return unread.isEmpty() ? run.summary().reason() : unread;
    }
    return executions == 0 ? "nothing was selected" : "";
  }

  /** Ends a run in its present state; what waited for it begins. */
  void end(Run run, State state, Summary summary) {
    Write<Moved> write =
        kernel.store().runs().move(run.id(), run.state(), state, summary.endedAt(kernel.now()));
    if (write instanceof Write.Applied<Moved> applied) {
      kernel
          .reporter()
          .report(
              new AuditEvent.RunEnded(
                  kernel.now(), Subject.run(run), state, applied.now().run().summary()));
      applied
          .now()
          .opened()
          .ifPresent(next -> kernel.send(new Message.Select(next.id(), Optional.empty())));
    }
  }
}
