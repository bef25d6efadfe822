package io.opsautomator.testkit.simulation;

import io.opsautomator.schedule.OverlapPolicy;
import io.opsautomator.schedule.Schedule;
import io.opsautomator.store.Run;
import io.opsautomator.store.StoredTask;
import io.opsautomator.store.StoredTask.Clock;
import io.opsautomator.task.RunId;
import io.opsautomator.task.Task;
import io.opsautomator.task.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Instants that are due, and the runs that are made of them. Held on every write.
 *
 * <p>Between two positions of a task's clock lie instants of its schedules. The write that moves
 * the clock over them has to account for each: one by the run that it makes, the others by being
 * counted in it. Edits move the clock too, and void what they jump over.
 */
final class InvariantsOfFirings implements Watcher {
  /** What is older than this when it is found due has been missed. */
  private static final Duration LATE = Duration.ofMinutes(5);

  /** The longest between two looks of a process that lives, and what it takes. */
  private static final Duration TICK = Duration.ofSeconds(75);

  /** Beyond this many, the engine does not count missed instants one by one. */
  private static final int COUNTED = 10_000;

  private final Knowledge known;
  private final Set<RunId> made = new HashSet<>();
  private final Map<RunId, String> taskOf = new HashMap<>();
  private final Map<String, Set<RunId>> alone = new HashMap<>();

  InvariantsOfFirings(Knowledge known) {
    this.known = known;
  }

  @Override
  public void written(StoreWrite write) {
    l3NothingIsOverdue(write.moment());
    Optional<Change.OfTask> moved = Optional.empty();
    for (Change change : write.changes()) {
      if (change instanceof Change.OfTask of) {
        moved = Optional.of(of);
      }
    }
    for (Change change : write.changes()) {
      if (change instanceof Change.OfRun of) {
        changed(of, moved);
      }
    }
    if (write.request() instanceof Request.Fire && moved.isPresent()) {
      fired(write, moved.get());
    } else if (write.request() instanceof Request.Put && moved.isPresent()) {
      i8AnEditNeverGoesBack(moved.get());
    }
  }

  /** Once nothing goes wrong any more, every tick of every process finds what is due. */
  private void l3NothingIsOverdue(Moment moment) {
    World world = known.world();
    Duration tick = TICK.plus(world.skew().multipliedBy(2));
    Instant late = moment.at().minus(tick);
    if (world.calmSince().filter(calm -> calm.isBefore(late)).isEmpty()) {
      return;
    }
    for (StoredTask task : known.tasks()) {
      Invariant.L3.require(
          !task.due(late), () -> task.name() + " is overdue since " + task.clock().next());
    }
  }

  private void changed(Change.OfRun run, Optional<Change.OfTask> moved) {
    if (run.before().isEmpty()) {
      i7MadeOnce(run.after());
      i8OfWhatIsInForce(run.after(), moved.flatMap(Change.OfTask::before));
      taskOf.put(run.after().id(), identity(run.after()));
    }
    i9OneIsOpen(run.before().map(Run::state), run.after());
  }

  private String identity(Run run) {
    String incarnation = known.task(run.task()).map(StoredTask::incarnation).orElse("");
    return run.task().value() + "#" + incarnation;
  }

  private void i7MadeOnce(Run run) {
    Invariant.I7.require(made.add(run.id()), () -> words(run) + " came into being twice");
  }

  /**
   * @param before the task as the write found it, if the write touched it
   */
  private void i8OfWhatIsInForce(Run run, Optional<StoredTask> before) {
    Optional<StoredTask> task = before.or(() -> known.task(run.task()));
    Invariant.I8.require(
        task.filter(t -> t.state() == StoredTask.State.ENABLED)
            .filter(t -> t.revision() == run.cause().revision())
            .filter(t -> t.definition().equals(run.cause().definition()))
            .isPresent(),
        () ->
            words(run)
                + " was made of revision "
                + run.cause().revision()
                + "; in force was "
                + task.map(t -> t.revision() + " " + t.state()).orElse("none"));
  }

  private static void i8AnEditNeverGoesBack(Change.OfTask edit) {
    Optional<Instant> lastDue = edit.before().flatMap(task -> task.clock().lastDue());
    Optional<Instant> next = edit.after().clock().next();
    boolean same =
        edit.before()
            .filter(task -> task.incarnation().equals(edit.after().incarnation()))
            .isPresent();
    Invariant.I8.require(
        !same || lastDue.isEmpty() || next.isEmpty() || next.get().isAfter(lastDue.get()),
        () -> edit.after().name() + " was edited to fire again at " + next + " after " + lastDue);
  }

