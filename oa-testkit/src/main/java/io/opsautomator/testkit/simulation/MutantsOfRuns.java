package io.opsautomator.testkit.simulation;

import io.opsautomator.resource.Scope;
import io.opsautomator.store.Batch;
import io.opsautomator.store.BatchId;
import io.opsautomator.store.Budget;
import io.opsautomator.store.Budgets;
import io.opsautomator.store.Page;
import io.opsautomator.store.Run;
import io.opsautomator.store.Runs;
import io.opsautomator.store.Selections;
import io.opsautomator.store.Store;
import io.opsautomator.store.StoredTask;
import io.opsautomator.store.StoredTask.Clock;
import io.opsautomator.store.Tasks;
import io.opsautomator.store.Write;
import io.opsautomator.task.RunId;
import io.opsautomator.task.TaskName;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Defects in firings, selections, tallies and budgets. */
final class MutantsOfRuns {
  private MutantsOfRuns() {}

  // -- Firings ------------------------------------------------------------------------------------

  private static Mutant runs(UnaryOperator<Runs> change) {
    return new Mutant() {
      @Override
      public Store store(String process, Store port, World world) {
        Runs changed = change.apply(port.runs());
        return new Forwarding(port) {
          @Override
          public Runs runs() {
            return changed;
          }
        };
      }
    };
  }

  /** Every second answer to who follows a task is that nobody does. */
  static Mutant forgottenFollowers() {
    return new Mutant() {
      private int asked;

      @Override
      public Store store(String process, Store port, World world) {
        Tasks forgetful =
            new Forwarding.OfTasks(port.tasks()) {
              @Override
              public List<StoredTask> following(TaskName task) {
                List<StoredTask> following = super.following(task);
                return asked++ % 2 == 0 ? following : List.of();
              }
            };
        return new Forwarding(port) {
          @Override
          public Tasks tasks() {
            return forgetful;
          }
        };
      }
    };
  }

  static Mutant lastRunFirst() {
    return runs(
        port ->
            new Forwarding.OfRuns(port) {
              @Override
              public Write<StoredTask> fire(StoredTask asRead, Clock after, List<Run> runs) {
                Write<StoredTask> write = super.fire(asRead, after, List.of());
                if (write instanceof Write.Applied<StoredTask>) {
                  runs.forEach(this::insert);
                }
                return write;
              }
            });
  }

  static Mutant fireUnconditionally() {
    return runs(
        port ->
            new Forwarding.OfRuns(port) {
              @Override
              public Write<StoredTask> fire(StoredTask asRead, Clock after, List<Run> runs) {
                Write<StoredTask> write = super.fire(asRead, after, runs);
                return write instanceof Write.Refused<StoredTask> refused
                    ? super.fire(refused.actual(), after, runs)
                    : write;
              }
            });
  }

  static Mutant fireAnyRevision() {
    return runs(
        port ->
            new Forwarding.OfRuns(port) {
              @Override
              public Write<StoredTask> fire(StoredTask asRead, Clock after, List<Run> runs) {
                Write<StoredTask> write = super.fire(asRead, after, runs);
                boolean edited =
                    write instanceof Write.Refused<StoredTask> refused
                        && refused.actual().revision() != asRead.revision();
                if (edited) {
                  runs.forEach(this::insert);
                  return new Write.Applied<>(((Write.Refused<StoredTask>) write).actual());
                }
                return write;
              }
            });
  }

  static Mutant overlapUnseen() {
    return new Mutant() {
      @Override
      public Store store(String process, Store port, World world) {
        Tasks tasks = new NothingOpen(port.tasks());
        Runs runs = new AsStored(port);
        return new Forwarding(port) {
          @Override
          public Tasks tasks() {
            return tasks;
          }

          @Override
          public Runs runs() {
            return runs;
          }
        };
      }
    };
  }

  private static final class NothingOpen extends Forwarding.OfTasks {
    NothingOpen(Tasks port) {
      super(port);
    }

    @Override
    public Optional<StoredTask> find(TaskName name) {
      return super.find(name).map(NothingOpen::shown);
    }

    @Override
    public List<StoredTask> due(Instant upTo, int limit) {
      return super.due(upTo, limit).stream().map(NothingOpen::shown).toList();
    }

    private static StoredTask shown(StoredTask task) {
      Clock clock = task.clock();
      return task.withClock(
          new Clock(clock.next(), clock.lastDue(), Optional.empty(), clock.queued()));
    }
  }

  /** Puts back what its process was not shown. */
  private static final class AsStored extends Forwarding.OfRuns {
    private final Store store;

    AsStored(Store store) {
      super(store.runs());
      this.store = store;
    }

