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
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The store of one process, which takes several steps for an operation: says what is asked before
 * the first of them, so that who sees a step take effect knows what it is part of; and tells itself
 * of operations that changed nothing, once they are answered.
 */
final class ToldStore extends Forwarding {
  private final Tasks tasks;
  private final Runs runs;
  private final Selections selections;
  private final Executions executions;
  private final Gates gates;
  private final Budgets budgets;

  ToldStore(Store store, SimulatedTable table) {
    super(store);
    this.tasks = new OfTasks(store.tasks(), table);
    this.runs = new OfRuns(store.runs(), table);
    this.selections = new OfSelections(store.selections(), table);
    this.executions = new OfExecutions(store.executions(), table);
    this.gates = new OfGates(store.gates(), table);
    this.budgets = new OfBudgets(store.budgets(), table);
  }

  @Override
  public Tasks tasks() {
    return tasks;
  }

  @Override
  public Runs runs() {
    return runs;
  }

  @Override
  public Selections selections() {
    return selections;
  }

  @Override
  public Executions executions() {
    return executions;
  }

  @Override
  public Gates gates() {
    return gates;
  }

  @Override
  public Budgets budgets() {
    return budgets;
  }

  private static final class OfTasks extends Forwarding.OfTasks {
    private final SimulatedTable table;

    OfTasks(Tasks port, SimulatedTable table) {
      super(port);
      this.table = table;
    }

    @Override
    public Write<StoredTask> put(StoredTask task, long expected) {
      return table.asked(new Request.Put(task, expected), () -> super.put(task, expected));
    }
  }

  private static final class OfRuns extends Forwarding.OfRuns {
    private final SimulatedTable table;

    OfRuns(Runs port, SimulatedTable table) {
      super(port);
      this.table = table;
    }

    @Override
    public Write<StoredTask> fire(StoredTask asRead, StoredTask.Clock after, List<Run> fresh) {
      return table.asked(
          new Request.Fire(asRead, after, fresh), () -> super.fire(asRead, after, fresh));
    }

    @Override
    public Write<Run> insert(Run run) {
      return table.asked(new Request.Insert(run), () -> super.insert(run));
    }

    @Override
    public Write<Moved> move(
        RunId run, int drive, Run.State from, Run.State to, Run.Summary summary) {
      return table.asked(
          new Request.MoveRun(run, from, to, summary),
          () -> super.move(run, drive, from, to, summary));
    }

    @Override
    public Write<Run> redrive(
        RunId run, int drive, Set<ExecutionId> uncertain, Instant watchAt, boolean alone) {
      return table.asked(
          new Request.RedriveRun(run, drive, uncertain, watchAt, alone),
          () -> super.redrive(run, drive, uncertain, watchAt, alone));
    }

    @Override
    public Write<Run> settled(RunId run, int drive) {
      return table.asked(new Request.Settled(run, drive), () -> super.settled(run, drive));
    }

    @Override
    public Write<Run> watched(RunId run, Instant asRead, Instant next) {
      return table.asked(
          new Request.Watched(run, asRead, next), () -> super.watched(run, asRead, next));
    }
  }

  private static final class OfSelections extends Forwarding.OfSelections {
    private final SimulatedTable table;

    OfSelections(Selections port, SimulatedTable table) {
      super(port);
      this.table = table;
    }

    @Override
    public List<Slice> fanOut(RunId run, List<Scope> scopes) {
      return table.asked(new Request.FanOut(run, scopes), () -> super.fanOut(run, scopes));
    }

    @Override
    public Write<Slice> claim(RunId run, Scope scope, Claimant by) {
      return table.asked(new Request.ClaimSlice(run, scope, by), () -> super.claim(run, scope, by));
    }

    @Override
    public Write<Page> append(RunId run, Page page) {
      return table.asked(new Request.Append(run, page), () -> super.append(run, page));
    }

    @Override
    public Write<Slice> end(RunId run, Scope scope, long epoch, Slice.End end) {
      return table.asked(
          new Request.EndSlice(run, scope, epoch, end), () -> super.end(run, scope, epoch, end));
    }

    @Override
    public Write<Batch> dispatched(RunId run, Batch batch) {
      return table.asked(new Request.Dispatched(run, batch), () -> super.dispatched(run, batch));
    }

    @Override
    public Tally ended(RunId run, BatchId batch, int drive, Ends ends) {
      return table.asked(
          new Request.Tallied(run, batch, drive, ends), () -> super.ended(run, batch, drive, ends));
    }

    @Override
    public Batch reopen(RunId run, BatchId batch, int drive) {
      return table.asked(
          new Request.Reopen(run, batch, drive), () -> super.reopen(run, batch, drive));
    }
  }

  private static final class OfExecutions extends Forwarding.OfExecutions {
    private final SimulatedTable table;

    OfExecutions(Executions port, SimulatedTable table) {
      super(port);
      this.table = table;
    }

    private Write<Execution> told(Request request, Supplier<Write<Execution>> call) {
      Write<Execution> answer = table.asked(request, call);
      if (answer instanceof Write.Applied<Execution> applied) {
        table.seen(applied.now());
      }
      return answer;
    }

    @Override
    public List<Write<Execution>> create(List<Execution> fresh) {
      return table.asked(new Request.Create(fresh), () -> super.create(fresh));
    }

    @Override
    public Write<Execution> claim(Claim claim) {
      return told(new Request.Claim(claim), () -> super.claim(claim));
    }

    @Override
    public Write<Execution> advance(ExecutionId id, long epoch, Move move) {
      return told(new Request.Advance(id, epoch, move), () -> super.advance(id, epoch, move));
    }

    @Override
    public Write<Execution> cancel(ExecutionId id, Execution.Cancel cancel, boolean force) {
      return told(new Request.Cancel(id, cancel, force), () -> super.cancel(id, cancel, force));
    }

    @Override
    public Write<Execution> drop(ExecutionId id, String why) {
      return told(new Request.Drop(id, why), () -> super.drop(id, why));
    }

    @Override
    public Write<Execution> redrive(ExecutionId id, int drive, boolean uncertainToo) {
      return told(
          new Request.Redrive(id, drive, uncertainToo),
          () -> super.redrive(id, drive, uncertainToo));
    }
  }

  private static final class OfGates extends Forwarding.OfGates {
    private final SimulatedTable table;

    OfGates(Gates port, SimulatedTable table) {
      super(port);
      this.table = table;
    }

    @Override
    public Gate enqueue(
        GateKey key, Limit limit, Optional<Terms> terms, String order, List<Ticket> tickets) {
      return table.asked(
          new Request.Enqueue(key, limit, terms, order, tickets),
          () -> super.enqueue(key, limit, terms, order, tickets));
    }

    @Override
    public HandOver handOver(Grant grant, boolean failed) {
      return table.asked(new Request.HandOver(grant, failed), () -> super.handOver(grant, failed));
    }

    @Override
    public Write<Gate> retune(GateKey key, Terms expected, Terms next) {
      return table.asked(
          new Request.Retune(key, expected, next), () -> super.retune(key, expected, next));
    }

    @Override
    public Filled fill(GateKey key) {
      return table.asked(new Request.Fill(key), () -> super.fill(key));
    }
  }

  private static final class OfBudgets extends Forwarding.OfBudgets {
    private final SimulatedTable table;

    OfBudgets(Budgets port, SimulatedTable table) {
      super(port);
      this.table = table;
    }

    @Override
    public Write<Budget> reserve(String window, RunId run, int amount, int limit) {
      return table.asked(
          new Request.Reserve(window, run, amount, limit),
          () -> super.reserve(window, run, amount, limit));
    }
  }
}
