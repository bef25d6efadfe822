package io.opsautomator.sqlite.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.action.Effects.Kind;
import io.opsautomator.sqlite.SqliteStore;
import io.opsautomator.store.Batch;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.store.Gate;
import io.opsautomator.store.JournalEntry;
import io.opsautomator.store.Run;
import io.opsautomator.task.ExecutionId;
import io.opsautomator.testkit.Call;
import io.opsautomator.testkit.Estate;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The books as a process has left them: the store's, and the ledger of the estate, which knows
 * nothing of the store. Immutable.
 */
record Accounts(
    List<Run> runs,
    Map<ExecutionId, Execution> executions,
    List<Batch> batches,
    Optional<Gate> gate,
    List<Call> ledger) {

  static Accounts of(Path folder) {
    List<Call> calls;
    try (Estate estate = Estate.open(KilledEngine.ledger(folder), InstantSource.system(), 1)) {
      calls = estate.calls().stream().filter(Call::mutating).toList();
    }
    try (SqliteStore store = SqliteStore.open(KilledEngine.store(folder))) {
      List<Run> runs = store.runs().history(Optional.empty(), Integer.MAX_VALUE);
      Map<ExecutionId, Execution> executions = new LinkedHashMap<>();
      List<Batch> batches = new ArrayList<>();
      for (Run run : runs) {
        for (Batch batch : store.selections().batches(run.id())) {
          batches.add(batch);
          List<Execution> found = store.executions().find(batch.executions());
          assertThat(found).extracting(Execution::id).isEqualTo(batch.executions());
          found.forEach(it -> assertThat(executions.put(it.id(), it)).isNull());
        }
      }
      Optional<Gate> gate =
          executions.values().stream()
              .flatMap(it -> it.origin().gate().stream())
              .findFirst()
              .flatMap(key -> store.gates().find(key));
      return new Accounts(runs, executions, batches, gate, calls);
    }
  }

  // -- What holds at every moment -----------------------------------------------------------------

  /** Whatever the moment at which a process was killed. */
  void requireInOrder() {
    Set<String> known = new HashSet<>();
    executions.values().forEach(it -> known.add(it.id().value()));
    ledger.forEach(
        call -> assertThat(known).as("whose call is %s?", call).contains(tag(call, "Execution")));
    executions.values().forEach(this::requireEffects);
    requireSlots();
  }

  private void requireEffects(Execution execution) {
    for (Kind kind : List.of(Kind.WITH_TOKEN, Kind.PROBED, Kind.AT_MOST_ONCE)) {
      assertThat(made(execution, kind)).as("%s of %s", kind, execution).isLessThanOrEqualTo(1);
    }
    assertThat(calls(execution, Kind.AT_MOST_ONCE)).as("%s", execution).isLessThanOrEqualTo(1);
    for (JournalEntry entry : execution.journal()) {
      if (entry.stage() == JournalEntry.Stage.DONE) {
        requireDone(execution, Kind.valueOf(entry.step()));
      }
    }
    if (execution.status().ended()) {
      requireEnded(execution);
    }
  }

  private void requireDone(Execution execution, Kind kind) {
    String what = "%s of %s is done";
    if (kind == Kind.IDEMPOTENT) {
      assertThat(calls(execution, kind)).as(what, kind, execution).isPositive();
    } else {
      assertThat(made(execution, kind)).as(what, kind, execution).isEqualTo(1);
    }
  }

  private void requireEnded(Execution execution) {
    assertThat(execution.status()).as("%s", execution).isIn(Status.SUCCEEDED, Status.UNCERTAIN);
    List<JournalEntry> journal = execution.journal();
    if (execution.status() == Status.SUCCEEDED) {
      for (Kind kind : List.of(Kind.IDEMPOTENT, Kind.WITH_TOKEN, Kind.PROBED, Kind.AT_MOST_ONCE)) {
        requireDone(execution, kind);
      }
    } else {
      assertThat(journal.get(journal.size() - 1).stage()).isEqualTo(JournalEntry.Stage.INTENT);
    }
  }

  /** Whoever is at work has a slot, and there are no more slots than allowed. */
  private void requireSlots() {
    List<Execution> atWork =
        executions.values().stream()
            .filter(it -> it.status() == Status.RUNNING || it.status() == Status.COMPLETING)
            .toList();
    assertThat(atWork).hasSizeLessThanOrEqualTo(KilledEngine.LIMIT);
    assertThat(gate.map(Gate::held).orElse(List.of()))
        .hasSizeLessThanOrEqualTo(KilledEngine.LIMIT)
        .containsAll(atWork.stream().map(it -> it.latestGrant().orElseThrow()).toList());
  }

  /** What had ended before has neither gone nor changed. */
  void requireContinues(Accounts before) {
    before
        .executions()
        .forEach(
            (id, was) -> {
              assertThat(executions).containsKey(id);
              if (was.status().ended()) {
                assertThat(executions.get(id)).isEqualTo(was);
              }
            });
    assertThat(ledger.subList(0, before.ledger().size())).isEqualTo(before.ledger());
  }

  // -- What holds in the end ----------------------------------------------------------------------

  /** When nothing is left to do. */
  void requireClosed(int expectedRuns) {
    assertThat(runs).hasSize(expectedRuns).allMatch(run -> run.state().ended());
    assertThat(executions)
        .hasSize(expectedRuns * KilledEngine.INSTANCES)
        .allSatisfy((id, it) -> assertThat(it.status().ended()).isTrue());
    assertThat(gate.orElseThrow().held()).isEmpty();
    assertThat(gate.orElseThrow().waiting()).isFalse();
    batches.forEach(this::requireTallied);
    runs.forEach(this::requireTallied);
  }

  private void requireTallied(Batch batch) {
    for (int i = 0; i < batch.executions().size(); i++) {
      boolean good = executions.get(batch.executions().get(i)).status() == Status.SUCCEEDED;
      assertThat(good ? batch.succeeded() : batch.failed()).contains(i);
      assertThat(good ? batch.failed() : batch.succeeded()).doesNotContain(i);
    }
  }

  private void requireTallied(Run run) {
    long good = count(it -> it.origin().run().equals(run.id()) && it.status() == Status.SUCCEEDED);
    assertThat(run.summary().succeeded()).isEqualTo((int) good);
    assertThat(run.summary().failed()).isEqualTo(KilledEngine.INSTANCES - (int) good);
    assertThat(run.state()).isEqualTo(state((int) good));
  }

  /** Kills may have left every execution of a run uncertain. */
  private static Run.State state(int good) {
    if (good == KilledEngine.INSTANCES) {
      return Run.State.COMPLETE;
    }
    return good == 0 ? Run.State.FAILED : Run.State.PARTIAL;
  }

  private long count(Predicate<Execution> wanted) {
    return executions.values().stream().filter(wanted).count();
  }

  // -- The ledger ---------------------------------------------------------------------------------

  /** How many calls of this kind the service has had of an execution. */
  int calls(Execution execution, Kind kind) {
    return (int) ledger.stream().filter(call -> isOf(call, execution, kind)).count();
  }

  /** How many things came of them. */
  int made(Execution execution, Kind kind) {
    return ledger.stream()
        .filter(call -> isOf(call, execution, kind))
        .mapToInt(call -> call.answer().created().size())
        .sum();
  }

  private static boolean isOf(Call call, Execution execution, Kind kind) {
    return tag(call, "Execution").equals(execution.id().value())
        && tag(call, "Kind").equals(kind.name());
  }

  private static String tag(Call call, String key) {
    Map<String, String> tags = new HashMap<>();
    for (String tag : call.arguments().getOrDefault("tags", "").split(",", -1)) {
      int at = tag.indexOf('=');
      tags.put(tag.substring(0, Math.max(at, 0)), tag.substring(at + 1));
    }
    return tags.getOrDefault(key, "");
  }
}
