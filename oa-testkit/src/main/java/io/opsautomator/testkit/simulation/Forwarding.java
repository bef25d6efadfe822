package io.opsautomator.testkit.simulation;

import io.opsautomator.resource.Scope;
import io.opsautomator.store.Batch;
import io.opsautomator.store.BatchId;
import io.opsautomator.store.Budget;
import io.opsautomator.store.Budgets;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Executions;
import io.opsautomator.store.Gate;
import io.opsautomator.store.GateKey;
import io.opsautomator.store.Gates;
import io.opsautomator.store.Grant;
import io.opsautomator.store.Page;
import io.opsautomator.store.Run;
import io.opsautomator.store.Runs;
import io.opsautomator.store.Selections;
import io.opsautomator.store.Slice;
import io.opsautomator.store.Store;
import io.opsautomator.store.StoredTask;
import io.opsautomator.store.Tasks;
import io.opsautomator.store.Terms;
import io.opsautomator.store.Ticket;
import io.opsautomator.store.Write;
import io.opsautomator.task.ExecutionId;
import io.opsautomator.task.RunId;
import io.opsautomator.task.TaskName;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A store that does what another one does: each mutant changes just what its defect is about. Of
 * everything here a mutant overrides one method or two.
 */
class Forwarding implements Store {
  private final Store port;

  Forwarding(Store port) {
    this.port = port;
  }

  @Override
  public Tasks tasks() {
    return port.tasks();
  }

  @Override
  public Runs runs() {
    return port.runs();
  }

  @Override
  public Selections selections() {
    return port.selections();
  }

  @Override
  public Executions executions() {
    return port.executions();
  }

  @Override
  public Gates gates() {
    return port.gates();
  }

  @Override
  public Budgets budgets() {
    return port.budgets();
  }

  @Override
  public int purge(Instant endedBefore, int atMost) {
    return port.purge(endedBefore, atMost);
  }

  @Override
  public void close() {
    port.close();
  }

  static class OfExecutions implements Executions {
    private final Executions port;

    OfExecutions(Executions port) {
      this.port = port;
    }

    @Override
    public List<Write<Execution>> create(List<Execution> fresh) {
      return port.create(fresh);
    }

    @Override
    public Write<Execution> claim(Claim claim) {
      return port.claim(claim);
    }

    @Override
    public Write<Execution> advance(ExecutionId id, long epoch, Move move) {
      return port.advance(id, epoch, move);
    }

    @Override
    public Write<Execution> cancel(ExecutionId id, Execution.Cancel cancel, boolean force) {
      return port.cancel(id, cancel, force);
    }

    @Override
    public Write<Execution> drop(ExecutionId id, String why) {
      return port.drop(id, why);
    }

    @Override
    public Write<Execution> redrive(ExecutionId id, int drive, boolean uncertainToo) {
      return port.redrive(id, drive, uncertainToo);
    }

    @Override
    public List<Execution> find(Collection<ExecutionId> ids) {
      return port.find(ids);
    }
  }

  static class OfRuns implements Runs {
    private final Runs port;

    OfRuns(Runs port) {
      this.port = port;
    }

    @Override
    public Write<StoredTask> fire(StoredTask asRead, StoredTask.Clock after, List<Run> runs) {
      return port.fire(asRead, after, runs);
    }

    @Override
    public Write<Run> insert(Run run) {
      return port.insert(run);
    }

    @Override
    public Write<Moved> move(
        RunId run, int drive, Run.State from, Run.State to, Run.Summary summary) {
      return port.move(run, drive, from, to, summary);
    }

    @Override
    public Write<Run> redrive(
        RunId run, int expectedDrive, Set<ExecutionId> uncertain, Instant watchAt, boolean alone) {
      return port.redrive(run, expectedDrive, uncertain, watchAt, alone);
    }

    @Override
    public Write<Run> settled(RunId run, int drive) {
      return port.settled(run, drive);
    }

    @Override
    public List<Run> toWatch(Instant upTo, int limit) {
      return port.toWatch(upTo, limit);
    }

    @Override
    public Optional<Instant> nextWatch() {
      return port.nextWatch();
    }

