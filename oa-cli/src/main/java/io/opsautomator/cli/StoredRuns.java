package io.opsautomator.cli;

import io.opsautomator.sqlite.SqliteStore;
import io.opsautomator.store.Brake;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Gate;
import io.opsautomator.store.GateKey;
import io.opsautomator.store.Run;
import io.opsautomator.store.Store;
import io.opsautomator.store.Terms;
import io.opsautomator.task.ExecutionId;
import io.opsautomator.task.RunId;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a folder keeps, to look at; also while another {@code oa} is at work on it. */
final class StoredRuns {
  private static final int SEARCHED = 10_000;

  private StoredRuns() {}

  static boolean isThere(StoreOption store) {
    return Files.exists(store.folder().resolve("store.db"));
  }

  /**
   * For reading.
   *
   * @throws Failure if there is nothing
   */
  static SqliteStore open(StoreOption store) {
    if (!isThere(store)) {
      throw Failure.badInput(
          "there is no history in " + store.folder() + "; --store names another folder");
    }
    return SqliteStore.readOnly(store.folder());
  }

  /**
   * The run of which this is the id, or the only one of which it is the beginning.
   *
   * @throws Failure if there is none, or more than one
   */
  static Run find(Store open, String id) {
    Optional<Run> exact = open.runs().find(new RunId(id));
    if (exact.isPresent()) {
      return exact.get();
    }
    List<Run> like =
        open.runs().history(Optional.empty(), SEARCHED).stream()
            .filter(run -> run.id().value().startsWith(id))
            .toList();
    if (like.size() != 1) {
      String problem = like.isEmpty() ? "there is no run " : "more than one run begins with ";
      throw Failure.badInput(problem + id + "; 'oa history' lists them");
    }
    return like.get(0);
  }

  /**
   * What an id means: an execution, or a run; the beginning is enough of an execution of a run that
   * has not ended, and of any run.
   *
   * @throws Failure if it is neither, or the beginning of more than one
   */
  static Found findEither(Store open, String id) {
    List<Execution> exact = open.executions().find(List.of(new ExecutionId(id)));
    List<Execution> like = exact.isEmpty() ? beginningWith(open, id) : exact;
    List<Run> runs =
        exact.isEmpty()
            ? open.runs().history(Optional.empty(), SEARCHED).stream()
                .filter(run -> run.id().value().startsWith(id))
                .toList()
            : List.of();
    if (like.size() + runs.size() > 1) {
      throw Failure.badInput("more than one run or execution begins with " + id);
    }
    if (like.isEmpty()) {
      return new Found(find(open, id).id(), Optional.empty());
    }
    return new Found(like.get(0).origin().run(), Optional.of(like.get(0).id()));
  }

  /** An execution, or a whole run. */
  record Found(RunId run, Optional<ExecutionId> execution) {}

  private static List<Execution> beginningWith(Store open, String id) {
    return open.runs().toWatch(Instant.MAX, SEARCHED).stream()
        .flatMap(run -> open.selections().batches(run.id()).stream())
        .flatMap(batch -> batch.executions().stream())
        .filter(execution -> execution.value().startsWith(id))
        .limit(2)
        .flatMap(execution -> open.executions().find(List.of(execution)).stream())
        .toList();
  }

  /** The run, with a remark if it is between two waves: nothing else tells why it stands still. */
  static Run explained(Store open, Run run) {
    if (run.state() != Run.State.DISPATCHING) {
      return run;
    }
    return open.gates()
        .find(GateKey.ofRun(run.id(), run.drive().number()))
        .flatMap(Gate::brake)
        .map(Brake::terms)
        .filter(terms -> terms.restingSince().isPresent() && !terms.stopped())
        .map(terms -> run.with(run.state(), run.summary().because(between(run, terms))))
        .orElse(run);
  }

  private static String between(Run run, Terms terms) {
    boolean approved = terms.approvedWave() > terms.wave();
    String next = approved ? "its time" : "its time, or for: oa approve " + run.id().value();
    return "wave " + (terms.wave() + 1) + " is through; the next one waits for " + next;
  }
}
