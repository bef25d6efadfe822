package io.opsautomator.testkit.simulation;

import io.opsautomator.store.StoreException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where a process meets what is shared: every operation of store, queue and cloud passes here,
 * before and after. At a seam another worker may go on first, a worker or its process may freeze,
 * the process may die, and a store may fail, having written or not.
 */
final class Seams {
  private static final Fault[] BEFORE_READ = {
    Fault.CRASH_BEFORE, Fault.FREEZE_PROCESS, Fault.FREEZE_WORKER, Fault.STORE_FAILED
  };
  private static final Fault[] BEFORE_WRITE = {
    Fault.CRASH_BEFORE,
    Fault.FREEZE_PROCESS,
    Fault.FREEZE_WORKER,
    Fault.STORE_FAILED,
    Fault.RACE,
    Fault.RESTART
  };
  private static final Fault[] AFTER_WRITE = {
    Fault.CRASH_AFTER, Fault.FREEZE_WORKER, Fault.STORE_ANSWER_LOST
  };
  private static final Fault[] BEFORE = {
    Fault.CRASH_BEFORE, Fault.FREEZE_PROCESS, Fault.FREEZE_WORKER
  };
  private static final Fault[] AFTER = {Fault.CRASH_AFTER, Fault.FREEZE_WORKER};

  private final Conductor conductor;
  private final Weather weather;
  private final Chance chance;
  private final double switching;
  private final Chronicle chronicle;

  /** What keeps the record of a world. */
  interface Chronicle {
    void erred(Node node, Fault fault, String detail);

    void died(Node node);

    /** It is to be closed in good order. */
    void closes(Node node);
  }

  /**
   * @param switching how likely another worker goes on at a seam
   */
  Seams(
      Conductor conductor, Weather weather, Chance chance, double switching, Chronicle chronicle) {
    this.conductor = conductor;
    this.weather = weather;
    this.chance = chance;
    this.switching = switching;
    this.chronicle = chronicle;
  }

  <T> T write(Node node, String what, Supplier<T> write) {
    before(node, what, BEFORE_WRITE);
    T answer = write.get();
    after(node, what, AFTER_WRITE);
    return answer;
  }

  <T> T read(Node node, String what, Supplier<T> read) {
    before(node, what, BEFORE_READ);
    return read.get();
  }

  /** Something that is no store's. */
  <T> T pass(Node node, String what, Supplier<T> operation) {
    before(node, what);
    T answer = operation.get();
    after(node, what);
    return answer;
  }

  void before(Node node, String what) {
    before(node, what, BEFORE);
  }

  void after(Node node, String what) {
    after(node, what, AFTER);
  }

  private void before(Node node, String what, Fault[] kinds) {
    node.mustLive();
    if (conductor.current() == null) {
      return; // The engine is being built; nobody else can go on.
    }
    conductor.nextStep();
    @Nullable Fault fault = weather.strike(kinds);
    if (fault != null) {
      befall(node, fault, "before " + what);
    } else if (chance.in(switching)) {
      conductor.giveWay();
    }
  }

  private void after(Node node, String what, Fault[] kinds) {
    node.mustLive();
    if (conductor.current() == null) {
      return;
    }
    @Nullable Fault fault = weather.strike(kinds);
    if (fault != null) {
      befall(node, fault, "after " + what);
    } else if (chance.in(switching / 2)) {
      conductor.giveWay();
    }
  }

  private void befall(Node node, Fault fault, String where) {
    switch (fault) {
      case CRASH_BEFORE, CRASH_AFTER -> {
        chronicle.erred(node, fault, where);
        chronicle.died(node);
        throw new Death();
      }
      case FREEZE_PROCESS -> {
        long millis = nap();
        chronicle.erred(node, fault, where + " for " + millis / 1000 + " s");
        node.freeze();
        conductor.in(millis, node::thaw);
        conductor.giveWay();
      }
      case FREEZE_WORKER -> {
        long millis = nap();
        chronicle.erred(node, fault, where + " for " + millis / 1000 + " s");
        conductor.sleep(millis);
      }
      case RESTART -> {
        chronicle.erred(node, fault, where);
        chronicle.closes(node);
        conductor.letOthersGo();
      }
      case RACE -> {
        chronicle.erred(node, fault, where);
        conductor.letOthersGo();
      }
      case STORE_FAILED -> {
        chronicle.erred(node, fault, where);
        throw new StoreException("the store cannot be reached");
      }
      case STORE_ANSWER_LOST -> {
        chronicle.erred(node, fault, where);
        throw new StoreException("the store gave no answer");
      }
      default -> throw new IllegalStateException(fault + " has no place at a seam");
    }
  }

  /** From seconds to beyond any lease. */
  private long nap() {
    return switch (chance.below(6)) {
      case 0, 1 -> chance.between(500L, 10_000L);
      case 2, 3 -> chance.between(10_000L, 120_000L);
      case 4 -> chance.between(280_000L, 330_000L);
      default -> chance.between(300_000L, 900_000L);
    };
  }
}
