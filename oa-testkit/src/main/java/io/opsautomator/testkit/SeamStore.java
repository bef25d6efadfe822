package io.opsautomator.testkit;

import io.opsautomator.store.Budgets;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Executions;
import io.opsautomator.store.Gates;
import io.opsautomator.store.InMemoryStore;
import io.opsautomator.store.JournalEntry;
import io.opsautomator.store.Runs;
import io.opsautomator.store.Selections;
import io.opsautomator.store.Store;
import io.opsautomator.store.Tasks;
import io.opsautomator.store.Write;
import io.opsautomator.task.ExecutionId;
import io.opsautomator.testkit.ActionHarness.Moment.When;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A store in memory whose writes of claimed executions pass a {@link Seam}. If asked, it also turns
 * each execution back at its very end: the journal is kept, the execution is asked to take back
 * what it did, and another worker gets it.
 */
final class SeamStore implements Store {
  private final Store store = new InMemoryStore();
  private final Seam seam;
  private final boolean turnsBack;
  private final Set<ExecutionId> turned = new HashSet<>();

  SeamStore(Seam seam, boolean turnsBack) {
    this.seam = seam;
    this.turnsBack = turnsBack;
  }

  @Override
  public Tasks tasks() {
    return store.tasks();
  }

  @Override
  public Runs runs() {
    return store.runs();
  }

  @Override
  public Selections selections() {
    return store.selections();
  }

  @Override
  public Executions executions() {
    return new Crossing(store.executions());
  }

  @Override
  public Gates gates() {
    return store.gates();
  }

  @Override
  public Budgets budgets() {
    return store.budgets();
  }

  @Override
  public int purge(Instant endedBefore, int atMost) {
    return store.purge(endedBefore, atMost);
  }

  @Override
  public void close() {
    store.close();
  }

  private final class Crossing implements Executions {
    private final Executions executions;

    Crossing(Executions executions) {
      this.executions = executions;
    }

    @Override
    public List<Write<Execution>> create(List<Execution> fresh) {
      return executions.create(fresh);
    }

    @Override
    public Write<Execution> claim(Claim claim) {
      seam.cross("claim", When.BEFORE);
      Write<Execution> write = executions.claim(claim);
      seam.cross("claim", When.AFTER);
      return write;
    }

    @Override
    public Write<Execution> advance(ExecutionId id, long epoch, Move move) {
      String what = describe(move);
      seam.cross(what, When.BEFORE);
      boolean turns = turnsBack && move instanceof Move.End && turned.add(id);
      Write<Execution> write =
          turns ? turnBack(id, epoch, move) : executions.advance(id, epoch, move);
      seam.cross(what, When.AFTER);
      return write;
    }

    /** As if the worker had let go in good order, and somebody had asked for the undo since. */
    private Write<Execution> turnBack(ExecutionId id, long epoch, Move end) {
      executions.cancel(id, new Execution.Cancel("all is to be taken back", true), false);
      executions.advance(id, epoch, new Move.Requeue(end.journal()));
      return new Write.Fenced<>(executions.find(List.of(id)).get(0));
    }

    @Override
    public Write<Execution> cancel(ExecutionId id, Execution.Cancel cancel, boolean force) {
      return executions.cancel(id, cancel, force);
    }

    @Override
    public Write<Execution> drop(ExecutionId id, String why) {
      return executions.drop(id, why);
    }

    @Override
    public Write<Execution> redrive(ExecutionId id, int drive, boolean uncertainToo) {
      return executions.redrive(id, drive, uncertainToo);
    }

    @Override
    public List<Execution> find(Collection<ExecutionId> ids) {
      return executions.find(ids);
    }
  }

  private static String describe(Executions.Move move) {
    List<String> steps = move.journal().stream().map(JournalEntry::step).toList();
    String kind = move.getClass().getSimpleName();
    String words = move instanceof Executions.Move.End end ? kind + " " + end.status() : kind;
    return steps.isEmpty() ? words : words + " " + steps;
  }
}
