package io.opsautomator.testkit;

import static io.opsautomator.testkit.StoreItems.NOON;
import static io.opsautomator.testkit.StoreItems.done;

import io.opsautomator.resource.Scope;
import io.opsautomator.store.Batch;
import io.opsautomator.store.BatchId;
import io.opsautomator.store.Brake;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.store.Executions.Claim;
import io.opsautomator.store.Executions.Move;
import io.opsautomator.store.Gate;
import io.opsautomator.store.GateKey;
import io.opsautomator.store.Gates.Filled;
import io.opsautomator.store.Gates.HandOver;
import io.opsautomator.store.Gates.Limit;
import io.opsautomator.store.Grant;
import io.opsautomator.store.JournalEntry;
import io.opsautomator.store.Page;
import io.opsautomator.store.Run;
import io.opsautomator.store.Selections.Claimant;
import io.opsautomator.store.Selections.Ends;
import io.opsautomator.store.Slice;
import io.opsautomator.store.Store;
import io.opsautomator.store.StoredTask;
import io.opsautomator.store.StoredTask.Clock;
import io.opsautomator.store.Terms;
import io.opsautomator.store.Ticket;
import io.opsautomator.task.ExecutionId;
import io.opsautomator.task.RunId;
import io.opsautomator.task.TaskName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Operations at random over few names, so that they meet: most conditions hold now and then. Time
 * goes on with every operation. Grants come from what gates have answered.
 */
final class StoreOperations {
  private static final int FEW = 6;
  private static final List<String> NAMES = List.of("a", "b", "c");

  private final Random random;
  private final List<Grant> grants = new ArrayList<>();
  private Instant now = NOON;
  private int orders;

  StoreOperations(Random random) {
    this.random = random;
  }

  StoreOperation next() {
    now = now.plusMillis(random.nextInt(4000));
    if (random.nextInt(100) == 0) {
      return purge();
    }
    return switch (random.nextInt(7)) {
      case 0 -> tasks();
      case 1 -> runs();
      case 2 -> selections();
      case 3 -> gates();
      case 4 -> random.nextInt(3) == 0 ? budgets() : executions();
      default -> executions();
    };
  }

  /** Remembers grants. */
  void learn(Object answer) {
    if (answer instanceof Filled filled) {
      grants.addAll(filled.granted());
    } else if (answer instanceof HandOver.Next next) {
      grants.add(next.grant());
    }
  }

  private StoreOperation tasks() {
    StoredTask task = task();
    long expected = random.nextInt(FEW);
    Instant upTo = moment();
    int limit = 1 + random.nextInt(3);
    return switch (random.nextInt(5)) {
      case 0 -> new StoreOperation("find " + task.name(), s -> s.tasks().find(task.name()));
      case 1 -> new StoreOperation("all", s -> s.tasks().all());
      case 2 -> new StoreOperation("due " + upTo, s -> s.tasks().due(upTo, limit));
      case 3 -> new StoreOperation("nextDue", s -> s.tasks().nextDue());
      default ->
          new StoreOperation(
              "put " + task,
              s -> {
                long revision = s.tasks().find(task.name()).map(StoredTask::revision).orElse(0L);
                return s.tasks().put(task, random(expected, revision));
              });
    };
  }

  /** What is stored, five times of six. */
  private static long random(long choice, long stored) {
    return choice == 0 ? 0 : stored;
  }

  private StoreOperation runs() {
    Run run = run();
    Run.State from = pick(Run.State.values());
    Run.State to = pick(Run.State.values());
    Instant at = moment();
    int limit = 1 + random.nextInt(4);
    Run.Summary summary = Run.Summary.of("reason " + random.nextInt(9)).endedAt(at);
    return switch (random.nextInt(8)) {
      case 0 -> new StoreOperation("insert " + run, s -> s.runs().insert(run));
      case 1 -> fire();
      case 2 -> new StoreOperation("toWatch " + at, s -> s.runs().toWatch(at, limit));
      case 3 -> new StoreOperation("nextWatch", s -> s.runs().nextWatch());
      case 4 ->
          new StoreOperation(
              "watched " + run.id(),
              s ->
                  s.runs()
                      .watched(run.id(), s.runs().find(run.id()).map(Run::watchAt).orElse(at), at));
      case 5 ->
          new StoreOperation(
              "history", s -> s.runs().history(maybe(limit % 2 == 0, run.task()), limit));
      case 6 -> redrive(run, at, limit > 2);
      default ->
          new StoreOperation(
              "move " + run.id() + " to " + to,
              s -> {
                Run.State is = s.runs().find(run.id()).map(Run::state).orElse(from);
                return s.runs()
                    .move(run.id(), run.drive().number(), limit == 1 ? from : is, to, summary);
              });
    };
  }

  private static StoreOperation redrive(Run run, Instant watchAt, boolean alone) {
    return new StoreOperation(
        "redrive " + run.id(),
        s -> {
          Run stored = s.runs().find(run.id()).orElse(run);
          int drive = stored.drive().number();
          return s.runs().redrive(run.id(), drive, Set.of(), watchAt, alone);
        });
  }

