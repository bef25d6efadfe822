package io.opsautomator.sqlite.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.action.Effects.Kind;
import io.opsautomator.sqlite.disk.WatchedDisk;
import io.opsautomator.sqlite.kill.Pause.When;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.task.ExecutionId;
import io.opsautomator.testkit.Estate;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * One store and one ledger, and the engines that die over them one after the other. Used once.
 *
 * <p>There are fewer deaths than an execution may have workers, so whatever the timing none is
 * given up; and the places to die at go round through all ordeals, so each has its turn.
 */
final class Ordeal {
  /** How the engines die, one after the other: see {@link #startAndKill}. */
  private static final String DEATHS = "wedrwedwrwedwrewd";

  private static final List<Kind> KINDS =
      List.of(Kind.AT_MOST_ONCE, Kind.PROBED, Kind.WITH_TOKEN, Kind.IDEMPOTENT);

  /** Between two writes that belong together, all the way from the trigger to the end of a run. */
  private static final List<Place> WRITES =
      List.of(
          new Place("executions.claim", 5, When.AFTER),
          new Place("executions.advance.end", 5, When.AFTER),
          new Place("gates.handOver", 3, When.AFTER),
          new Place("selections.append", 1, When.AFTER),
          new Place("selections.dispatched", 1, When.BEFORE),
          new Place("executions.advance.end", 5, When.BEFORE),
          new Place("runs.fire", 1, When.AFTER),
          new Place("executions.create", 1, When.AFTER),
          new Place("gates.enqueue", 1, When.AFTER),
          new Place("selections.end", 1, When.AFTER),
          new Place("gates.handOver", 3, When.BEFORE),
          new Place("selections.ended", 5, When.AFTER),
          new Place("executions.advance.await", 3, When.AFTER),
          new Place("gates.fill", 1, When.AFTER),
          new Place("runs.move", 2, When.BEFORE),
          new Place("executions.advance.checkpoint", 5, When.AFTER));

  /** Opening the store takes about so many changes and flushes of its files. */
  private static final int OPENING = 12;

  /** What a shell calls the end by SIGKILL. */
  private static final int KILLED = 128 + 9;

  private final Path folder;
  private final Launcher launcher;
  private final int number;
  private final SplittableRandom random;
  private final Map<ExecutionId, Pause> paused = new LinkedHashMap<>();
  private final Map<Character, Integer> reached = new HashMap<>();
  private int runs;

  /** A write of the store, by any of its first few calls. */
  private record Place(String point, int calls, When when) {}

  /**
   * @param number of the ordeal, from 0
   */
  Ordeal(Path folder, Launcher launcher, int number) {
    this.folder = folder;
    this.launcher = launcher;
    this.number = number;
    this.random = new SplittableRandom(number);
  }

  /** How many kills were where they were meant to be, by letter of {@link #DEATHS}. */
  Map<Character, Integer> endured() throws IOException {
    populate();
    Accounts before = Accounts.of(folder);
    for (int kill = 0; kill < DEATHS.length(); kill++) {
      startAndKill(kill);
      Accounts after = Accounts.of(folder);
      after.requireInOrder();
      after.requireContinues(before);
      before = after;
    }
    finish("last");
    requireAllDone(before);
    return Map.copyOf(reached);
  }

  /** One engine that nobody kills. */
  void undisturbed() throws IOException {
    populate();
    finish("0");
    Accounts.of(folder).requireClosed(1);
  }

  static int kills() {
    return DEATHS.length();
  }

  private void requireAllDone(Accounts before) {
    Accounts end = Accounts.of(folder);
    end.requireInOrder();
    end.requireContinues(before);
    end.requireClosed(end.runs().size());
    assertThat(end.runs()).hasSizeGreaterThanOrEqualTo(runs);
    requireUncertain(end);
  }