  private void i9OneIsOpen(Optional<Run.State> before, Run run) {
    if (known.taskOf(run.id()).when().overlap() == OverlapPolicy.ALLOW) {
      return;
    }
    String task = taskOf.getOrDefault(run.id(), run.task().value());
    Set<RunId> open = alone.computeIfAbsent(task, key -> new HashSet<>());
    if (!run.state().open()) {
      open.remove(run.id());
    } else if (!before.map(Run.State::open).orElse(false)) {
      open.add(run.id());
      Invariant.I9.require(open.size() == 1, () -> words(run) + " is open beside others: " + open);
    }
  }

  // -- The clock ----------------------------------------------------------------------------------

  private void fired(StoreWrite write, Change.OfTask of) {
    StoredTask before = of.before().orElseThrow();
    Clock was = before.clock();
    Clock now = of.after().clock();
    List<Run> runs =
        write.changes().stream()
            .filter(Change.OfRun.class::isInstance)
            .map(change -> ((Change.OfRun) change).after())
            .toList();
    i7TheClockGoesForward(of.after(), was, now);
    if (!now.next().equals(was.next()) || !now.lastDue().equals(was.lastDue())) {
      r1EachInstantIsAccountedFor(before, now, runs);
    }
    runs.forEach(run -> r1AsItsPoliciesSay(write.moment(), before, run));
  }

  private static void i7TheClockGoesForward(StoredTask task, Clock was, Clock now) {
    boolean back =
        was.lastDue().isPresent()
            && now.lastDue().filter(due -> !due.isBefore(was.lastDue().get())).isEmpty();
    boolean again =
        was.next().isPresent() && now.next().filter(n -> n.isBefore(was.next().get())).isPresent();
    Invariant.I7.require(
        !back && !again, () -> task.name() + ": its clock went from " + was + " back to " + now);
  }

  private void r1EachInstantIsAccountedFor(StoredTask before, Clock now, List<Run> runs) {
    Optional<Run> fired =
        runs.stream().filter(run -> run.cause().trigger() instanceof Trigger.Firing).findFirst();
    Invariant.R1.require(
        fired.isPresent(),
        () ->
            before.name() + ": its clock went to " + now + ", and no run was made of what was due");
    Run run = fired.orElseThrow();
    if (run.summary().reason().startsWith("cannot be fired")) {
      return;
    }
    Instant due = ((Trigger.Firing) run.cause().trigger()).due();
    List<Schedule> schedules = known.definition(before.definition()).when().schedules();
    int passed = 0;
    Optional<Instant> at = before.clock().next();
    while (at.isPresent() && at.get().isBefore(due) && passed < COUNTED) {
      passed++;
      at = next(schedules, at.get());
    }
    int counted = passed;
    Optional<Instant> reached = at;
    Invariant.R1.require(
        reached.filter(due::equals).isPresent() || passed == COUNTED,
        () -> words(run) + " is for " + due + ", which is not due: " + before.clock());
    Invariant.R1.require(
        run.cause().missed().count() == counted,
        () -> words(run) + " counts " + run.cause().missed() + " of " + counted + " missed");
    Invariant.R1.require(
        now.next().equals(next(schedules, due)),
        () -> words(run) + " is for " + due + ", and the clock jumps to " + now.next());
  }

  private static Optional<Instant> next(List<Schedule> schedules, Instant after) {
    return schedules.stream()
        .flatMap(schedule -> schedule.nextAfter(after).stream())
        .min(Instant::compareTo);
  }

  /** What is held back, and what is let go, by the overlap and misfire rules. */
  private void r1AsItsPoliciesSay(Moment moment, StoredTask before, Run run) {
    Task task = known.definition(before.definition());
    boolean late =
        run.cause().trigger() instanceof Trigger.Firing firing
            && firing.due().isBefore(moment.local().minus(LATE));
    boolean free = task.when().overlap() == OverlapPolicy.ALLOW || before.clock().open().isEmpty();
    boolean queues = task.when().overlap() == OverlapPolicy.QUEUE;
    boolean held = run.state() == Run.State.PASSED;
    Invariant.R1.require(
        late || held == (!free && !(queues && before.clock().queued().isEmpty())) || parked(run),
        () -> words(run) + " under " + task.when().overlap() + " while open: " + before.clock());
    Invariant.R1.require(
        (run.state() == Run.State.QUEUED) == (!free && queues && !held),
        () -> words(run) + " under " + task.when().overlap() + " while open: " + before.clock());
  }

  private static boolean parked(Run run) {
    return run.summary().reason().startsWith("cannot be fired");
  }

  private static String words(Run run) {
    return "run "
        + run.id().value()
        + " of "
        + run.task().value()
        + " ("
        + run.state()
        + ", "
        + run.cause().trigger().key()
        + ")";
  }
}