  private StoreOperation budgets() {
    String window = NOON.plusSeconds(60L * random.nextInt(20)) + "/PT5M";
    RunId run = run().id();
    int amount = random.nextInt(5);
    return random.nextInt(3) == 0
        ? new StoreOperation("find " + window, s -> s.budgets().find(window))
        : new StoreOperation(
            "reserve " + window, s -> s.budgets().reserve(window, run, amount, 12));
  }

  /**
   * Seldom, or nothing is left to meet. All runs are there by then: what becomes of pages and
   * batches of a run that nobody has made is up to the store.
   */
  private StoreOperation purge() {
    Instant before = now.minusSeconds(3600 - random.nextInt(3600));
    return new StoreOperation(
        "purge " + before,
        s -> {
          NAMES.forEach(name -> IntStream.range(0, FEW).forEach(i -> make(s, name, i)));
          return s.purge(before);
        });
  }

  private static void make(Store store, String task, int seconds) {
    store.runs().insert(StoreItems.run(task, seconds, Run.State.DISPATCHING));
  }

  private StoreOperation fire() {
    TaskName name = new TaskName(name());
    Optional<Instant> next = some(this::moment);
    List<Run> runs = IntStream.range(0, random.nextInt(3)).mapToObj(i -> run()).toList();
    List<RunId> queued = runs.stream().map(Run::id).distinct().toList();
    Optional<RunId> open = some(() -> run().id());
    Clock after = new Clock(next, Optional.of(now), open, queued);
    StoredTask unknown = StoreItems.task(name.value(), Optional.empty());
    return new StoreOperation(
        "fire " + name, s -> s.runs().fire(s.tasks().find(name).orElse(unknown), after, runs));
  }

  private StoreOperation selections() {
    RunId run = run().id();
    Scope scope = scope();
    Batch batch = batch();
    Ends ends = new Ends(ordinals(), ordinals(), ordinals());
    int drive = random.nextInt(3);
    Claimant by = claimant();
    Slice.End end = random.nextBoolean() ? Slice.End.sealed(2) : Slice.End.failed(1, "denied");
    int number = random.nextInt(4);
    Page page = new Page(scope, number, List.of(), random.nextInt(9), Optional.empty());
    return switch (random.nextInt(10)) {
      case 0 -> new StoreOperation("fanOut", s -> s.selections().fanOut(run, List.of(scope)));
      case 1 -> new StoreOperation("claim " + scope, s -> s.selections().claim(run, scope, by));
      case 2 -> new StoreOperation("append " + page, s -> s.selections().append(run, page));
      case 3 -> new StoreOperation("end", s -> s.selections().end(run, scope, number, end));
      case 4 -> new StoreOperation("dispatched", s -> s.selections().dispatched(run, batch));
      case 5 -> new StoreOperation("slices", s -> s.selections().slices(run));
      case 6 -> new StoreOperation("pages", s -> s.selections().pages(run, scope, number, 2));
      case 7 -> new StoreOperation("batches", s -> s.selections().batches(run));
      case 8 ->
          new StoreOperation(
              "reopen " + batch.id(), s -> s.selections().reopen(run, batch.id(), drive));
      default ->
          new StoreOperation(
              "ended " + batch.id(), s -> s.selections().ended(run, batch.id(), drive, ends));
    };
  }

  private StoreOperation gates() {
    GateKey key = gate();
    Limit limit = new Limit(1 + random.nextInt(3), random.nextInt(FEW));
    String order = "%06d".formatted(orders + random.nextInt(2));
    orders++;
    List<Ticket> tickets =
        IntStream.range(0, random.nextInt(3)).mapToObj(i -> execution().ticket()).toList();
    Grant grant = grant().orElse(new Grant(key, 0, execution().ticket(), 1));
    Optional<Terms> terms = some(this::terms);
    boolean failed = random.nextInt(4) == 0;
    return switch (random.nextInt(5)) {
      case 0 ->
          new StoreOperation("enqueue", s -> s.gates().enqueue(key, limit, terms, order, tickets));
      case 1 -> new StoreOperation("fill " + key, s -> s.gates().fill(key));
      case 2 -> new StoreOperation("find " + key, s -> s.gates().find(key));
      case 3 -> retune(key, terms());
      default -> new StoreOperation("handOver " + grant, s -> s.gates().handOver(grant, failed));
    };
  }

  /** From what is stored, mostly. */
  private StoreOperation retune(GateKey key, Terms next) {
    Terms other = terms();
    boolean stale = random.nextInt(FEW) == 0;
    return new StoreOperation(
        "retune " + key + " to " + next,
        s -> {
          Optional<Terms> stored = s.gates().find(key).flatMap(Gate::brake).map(Brake::terms);
          return s.gates().retune(key, stale ? other : stored.orElse(other), next);
        });
  }

  private Terms terms() {
    return Terms.NONE
        .withMaxFailed(random.nextInt(FEW))
        .nextWave(random.nextBoolean() ? Long.MAX_VALUE : random.nextInt(40))
        .approved(random.nextInt(3))
        .resting(some(this::moment));
  }