    @Override
    public Write<StoredTask> fire(StoredTask asRead, Clock after, List<Run> runs) {
      Optional<RunId> open =
          store.tasks().find(asRead.name()).flatMap(stored -> stored.clock().open());
      Clock clock = asRead.clock();
      Clock whole = new Clock(clock.next(), clock.lastDue(), open, clock.queued());
      return super.fire(asRead.withClock(whole), after, runs);
    }
  }

  // -- Selections ---------------------------------------------------------------------------------

  private static Mutant selections(UnaryOperator<Selections> change) {
    return new Mutant() {
      @Override
      public Store store(String process, Store port, World world) {
        Selections changed = change.apply(port.selections());
        return new Forwarding(port) {
          @Override
          public Selections selections() {
            return changed;
          }
        };
      }
    };
  }

  static Mutant pageOverwritten() {
    return new Mutant() {
      @Override
      public Store shared(Store items) {
        Selections changed = new PageOverwritten(items.selections());
        return new Forwarding(items) {
          @Override
          public Selections selections() {
            return changed;
          }
        };
      }
    };
  }

  private static final class PageOverwritten extends Forwarding.OfSelections {
    private final Map<Place, Page> later = new HashMap<>();

    private record Place(RunId run, Scope scope, int number) {}

    PageOverwritten(Selections port) {
      super(port);
    }

    @Override
    public Write<Page> append(RunId run, Page page) {
      Write<Page> write = super.append(run, page);
      if (write instanceof Write.Refused<Page>) {
        later.put(new Place(run, page.slice(), page.number()), page);
        return new Write.Applied<>(page);
      }
      return write;
    }

    @Override
    public List<Page> pages(RunId run, Scope scope, int from, int limit) {
      return super.pages(run, scope, from, limit).stream()
          .map(page -> later.getOrDefault(new Place(run, scope, page.number()), page))
          .toList();
    }
  }

  static Mutant closedEarly() {
    return selections(ClosedEarly::new);
  }

  private static final class ClosedEarly extends Forwarding.OfSelections {
    ClosedEarly(Selections port) {
      super(port);
    }

    @Override
    public List<Batch> batches(RunId run) {
      return super.batches(run).stream().map(MutantsOfRuns::asIfEnded).toList();
    }

    @Override
    public List<Batch> batches(RunId run, Optional<BatchId> after, int limit) {
      return super.batches(run, after, limit).stream().map(MutantsOfRuns::asIfEnded).toList();
    }

    @Override
    public boolean anyOpen(RunId run) {
      return batches(run).stream().anyMatch(batch -> !batch.full());
    }
  }

  private static Batch asIfEnded(Batch batch) {
    Set<Integer> open =
        IntStream.range(0, batch.executions().size())
            .boxed()
            .filter(ordinal -> !batch.failed().contains(ordinal))
            .filter(ordinal -> !batch.notStarted().contains(ordinal))
            .collect(Collectors.toSet());
    return batch.succeeded().isEmpty() && batch.failed().isEmpty()
        ? batch
        : new Batch(
            batch.id(),
            batch.executions(),
            batch.last(),
            batch.drive(),
            open,
            batch.failed(),
            batch.notStarted());
  }

  static Mutant endCountedAgain() {
    return selections(EndCountedAgain::new);
  }

  /** A report of what has been reported is taken for one of another execution. */
  private static final class EndCountedAgain extends Forwarding.OfSelections {
    EndCountedAgain(Selections port) {
      super(port);
    }

    @Override
    public Tally ended(RunId run, BatchId id, int drive, Ends ends) {
      Optional<Batch> batch =
          super.batches(run).stream().filter(known -> known.id().equals(id)).findFirst();
      return super.ended(run, id, drive, batch.map(known -> moved(known, ends)).orElse(ends));
    }

    private static Ends moved(Batch batch, Ends ends) {
      Set<Integer> counted = new HashSet<>(batch.succeeded());
      counted.addAll(batch.failed());
      counted.addAll(batch.notStarted());
      boolean again = ends.succeeded().stream().anyMatch(counted::contains);
      Optional<Integer> other =
          IntStream.range(0, batch.executions().size())
              .boxed()
              .filter(ordinal -> !counted.contains(ordinal))
              .findFirst();
      return again && other.isPresent()
          ? new Ends(Set.of(other.get()), ends.failed(), ends.notStarted())
          : ends;
    }
  }

  // -- Budgets ------------------------------------------------------------------------------------

  static Mutant budgetPerProcess() {
    return new Mutant() {
      @Override
      public Store store(String process, Store port, World world) {
        Budgets changed =
            new Forwarding.OfBudgets(port.budgets()) {
              @Override
              public Write<Budget> reserve(String window, RunId run, int amount, int limit) {
                return super.reserve(process + "/" + window, run, amount, limit);
              }
            };
        return new Forwarding(port) {
          @Override
          public Budgets budgets() {
            return changed;
          }
        };
      }
    };
  }
}
