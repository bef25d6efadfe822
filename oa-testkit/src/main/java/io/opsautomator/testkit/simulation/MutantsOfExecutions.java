package io.opsautomator.testkit.simulation;

import io.opsautomator.store.Execution;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.store.Executions;
import io.opsautomator.store.Grant;
import io.opsautomator.store.JournalEntry;
import io.opsautomator.store.JournalEntry.Stage;
import io.opsautomator.store.Lease;
import io.opsautomator.store.Selections.Claimant;
import io.opsautomator.store.Store;
import io.opsautomator.store.Write;
import io.opsautomator.task.ExecutionId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Defects in how executions are created, claimed, moved on and driven again. */
final class MutantsOfExecutions {
  private MutantsOfExecutions() {}

  /** Between each process and the store: what it does in two steps can be torn. */
  private static Mutant port(UnaryOperator<Executions> change) {
    return new Mutant() {
      @Override
      public Store store(String process, Store port, World world) {
        Executions changed = change.apply(port.executions());
        return new Forwarding(port) {
          @Override
          public Executions executions() {
            return changed;
          }
        };
      }
    };
  }

  /** Beneath all processes: other rules. */
  private static Mutant rules(RuledExecutions rules) {
    return new Mutant() {
      @Override
      public Store shared(Store items) {
        return new Forwarding(items) {
          @Override
          public Executions executions() {
            return rules;
          }
        };
      }
    };
  }

  // -- Create -------------------------------------------------------------------------------------

  static Mutant droppedRows() {
    return port(DroppedRows::new);
  }

  private static final class DroppedRows extends Forwarding.OfExecutions {
    DroppedRows(Executions port) {
      super(port);
    }

    @Override
    public List<Write<Execution>> create(List<Execution> fresh) {
      if (fresh.size() < 2) {
        return super.create(fresh);
      }
      int last = fresh.size() - 1;
      List<Write<Execution>> made = new ArrayList<>(super.create(fresh.subList(0, last)));
      made.add(new Write.Applied<>(fresh.get(last)));
      return made;
    }
  }

  // -- Claim --------------------------------------------------------------------------------------

  static Mutant startIsNoClaim() {
    return port(StartIsNoClaim::new);
  }

  private static final class StartIsNoClaim extends Forwarding.OfExecutions {
    StartIsNoClaim(Executions port) {
      super(port);
    }

    @Override
    public Write<Execution> claim(Claim claim) {
      Write<Execution> write = super.claim(claim);
      boolean open =
          write instanceof Write.Refused<Execution> refused && !refused.actual().status().ended();
      return open ? super.claim(forced(claim, ((Write.Refused<Execution>) write).actual())) : write;
    }

    private static Claim forced(Claim claim, Execution actual) {
      Optional<Grant> invented =
          actual
              .nextGate()
              .map(gate -> new Grant(gate, 0, actual.ticket(), Integer.MAX_VALUE))
              .or(actual::latestGrant);
      Claimant by = new Claimant(claim.claimant().worker(), claim.claimant().until(), Instant.MAX);
      return new Claim(claim.id(), actual.progress().ticket(), invented, claim.now(), by);
    }
  }

  static Mutant earlyTakeOver() {
    return port(port -> new OtherLeases(port, Instant.MAX));
  }

  static Mutant noTakeOver() {
    return port(port -> new OtherLeases(port, Instant.MIN));
  }

  /** Leases that ended before this instant are over. */
  private static final class OtherLeases extends Forwarding.OfExecutions {
    private final Instant stale;

    OtherLeases(Executions port, Instant stale) {
      super(port);
      this.stale = stale;
    }

    @Override
    public Write<Execution> claim(Claim claim) {
      Claimant by = new Claimant(claim.claimant().worker(), claim.claimant().until(), stale);
      return super.claim(new Claim(claim.id(), claim.ticket(), claim.by(), claim.now(), by));
    }
  }

  static Mutant sameEpoch() {
    return rules(
        new RuledExecutions() {
          @Override
          Write<Execution> claim(Execution stored, Claim claim) {
            Write<Execution> write = super.claim(stored, claim);
            return stored.status() == Status.RUNNING
                    && write instanceof Write.Applied<Execution> applied
                ? new Write.Applied<>(under(stored, applied.now()))
                : write;
          }
        });
  }