    @Override
    public Write<Run> watched(RunId run, Instant asRead, Instant next) {
      return port.watched(run, asRead, next);
    }

    @Override
    public Optional<Run> find(RunId run) {
      return port.find(run);
    }

    @Override
    public List<Run> history(Optional<TaskName> task, int limit) {
      return port.history(task, limit);
    }
  }

  static class OfSelections implements Selections {
    private final Selections port;

    OfSelections(Selections port) {
      this.port = port;
    }

    @Override
    public List<Slice> fanOut(RunId run, List<Scope> scopes) {
      return port.fanOut(run, scopes);
    }

    @Override
    public Write<Slice> claim(RunId run, Scope scope, Claimant by) {
      return port.claim(run, scope, by);
    }

    @Override
    public Write<Page> append(RunId run, Page page) {
      return port.append(run, page);
    }

    @Override
    public Write<Slice> end(RunId run, Scope scope, long epoch, Slice.End end) {
      return port.end(run, scope, epoch, end);
    }

    @Override
    public Write<Batch> dispatched(RunId run, Batch batch) {
      return port.dispatched(run, batch);
    }

    @Override
    public Tally ended(RunId run, BatchId batch, int drive, Ends ends) {
      return port.ended(run, batch, drive, ends);
    }

    @Override
    public Batch reopen(RunId run, BatchId batch, int drive) {
      return port.reopen(run, batch, drive);
    }

    @Override
    public List<Slice> slices(RunId run) {
      return port.slices(run);
    }

    @Override
    public List<Page> pages(RunId run, Scope scope, int from, int limit) {
      return port.pages(run, scope, from, limit);
    }

    @Override
    public List<Batch> batches(RunId run) {
      return port.batches(run);
    }

    @Override
    public Optional<Slice> slice(RunId run, Scope scope) {
      return port.slice(run, scope);
    }

    @Override
    public List<Batch> batches(RunId run, Optional<BatchId> after, int limit) {
      return port.batches(run, after, limit);
    }

    @Override
    public boolean anyOpen(RunId run) {
      return port.anyOpen(run);
    }

    @Override
    public Set<String> wholeGroups(RunId run) {
      return port.wholeGroups(run);
    }
  }

  static class OfGates implements Gates {
    private final Gates port;

    OfGates(Gates port) {
      this.port = port;
    }

    @Override
    public Gate enqueue(
        GateKey key, Limit limit, Optional<Terms> terms, String order, List<Ticket> tickets) {
      return port.enqueue(key, limit, terms, order, tickets);
    }

    @Override
    public HandOver handOver(Grant grant, boolean failed) {
      return port.handOver(grant, failed);
    }

    @Override
    public Write<Gate> retune(GateKey key, Terms expected, Terms next) {
      return port.retune(key, expected, next);
    }

    @Override
    public Filled fill(GateKey key) {
      return port.fill(key);
    }

    @Override
    public Optional<Gate> find(GateKey key) {
      return port.find(key);
    }
  }

  static class OfTasks implements Tasks {
    private final Tasks port;

    OfTasks(Tasks port) {
      this.port = port;
    }

    @Override
    public Optional<StoredTask> find(TaskName name) {
      return port.find(name);
    }

    @Override
    public List<StoredTask> all() {
      return port.all();
    }

    @Override
    public List<StoredTask> following(TaskName task) {
      return port.following(task);
    }

    @Override
    public List<StoredTask> due(Instant upTo, int limit) {
      return port.due(upTo, limit);
    }

    @Override
    public Optional<Instant> nextDue() {
      return port.nextDue();
    }

    @Override
    public Write<StoredTask> put(StoredTask task, long expected) {
      return port.put(task, expected);
    }
  }

  static class OfBudgets implements Budgets {
    private final Budgets port;

    OfBudgets(Budgets port) {
      this.port = port;
    }

    @Override
    public Write<Budget> reserve(String window, RunId run, int amount, int limit) {
      return port.reserve(window, run, amount, limit);
    }

    @Override
    public Optional<Budget> find(String window) {
      return port.find(window);
    }
  }
}
