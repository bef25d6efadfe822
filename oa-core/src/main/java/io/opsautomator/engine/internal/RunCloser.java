package io.opsautomator.engine.internal;

import io.opsautomator.audit.AuditEvent;
import io.opsautomator.audit.AuditEvent.Subject;
import io.opsautomator.dispatch.Message;
import io.opsautomator.store.Batch;
import io.opsautomator.store.Gate;
import io.opsautomator.store.GateKey;
import io.opsautomator.store.Run;
import io.opsautomator.store.Run.State;
import io.opsautomator.store.Run.Summary;
import io.opsautomator.store.Runs.Moved;
import io.opsautomator.store.Selections.Tally;
import io.opsautomator.store.Slice;
import io.opsautomator.store.Write;
import io.opsautomator.task.ExecutionId;
import io.opsautomator.task.RunId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Ends runs: once all slices have ended, everything cut from them has been made an execution, all
 * of those have ended, and no slot names one of them any more.
 */
final class RunCloser {
  private final Kernel kernel;
  private final Followers followers;

  RunCloser(Kernel kernel, Followers followers) {
    this.kernel = kernel;
    this.followers = followers;
  }

  /** Ends the run if nothing of it is left. */
  void close(RunId id) {
    close(id, false);
  }

  /**
   * Ends the run if that was the last of it; most often it can be told from the tally that it was
   * not: a run that nobody cancels ends only when all its groups are full.
   */
  void closeAfter(RunId id, Tally tally) {
    if (tally.groupFull() || !kernel.run(id).state().equals(State.DISPATCHING) || lacksAction(id)) {
      close(id);
    }
  }

  private boolean lacksAction(RunId id) {
    return kernel.jobs().ofRun(id).action() instanceof MissingAction;
  }

  /** Ends the run if nothing is left of what there is of it, since no more can be made. */
  void closeAsFarAsMade(RunId id) {
    close(id, true);
  }

  private void close(RunId id, boolean asFarAsMade) {
    Optional<Run> run = kernel.store().runs().find(id);
    if (run.isEmpty()
        || !closable(run.get().state())
        || kernel.store().selections().anyOpen(id)) { // One look, however large the run is.
      return;
    }
    List<Slice> slices = kernel.store().selections().slices(id);
    Batches batches = Batches.of(kernel, id);
    boolean made = asFarAsMade || complete(run.get(), slices) || !letThrough(run.get());
    if (made && over(run.get(), slices, batches)) {
      close(run.get(), slices, batches);
    }
  }

  /** Makes what a run that has ended owes. */
  void settle(Run ended) {
    followers.settle(ended);
  }

  private static boolean closable(State state) {
    return state == State.DISPATCHING || state.cancelling();
  }

  private boolean over(Run run, List<Slice> slices, Batches batches) {
    boolean listed = slices.stream().allMatch(slice -> slice.end().isPresent());
    boolean worked = batches.stream().allMatch(b -> b.full() && b.drive() == run.drive().number());
    return listed && worked && !holdsSlots(run, batches);
  }

  /** Whether everything that was selected has been made an execution. */
  boolean complete(Run run, List<Slice> slices) {
    Job<?> job = kernel.jobs().ofRun(run.id());
    if (lacksAction(run.id())) {
      return true; // No more of them can be made.
    }
    Set<String> whole = kernel.store().selections().wholeGroups(run.id());
    return whole.containsAll(Selecting.groups(job, slices));
  }

  /**
   * Whether executions may be made of it, by somebody who is slow as well: so a run that is being
   * cancelled is not closed before all of them have been made, and cancelled.
   */
  boolean letThrough(Run run) {
    return run.state() == State.DISPATCHING
        || run.summary().extent().isPresent()
        || !kernel.jobs().ofRun(run.id()).sealed();
  }

  /** One read of each gate, and nothing where there is no limit. */
  private boolean holdsSlots(Run run, Batches batches) {
    Set<GateKey> gates = gates(run, batches);
    if (gates.isEmpty()) {
      return false;
    }
    Set<ExecutionId> holders =
        gates.stream()
            .flatMap(key -> kernel.store().gates().find(key).stream())
            .flatMap(gate -> gate.held().stream())
            .map(grant -> grant.holder().execution())
            .collect(Collectors.toSet());
    return !holders.isEmpty()
        && batches.stream().anyMatch(b -> b.executions().stream().anyMatch(holders::contains));
  }

  /** Where executions of the run may hold slots. */
  Set<GateKey> gates(Run run, Batches batches) {
    Job<?> job = kernel.jobs().ofRun(run.id());
    if (!job.gated()) {
      return Set.of();
    }
    if (job.gatedByUnit()) {
      return batches.stream()
          .flatMap(batch -> kernel.store().executions().find(batch.executions()).stream())
          .flatMap(execution -> execution.gates().stream())
          .collect(Collectors.toSet());
    }
    Set<GateKey> gates = new HashSet<>(job.commonGate().stream().toList());
    gates.add(GateKey.ofRun(run.id(), run.drive().number()));
    return gates;
  }

  private void close(Run run, List<Slice> slices, Batches batches) {
    int succeeded = 0;
    int failed = 0;
    int notStarted = 0;
    for (Batch batch : batches) {
      succeeded += batch.succeeded().size();
      failed += batch.failed().size();
      notStarted += batch.notStarted().size();
    }
    boolean unread = slices.stream().anyMatch(Slice::failed);
    Summary counted = run.summary().counting(succeeded, failed, notStarted);
    end(run, state(run, counted, unread), counted.because(reason(run, slices, counted)));
  }

  private static State state(Run run, Summary counted, boolean unread) {
    if (run.state().cancelling()) {
      return State.CANCELLED;
    }
    if (counted.notStarted() > 0) {
      return State.FAILED;
    }
    if (counted.failed() == 0 && !unread) {
      return State.COMPLETE;
    }
    return counted.succeeded() == 0 ? State.FAILED : State.PARTIAL;
  }

  private String reason(Run run, List<Slice> slices, Summary counted) {
    if (run.state().cancelling()) {
      return run.summary().reason();
    }
    String unread =
        slices.stream()
            .filter(Slice::failed)
            .map(Selecting::words)
            .collect(Collectors.joining("; "));
    String stopped = counted.notStarted() > 0 ? stopped(run, counted.notStarted()) : "";
    String all =
        Stream.of(unread, stopped).filter(s -> !s.isEmpty()).collect(Collectors.joining("; "));
    boolean nothing = counted.succeeded() + counted.failed() + counted.notStarted() == 0;
    if (!nothing) {
      return all;
    }
    String why = Extents.whyNothing(kernel.jobs().ofRun(run.id()), kernel.settings(), slices);
    return all.isEmpty() ? why : all + "; " + why;
  }

  private String stopped(Run run, int notStarted) {
    String why =
        kernel
            .store()
            .gates()
            .find(GateKey.ofRun(run.id(), run.drive().number()))
            .flatMap(Gate::brake)
            .map(Steering::failures)
            .orElse("the run was stopped");
    return why + "; " + notStarted + " not started";
  }

  /**
   * Ends a run in its present state; what waited for it begins, and what follows it.
   *
   * @return false if it is in another state by now
   */
  boolean end(Run run, State state, Summary summary) {
    Summary last = followers.owing(run, state, summary.endedAt(kernel.now()));
    Write<Moved> write =
        kernel.store().runs().move(run.id(), run.drive().number(), run.state(), state, last);
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
      followers.settle(applied.now().run());
      return true;
    }
    return false;
  }
}