  private StoreOperation executions() {
    Execution execution = execution();
    Optional<Grant> grant = grant();
    Claimant by = claimant();
    Instant at = now;
    boolean force = random.nextInt(4) == 0;
    int stale = random.nextInt(FEW) == 0 ? 1 : 0;
    Move move = move();
    Execution.Cancel cancel = new Execution.Cancel("why " + random.nextInt(9), force);
    return switch (random.nextInt(8)) {
      case 0 -> new StoreOperation("create", s -> s.executions().create(List.of(execution)));
      case 1 ->
          new StoreOperation("cancel", s -> s.executions().cancel(execution.id(), cancel, force));
      case 2 -> new StoreOperation("find", s -> s.executions().find(List.of(execution.id())));
      case 3 ->
          force
              ? new StoreOperation("drop", s -> s.executions().drop(execution.id(), "dropped"))
              : redrive(execution, random.nextBoolean());
      case 4, 5 ->
          new StoreOperation(
              "claim " + execution.id(),
              s -> s.executions().claim(claim(s, execution, grant, by, at)));
      default ->
          new StoreOperation(
              move + " of " + execution.id(),
              s -> {
                long epoch = stored(s, execution).progress().epoch() - stale;
                return s.executions().advance(execution.id(), epoch, move);
              });
    };
  }

  private static StoreOperation redrive(Execution execution, boolean uncertainToo) {
    return new StoreOperation(
        "redrive " + execution.id(),
        s -> {
          int drive = stored(s, execution).progress().drive() + 1;
          return s.executions().redrive(execution.id(), drive % 4, uncertainToo);
        });
  }

  /** Half of the claims come with the grant that fits what is stored. */
  private static Claim claim(
      Store store, Execution execution, Optional<Grant> grant, Claimant by, Instant at) {
    Execution stored = stored(store, execution);
    Optional<Grant> used =
        grant.map(
            g ->
                new Grant(
                    stored.nextGate().orElse(g.gate()), g.slot(), stored.ticket(), g.serial()));
    return new Claim(
        execution.id(), stored.ticket().number(), used.or(stored::latestGrant), at, by);
  }

  private static Execution stored(Store store, Execution execution) {
    return store.executions().find(List.of(execution.id())).stream().findFirst().orElse(execution);
  }

  private Move move() {
    List<JournalEntry> journal =
        random.nextInt(8) == 0
            ? List.of(new JournalEntry("pay", JournalEntry.Stage.INTENT, ""))
            : List.of(done("step-" + random.nextInt(9)));
    return switch (random.nextInt(5)) {
      case 0 -> new Move.Checkpoint(some(this::moment), journal);
      case 1 -> new Move.Await(StoreItems.waiting(now), journal);
      case 2 -> new Move.Resume("worker-9", moment(), journal);
      case 3 -> new Move.Requeue(journal);
      default -> new Move.End(pick(Status.values()), "outcome", journal);
    };
  }

  private StoredTask task() {
    StoredTask task = StoreItems.task(name(), some(this::moment));
    return new StoredTask(
        task.name(), 0, "first", pick(StoredTask.State.values()), "{}", task.clock());
  }

  private Run run() {
    return StoreItems.run(name(), random.nextInt(FEW), pick(Run.State.values()));
  }

  private Execution execution() {
    int number = random.nextInt(4 * FEW);
    return StoreItems.execution(number, number % 3 == 0, maybe(number % 2 == 0, gate()));
  }

  private Batch batch() {
    BatchId id = new BatchId(name(), random.nextInt(3));
    List<ExecutionId> executions =
        IntStream.range(0, random.nextInt(4))
            .mapToObj(i -> ExecutionId.of(run().id(), "unit-" + i))
            .toList();
    return Batch.fresh(id, executions, random.nextInt(3) == 0);
  }

  private GateKey gate() {
    return new GateKey("gate-" + name());
  }

  private Optional<Grant> grant() {
    return grants.isEmpty() || random.nextInt(4) == 0
        ? Optional.empty()
        : Optional.of(grants.get(random.nextInt(grants.size())));
  }

  private Claimant claimant() {
    return new Claimant("worker-" + random.nextInt(3), now.plusSeconds(60), now);
  }

  private Scope scope() {
    return Scope.of("11112222333" + random.nextInt(3), "eu-west-1");
  }

  private Set<Integer> ordinals() {
    return random.nextBoolean() ? Set.of() : Set.of(random.nextInt(3));
  }

  private Instant moment() {
    return now.plusMillis(random.nextInt(120_000) - 60_000);
  }

  private String name() {
    return NAMES.get(random.nextInt(NAMES.size()));
  }

  private <T> T pick(T[] values) {
    return values[random.nextInt(values.length)];
  }

  private <T> Optional<T> some(Supplier<T> value) {
    return maybe(random.nextBoolean(), value.get());
  }

  private static <T> Optional<T> maybe(boolean present, T value) {
    return present ? Optional.of(value) : Optional.empty();
  }
}