  private void populate() {
    try (Estate estate = Estate.seeded(InstantSource.system(), 1)) {
      for (int i = 1; i <= KilledEngine.INSTANCES; i++) {
        estate.instance("i-" + i, "t3.small", Map.of("Chores", "yes"));
      }
      estate.persistTo(KilledEngine.ledger(folder));
    }
  }

  private void startAndKill(int kill) throws IOException {
    char death = DEATHS.charAt(kill);
    int nth = nth(kill, death);
    switch (death) {
      case 'e' -> {
        String point = Pause.effect(KINDS.get(nth % KINDS.size()));
        When when = When.values()[nth / KINDS.size() % 2];
        killAt(kill, new Pause(point, 1 + random.nextInt(6), when));
      }
      case 'w' -> {
        Place place = WRITES.get(nth % WRITES.size());
        int call = 1 + random.nextInt(place.calls());
        killAt(kill, new Pause(place.point(), call, place.when()));
      }
      case 'd' -> killWithin(kill, 1 + random.nextInt(nth % 3 == 0 ? OPENING : 400));
      default -> killAfter(kill, random.nextInt(200));
    }
  }

  /** The how-manieth death of this kind it is, in all ordeals. */
  private int nth(int kill, char death) {
    long before = DEATHS.substring(0, kill).chars().filter(c -> c == death).count();
    long each = DEATHS.chars().filter(c -> c == death).count();
    return (int) (number * each + before);
  }

  /** While the engine stands still within a call. */
  private void killAt(int kill, Pause pause) throws IOException {
    try (Child child =
        new Child(launcher, folder, List.of("" + kill, pause.toString()), Map.of())) {
      String line = child.until(said -> said.startsWith("paused ") || said.equals("all ended"));
      child.kill();
      count(child);
      if (line.startsWith("paused ")) {
        reached.merge(DEATHS.charAt(kill), 1, Integer::sum);
        paused.put(new ExecutionId(line.substring(line.lastIndexOf(' ') + 1)), pause);
      }
    }
  }

  /** Wherever the engine is when it has said so much. */
  private void killAfter(int kill, int lines) throws IOException {
    try (Child child = new Child(launcher, folder, List.of("" + kill), Map.of())) {
      child.until(said -> child.said().size() > lines || said.equals("all ended"));
      child.kill();
      reached.merge('r', 1, Integer::sum);
      count(child);
    }
  }

  /** In the middle of opening the store, of a write to its log, of a flush, of a checkpoint. */
  private void killWithin(int kill, int change) throws IOException {
    WatchedDisk disk = WatchedDisk.of(KilledEngine.store(folder)).killingAt(change);
    try (Child child = new Child(launcher, folder, List.of("" + kill), disk.environment())) {
      Optional<String> ended = child.untilEnd(said -> said.equals("all ended"));
      child.kill();
      count(child);
      if (ended.isEmpty()) {
        assertThat(child.status()).as("%s", child.said()).isEqualTo(KILLED);
        reached.merge('d', 1, Integer::sum);
      }
    }
  }

  /** A run that was told of exists; one that was not may have been stored all the same. */
  private void count(Child child) {
    runs += (int) child.said().stream().filter(said -> said.startsWith("run ")).count();
  }

  private void finish(String start) throws IOException {
    try (Child child = new Child(launcher, folder, List.of(start), Map.of())) {
      child.until(said -> said.equals("all ended"));
      assertThat(child.leave()).isZero();
    }
  }

  /** Killed between intent and result of what may be done at most once, nobody can know. */
  private void requireUncertain(Accounts end) {
    paused.forEach(
        (id, pause) -> {
          if (pause.point().equals(Pause.effect(Kind.AT_MOST_ONCE))) {
            Execution execution = end.executions().get(id);
            assertThat(execution.status()).isEqualTo(Status.UNCERTAIN);
            assertThat(end.calls(execution, Kind.AT_MOST_ONCE))
                .isEqualTo(pause.when() == When.AFTER ? 1 : 0);
          }
        });
  }
}
