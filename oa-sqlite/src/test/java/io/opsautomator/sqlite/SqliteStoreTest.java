package io.opsautomator.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsautomator.resource.Scope;
import io.opsautomator.store.Batch;
import io.opsautomator.store.BatchId;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Executions.Claim;
import io.opsautomator.store.Executions.Move;
import io.opsautomator.store.GateKey;
import io.opsautomator.store.Gates.Limit;
import io.opsautomator.store.Page;
import io.opsautomator.store.Run;
import io.opsautomator.store.Selections.Claimant;
import io.opsautomator.store.Slice;
import io.opsautomator.store.StoreException;
import io.opsautomator.store.StoreProvider;
import io.opsautomator.store.StoredTask;
import io.opsautomator.store.Write;
import io.opsautomator.task.ExecutionId;
import io.opsautomator.task.RunId;
import io.opsautomator.task.TaskName;
import io.opsautomator.task.Trigger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqliteStoreTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Scope SCOPE = Scope.of("111122223333", "eu-west-1");
  private static final GateKey GATE = new GateKey("key");

  @TempDir private Path parent;

  private Path folder() {
    return parent.resolve("deep/store");
  }

  private SqliteStore open() {
    return SqliteStore.open(folder());
  }

  static Run run(int number, Run.State state) {
    TaskName name = new TaskName("nightly");
    Instant at = NOON.plusSeconds(number);
    Trigger trigger = new Trigger.Firing(at);
    Run.Cause cause = new Run.Cause(1, "{}", trigger, at, Run.Missed.NONE);
    RunId id = RunId.of(name, "first", trigger);
    return new Run(
        id, name, cause, state, at, Run.Summary.NONE.endedAt(at.plusSeconds(60)), Run.Drive.FIRST);
  }

  static Execution execution(RunId run, int number) {
    Execution.Origin origin =
        new Execution.Origin(
            run, new BatchId("*", 0), number, false, Optional.empty(), Optional.empty(), "{}");
    return Execution.fresh(ExecutionId.of(run, "unit-" + number), origin);
  }

  static Claim claim(Execution execution, String worker) {
    Claimant by = new Claimant(worker, NOON.plusSeconds(300), NOON);
    return new Claim(execution.id(), 0, Optional.empty(), NOON, by);
  }

  private static <T> T applied(Write<T> write) {
    assertThat(write).isInstanceOf(Write.Applied.class);
    return ((Write.Applied<T>) write).now();
  }

  /** One of everything. */
  static RunId fill(SqliteStore store, int number) {
    Run run = run(number, Run.State.COMPLETE);
    store.runs().insert(run);
    store.selections().fanOut(run.id(), List.of(SCOPE));
    store.selections().append(run.id(), new Page(SCOPE, 0, List.of(), 0, Optional.empty()));
    List<Execution> executions = new ArrayList<>();
    for (int i = 0; i < 2345; i++) {
      executions.add(execution(run.id(), i));
    }
    store.executions().create(executions);
    List<ExecutionId> ids = executions.subList(0, 100).stream().map(Execution::id).toList();
    store.selections().dispatched(run.id(), Batch.fresh(new BatchId("*", 0), ids, true));
    return run.id();
  }

  @Test
  void writesMadeTogetherSeeEachOtherAndAreThereTogether() {
    Run run = run(1, Run.State.DISPATCHING);
    try (SqliteStore store = open()) {
      store.runs().insert(run);
      Optional<Execution> claimed =
          store.together(
              () -> {
                store.executions().create(List.of(execution(run.id(), 0)));
                assertThat(store.executions().find(List.of(execution(run.id(), 0).id())))
                    .hasSize(1);
                return applied(store.executions().claim(claim(execution(run.id(), 0), "w")));
              });

      assertThat(store.executions().find(List.of(execution(run.id(), 0).id())))
          .containsExactly(claimed.orElseThrow());
    }
  }

  @Test
  void writesMadeTogetherAreUndoneTogetherAndNothingOfThemIsKeptAtHand() {
    Run run = run(1, Run.State.DISPATCHING);
    Execution execution = execution(run.id(), 0);
    try (SqliteStore store = open()) {
      store.runs().insert(run);
      store.executions().create(List.of(execution));
      store.gates().enqueue(GATE, new Limit(2, 1), "1", List.of(execution.ticket()));

      assertThatThrownBy(
              () ->
                  store.together(
                      () -> {
                        applied(store.executions().claim(claim(execution, "w")));
                        store.gates().fill(GATE);
                        throw new IllegalStateException("in the middle");
                      }))
          .hasMessage("in the middle");
      assertThat(store.executions().find(List.of(execution.id()))).containsExactly(execution);
      assertThat(store.gates().fill(GATE).granted()).hasSize(1);
      assertThat(applied(store.executions().claim(claim(execution, "w"))).progress().epoch())
          .isEqualTo(1);
    }
  }

  @Test
  void whatIsPurgedIsNotAtHandAnyMore() {
    Run run = run(1, Run.State.COMPLETE);
    GateKey own = GateKey.ofRun(run.id(), 0);
    Execution execution = execution(run.id(), 0);
    try (SqliteStore store = open()) {
      store.runs().insert(run);
      store.executions().create(List.of(execution));
      store.gates().enqueue(own, new Limit(2, 1), "1", List.of(execution.ticket()));
      store.purge(NOON.plusSeconds(3_600));

      assertThat(store.executions().claim(claim(execution, "w"))).isEqualTo(new Write.Absent<>());
      assertThat(store.gates().find(own)).isEmpty();
      assertThatThrownBy(() -> store.gates().fill(own)).hasMessageContaining("no gate");
    }
  }

  @Test
  void everythingThatWasAnsweredIsThereAfterItWasClosedAndOpened() {
    StoredTask task =
        new StoredTask(
            new TaskName("nightly"),
            0,
            "first",
            StoredTask.State.ENABLED,
            "{}",
            StoredTask.Clock.STOPPED.withNext(Optional.of(NOON)));
    Run open = run(1, Run.State.SELECTING);
    Execution ended;
    SqliteStore.Check before;
    try (SqliteStore store = open()) {
      task = applied(store.tasks().put(task, 0));
      store.runs().insert(open);
      fill(store, 2);
      store.gates().enqueue(GATE, new Limit(2, 1), "1", List.of(execution(open.id(), 0).ticket()));
      Execution fresh = applied(store.executions().create(List.of(execution(open.id(), 0))).get(0));
      applied(store.executions().claim(claim(fresh, "w")));
      Move.End end = new Move.End(Execution.Status.SUCCEEDED, "{}", List.of());
      ended = applied(store.executions().advance(fresh.id(), 1, end));
      before = store.check();
    }
    try (SqliteStore store = open()) {
      assertThat(store.check()).isEqualTo(before);
      assertThat(store.check().faults()).isEmpty();
      assertThat(store.tasks().due(NOON, 10)).containsExactly(task);
      assertThat(store.runs().toWatch(open.watchAt(), 10)).containsExactly(open);
      assertThat(store.executions().find(List.of(ended.id()))).containsExactly(ended);
      assertThat(store.gates().fill(GATE).granted()).hasSize(1);
    }
  }

  @Test
  void openingEndsTheLeasesOfEarlierProcesses() {
    Run run = run(1, Run.State.SELECTING);
    Execution fresh = execution(run.id(), 1);
    try (SqliteStore store = open()) {
      store.executions().create(List.of(fresh));
      applied(store.executions().claim(claim(fresh, "before")));
      store.selections().fanOut(run.id(), List.of(SCOPE));
      applied(store.selections().claim(run.id(), SCOPE, claim(fresh, "before").claimant()));
    }
    try (SqliteStore store = open()) {
      Execution taken = applied(store.executions().claim(claim(fresh, "after")));
      assertThat(taken.progress().epoch()).isEqualTo(2);
      Move.End late = new Move.End(Execution.Status.SUCCEEDED, "{}", List.of());
      assertThat(store.executions().advance(fresh.id(), 1, late))
          .isEqualTo(new Write.Fenced<>(taken));
      assertThat(store.executions().claim(claim(fresh, "third")))
          .isEqualTo(new Write.Refused<>(taken));
      Slice slice =
          applied(store.selections().claim(run.id(), SCOPE, claim(fresh, "after").claimant()));
      assertThat(slice.epoch()).isEqualTo(2);
    }
  }

  @Test
  void askingAnAbandonedExecutionToStopDoesNotBringItsLeaseBack() {
    Execution fresh = execution(run(1, Run.State.SELECTING).id(), 1);
    try (SqliteStore store = open()) {
      store.executions().create(List.of(fresh));
      applied(store.executions().claim(claim(fresh, "before")));
    }
    try (SqliteStore store = open()) {
      applied(store.executions().cancel(fresh.id(), new Execution.Cancel("stop", false), false));
      applied(store.executions().claim(claim(fresh, "after")));
    }
  }

  @Test
  void whatWasAnsweredIsInACopyOfTheFilesAtAnyMoment() throws IOException {
    List<Execution> answered = new ArrayList<>();
    try (SqliteStore store = open()) {
      for (int copy = 0; copy < 5; copy++) {
        for (int i = 0; i < 20; i++) {
          Execution fresh = execution(run(copy, Run.State.SELECTING).id(), i);
          answered.add(applied(store.executions().create(List.of(fresh)).get(0)));
        }
        Path image = Files.createDirectory(parent.resolve("image-" + copy));
        for (String file : List.of("store.db", "store.db-wal")) {
          Files.copy(folder().resolve(file), image.resolve(file));
        }
        try (SqliteStore after = SqliteStore.open(image)) {
          assertThat(after.executions().find(answered.stream().map(Execution::id).toList()))
              .isEqualTo(answered);
        }
      }
    }
  }

  @Test
  void aSecondWriterOfThisProcessIsRefusedAndTheFirstKeepsItsLock() {
    try (SqliteStore store = open()) {
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(this::open)
            .isInstanceOf(StoreException.class)
            .hasMessage("the store in " + folder() + " is open in this process already");
      }
      assertThat(store.tasks().all()).isEmpty();
    }
    open().close();
  }

  @Test
  void whoLooksOnSeesWhatIsCommittedAndWritesNothing() {
    Run run = run(1, Run.State.SELECTING);
    try (SqliteStore store = open();
        SqliteStore other = SqliteStore.readOnly(folder())) {
      store.runs().insert(run);
      assertThat(other.runs().history(Optional.empty(), 10)).containsExactly(run);
      Execution fresh = execution(run.id(), 1);
      store.executions().create(List.of(fresh));
      Execution running = applied(store.executions().claim(claim(fresh, "w")));
      assertThat(other.executions().find(List.of(fresh.id()))).containsExactly(running);
      assertThatThrownBy(() -> other.runs().insert(run))
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessageEndingWith("is open for looking on only");
    }
    try (SqliteStore other = SqliteStore.readOnly(folder())) {
      assertThat(other.runs().find(run.id())).contains(run);
    }
  }

  @Test
  void lookingOnWhereNothingIsMakesNothing() {
    assertThatThrownBy(() -> SqliteStore.readOnly(folder()))
        .isInstanceOf(StoreException.class)
        .hasMessage("no store in " + folder() + ": it has no file store.db");
    assertThat(folder()).doesNotExist();
  }

  @Test
  void d50_oldRunsArePurgedInBatchesWithAllThatBelongsToThem() {
    try (SqliteStore store = open()) {
      RunId old = fill(store, 0);
      RunId recent = fill(store, 100);
      store.runs().insert(run(-50, Run.State.SELECTING));
      SqliteStore.Check before = store.check();
      assertThat(store.purge(NOON.plusSeconds(60))).isZero();
      assertThat(store.check()).isEqualTo(before);
      assertThat(store.purge(NOON.plusSeconds(61))).isEqualTo(1);
      assertThat(store.runs().find(old)).isEmpty();
      assertThat(store.runs().find(recent)).isPresent();
      assertThat(store.selections().batches(old)).isEmpty();
      assertThat(store.executions().find(List.of(execution(old, 2344).id()))).isEmpty();
      assertThat(store.executions().find(List.of(execution(recent, 2344).id()))).hasSize(1);
      assertThat(store.check().items())
          .containsEntry("run", 2L)
          .containsEntry("slice", 1L)
          .containsEntry("page", 1L)
          .containsEntry("batch", 1L)
          .containsEntry("execution", 2345L);
    }
  }

  @Test
  void whatIsBeingPurgedIsNotDrivenAgain() {
    try (Embedded database = Embedded.open(folder(), SqliteOptions.DEFAULTS, new Schema())) {
      Run old = applied(new SqliteRuns(database).insert(run(0, Run.State.FAILED)));
      SqliteExecutions executions = new SqliteExecutions(database);
      executions.create(
          IntStream.range(0, 1500).mapToObj(number -> execution(old.id(), number)).toList());
      List<Write<Run>> redrives = new ArrayList<>();
      Database interrupted =
          new Database() {
            @Override
            public <T> T read(Work<T> work) {
              return database.read(work);
            }

            @Override
            public <T> T write(Work<T> work) {
              T done = database.write(work);
              if (executions.find(List.of(execution(old.id(), 0).id())).isEmpty()) {
                redrives.add(new SqliteRuns(database).redrive(old.id(), 0, Set.of(), NOON, false));
              }
              return done;
            }
          };
      assertThat(new History(interrupted).purge(NOON.plusSeconds(61), 10)).isEqualTo(1);
      assertThat(redrives).hasSize(2).containsOnly(new Write.Absent<>());
    }
  }

  @Test
  void afterClosingNothingWorksAndClosingAgainDoes() {
    SqliteStore store = open();
    store.close();
    store.close();
    assertThatThrownBy(() -> store.tasks().all()).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> store.runs().insert(run(1, Run.State.SELECTING)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void theThreadAndTheBatchAreTheCallersChoice() {
    List<String> made = new ArrayList<>();
    SqliteOptions options =
        SqliteOptions.DEFAULTS
            .withBatch(1)
            .withThreads(
                run -> {
                  made.add("one");
                  return new Thread(run);
                });
    try (SqliteStore store = SqliteStore.open(folder(), options)) {
      fill(store, 1);
    }
    assertThat(made).hasSize(1);
    assertThatThrownBy(() -> options.withBatch(0)).hasMessage("batch is 0, not 1 or more");
  }

  @Test
  void theEngineFindsIt() {
    Set<Class<?>> found =
        Set.copyOf(
            ServiceLoader.load(StoreProvider.class).stream()
                .map(ServiceLoader.Provider::type)
                .toList());
    assertThat(found).containsExactly(SqliteStoreProvider.class);
  }
}
