package io.opsautomator.testkit.simulation;

import io.opsautomator.resource.Scope;
import io.opsautomator.store.Batch;
import io.opsautomator.store.BatchId;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Executions;
import io.opsautomator.store.GateKey;
import io.opsautomator.store.Gates.Limit;
import io.opsautomator.store.Grant;
import io.opsautomator.store.Page;
import io.opsautomator.store.Run;
import io.opsautomator.store.Selections.Claimant;
import io.opsautomator.store.Selections.Ends;
import io.opsautomator.store.Slice;
import io.opsautomator.store.StoredTask;
import io.opsautomator.store.Terms;
import io.opsautomator.store.Ticket;
import io.opsautomator.task.ExecutionId;
import io.opsautomator.task.RunId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a process asked the store to write: one record for each method of the store's parts. */
sealed interface Request {
  record Put(StoredTask task, long expected) implements Request {}

  record Fire(StoredTask asRead, StoredTask.Clock after, List<Run> runs) implements Request {}

  record Insert(Run run) implements Request {}

  record MoveRun(RunId run, Run.State from, Run.State to, Run.Summary summary) implements Request {}

  record Watched(RunId run, Instant asRead, Instant next) implements Request {}

  record FanOut(RunId run, List<Scope> scopes) implements Request {}

  record ClaimSlice(RunId run, Scope scope, Claimant by) implements Request {}

  record Append(RunId run, Page page) implements Request {}

  record EndSlice(RunId run, Scope scope, long epoch, Slice.End end) implements Request {}

  record Dispatched(RunId run, Batch batch) implements Request {}

  record Tallied(RunId run, BatchId batch, int drive, Ends ends) implements Request {}

  record Create(List<Execution> fresh) implements Request {}

  record Claim(Executions.Claim claim) implements Request {}

  record Advance(ExecutionId execution, long epoch, Executions.Move move) implements Request {}

  record Cancel(ExecutionId execution, Execution.Cancel cancel, boolean force) implements Request {}

  record Enqueue(
      GateKey gate, Limit limit, Optional<Terms> terms, String order, List<Ticket> tickets)
      implements Request {}

  record HandOver(Grant grant, boolean failed) implements Request {}

  record Fill(GateKey gate) implements Request {}

  record Drop(ExecutionId execution, String why) implements Request {}

  record Redrive(ExecutionId execution, int drive, boolean uncertainToo) implements Request {}

  record RedriveRun(
      RunId run, int expectedDrive, Set<ExecutionId> uncertain, Instant watchAt, boolean alone)
      implements Request {}

  record Settled(RunId run, int drive) implements Request {}

  record Reopen(RunId run, BatchId batch, int drive) implements Request {}

  record Retune(GateKey gate, Terms expected, Terms next) implements Request {}

  record Reserve(String window, RunId run, int amount, int limit) implements Request {}
}