  private static Execution under(Execution stored, Execution claimed) {
    Optional<Lease> lease =
        claimed.lease().map(l -> new Lease(l.worker(), stored.progress().epoch(), l.until()));
    return new Execution(
        claimed.id(),
        claimed.origin(),
        claimed.status(),
        stored.progress(),
        lease,
        claimed.grants(),
        claimed.journal());
  }

  // -- Advance ------------------------------------------------------------------------------------

  static Mutant unfenced() {
    return port(Unfenced::new);
  }

  private static final class Unfenced extends Forwarding.OfExecutions {
    Unfenced(Executions port) {
      super(port);
    }

    @Override
    public Write<Execution> advance(ExecutionId id, long epoch, Move move) {
      Write<Execution> write = super.advance(id, epoch, move);
      return write instanceof Write.Fenced<Execution> fenced
          ? super.advance(id, fenced.actual().progress().epoch(), move)
          : write;
    }
  }

  static Mutant refusalIsSuccess() {
    return port(RefusalIsSuccess::new);
  }

  private static final class RefusalIsSuccess extends Forwarding.OfExecutions {
    RefusalIsSuccess(Executions port) {
      super(port);
    }

    @Override
    public Write<Execution> advance(ExecutionId id, long epoch, Move move) {
      Write<Execution> write = super.advance(id, epoch, move);
      if (write instanceof Write.Refused<Execution> refused) {
        return new Write.Applied<>(refused.actual());
      }
      return write instanceof Write.Fenced<Execution> fenced
          ? new Write.Applied<>(fenced.actual())
          : write;
    }
  }

  static Mutant resurrectingCheck() {
    return rules(
        new RuledExecutions() {
          @Override
          Write<Execution> advance(Execution stored, long epoch, Move move) {
            boolean rewrites = stored.status().ended() && !(move instanceof Move.Requeue);
            return rewrites && stored.progress().epoch() == epoch
                ? new Write.Applied<>(unended(stored))
                : super.advance(stored, epoch, move);
          }
        });
  }

  private static Execution unended(Execution stored) {
    return new Execution(
        stored.id(),
        stored.origin(),
        Status.COMPLETING,
        stored.progress(),
        Optional.empty(),
        stored.grants(),
        stored.journal());
  }

  // -- The journal --------------------------------------------------------------------------------

  static Mutant seenNotStored() {
    return port(port -> new Forgetful(port, Stage.FACT));
  }

  static Mutant resultsDropped() {
    return port(port -> new Forgetful(port, Stage.DONE));
  }

  /** Leaves entries of one kind out of what is stored, and answers as if they were there. */
  private static final class Forgetful extends Forwarding.OfExecutions {
    private final Stage stage;

    Forgetful(Executions port, Stage stage) {
      super(port);
      this.stage = stage;
    }

    @Override
    public Write<Execution> advance(ExecutionId id, long epoch, Move move) {
      List<JournalEntry> kept =
          move.journal().stream().filter(entry -> entry.stage() != stage).toList();
      return super.advance(id, epoch, with(move, kept));
    }

    private static Move with(Move move, List<JournalEntry> journal) {
      if (move instanceof Move.Checkpoint checkpoint) {
        return new Move.Checkpoint(checkpoint.until(), journal);
      } else if (move instanceof Move.Await await) {
        return new Move.Await(await.waiting(), journal);
      } else if (move instanceof Move.Resume resume) {
        return new Move.Resume(resume.worker(), resume.until(), journal);
      } else if (move instanceof Move.End end) {
        return new Move.End(end.status(), end.outcome(), journal);
      } else if (move instanceof Move.BeginAgain) {
        return new Move.BeginAgain(journal);
      }
      return new Move.Requeue(journal);
    }
  }

  // -- Redrive ------------------------------------------------------------------------------------

  static Mutant redriveFromScratch() {
    return rules(
        new RuledExecutions() {
          @Override
          Write<Execution> redrive(Execution stored, int drive, boolean uncertainToo) {
            return super.redrive(stored, drive, uncertainToo)
                    instanceof Write.Applied<Execution> applied
                ? new Write.Applied<>(blank(applied.now()))
                : new Write.Refused<>(stored);
          }
        });
  }

  private static Execution blank(Execution driven) {
    return new Execution(
        driven.id(),
        driven.origin(),
        driven.status(),
        driven.progress(),
        driven.lease(),
        driven.grants(),
        List.of());
  }
}
