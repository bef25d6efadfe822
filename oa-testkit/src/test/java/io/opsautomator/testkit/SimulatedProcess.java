package io.opsautomator.testkit;

import io.opsautomator.dispatch.Timer;
import io.opsautomator.store.Budgets;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Executions;
import io.opsautomator.store.Gates;
import io.opsautomator.store.Runs;
import io.opsautomator.store.Selections;
import io.opsautomator.store.Store;
import io.opsautomator.store.Tasks;
import io.opsautomator.store.Write;
import io.opsautomator.task.ExecutionId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * One of several processes in one virtual time and over one store. It dies at random around its
 * writes of executions; from then on nothing runs in it any more.
 */
final class SimulatedProcess implements Executor, Timer, Store {
  private final VirtualTime time;
  private final Store store;
  private final RandomGenerator random;
  private final Consumer<Execution> written;
  private double mortality;
  private boolean dead;

  /** The process has died in the middle of something. */
  static final class Death extends Error {
    private static final long serialVersionUID = 1L;

    Death() {
      super("a simulated process died", null, false, false);
    }
  }

  /**
   * @param mortality how likely it dies at a write
   * @param written is told what is stored after a write
   */
  SimulatedProcess(
      VirtualTime time,
      Store store,
      RandomGenerator random,
      double mortality,
      Consumer<Execution> written) {
    this.time = time;
    this.store = store;
    this.random = random;
    this.mortality = mortality;
    this.written = written;
  }

  boolean dead() {
    return dead;
  }

  void becomeImmortal() {
    mortality = 0;
  }

  @Override
  public void execute(Runnable task) {
    time.execute(alive(task));
  }

  @Override
  public Alarm at(Instant when, Runnable task) {
    return time.at(when, alive(task));
  }

  private Runnable alive(Runnable task) {
    return () -> {
      if (!dead) {
        task.run();
      }
    };
  }

  private void live() {
    dead |= random.nextDouble() < mortality;
    if (dead) {
      throw new Death();
    }
  }

  private Write<Execution> write(Supplier<Write<Execution>> write) {
    live();
    Write<Execution> done = write.get();
    if (done instanceof Write.Applied<Execution> applied) {
      written.accept(applied.now());
    }
    live();
    return done;
  }

  @Override
  public Executions executions() {
    Executions executions = store.executions();
    return new Executions() {
      @Override
      public List<Write<Execution>> create(List<Execution> fresh) {
        live();
        List<Write<Execution>> made = executions.create(fresh);
        live();
        return made;
      }

      @Override
      public Write<Execution> claim(Claim claim) {
        return write(() -> executions.claim(claim));
      }

      @Override
      public Write<Execution> advance(ExecutionId id, long epoch, Move move) {
        return write(() -> executions.advance(id, epoch, move));
      }

      @Override
      public Write<Execution> cancel(ExecutionId id, Execution.Cancel cancel, boolean force) {
        return write(() -> executions.cancel(id, cancel, force));
      }

      @Override
      public Write<Execution> drop(ExecutionId id, String why) {
        return write(() -> executions.drop(id, why));
      }

      @Override
      public Write<Execution> redrive(ExecutionId id, int drive, boolean uncertainToo) {
        return write(() -> executions.redrive(id, drive, uncertainToo));
      }

      @Override
      public List<Execution> find(Collection<ExecutionId> ids) {
        return executions.find(ids);
      }
    };
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
    live();
    return store.selections();
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
  public int purge(Instant endedBefore) {
    return store.purge(endedBefore);
  }

  @Override
  public void close() {
    dead = true;
  }
}
