package io.opsautomator.sqlite.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.action.Effects.Kind;
import io.opsautomator.sqlite.kill.Pause.When;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.task.ExecutionId;
import io.opsautomator.testkit.Estate;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** One store and one ledger, and the engines that die over them one after the other. Used once. */
final class Ordeal {
  private static final List<Kind> KINDS =
      List.of(Kind.AT_MOST_ONCE, Kind.PROBED, Kind.WITH_TOKEN, Kind.IDEMPOTENT);

  private final Path folder;
  private final SplittableRandom random;
  private final Map<ExecutionId, Pause> paused = new LinkedHashMap<>();
  private int betweenIntentAndResult;
  private int runs;

  Ordeal(Path folder, long seed) {
    this.folder = folder;
    this.random = new SplittableRandom(seed);
  }

  /** How many of the kills were between the intent of an effect and its result. */
  int withKills(int kills) throws IOException {
    populate();
    Accounts before = Accounts.of(folder);
    for (int kill = 0; kill < kills; kill++) {
      startAndKill(kill);
      Accounts after = Accounts.of(folder);
      after.requireInOrder();
      after.requireContinues(before);
      before = after;
    }
    finish();
    requireAllDone(before);
    return betweenIntentAndResult;
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
    if (kill % 2 == 0) {
      Kind kind = KINDS.get(kill / 2 % KINDS.size());
      When when = When.values()[kill / 2 / KINDS.size() % 2];
      killAt(kill, new Pause(kind, 1 + random.nextInt(6), when));
    } else {
      killAfter(kill, random.nextInt(60));
    }
  }

  /** While the engine stands still within a call. */
  private void killAt(int kill, Pause pause) throws IOException {
    try (Child child = new Child(folder, List.of("" + kill, pause.toString()))) {
      String line = child.until(said -> said.startsWith("paused ") || said.equals("all ended"));
      child.kill();
      count(child);
      if (line.startsWith("paused ")) {
        betweenIntentAndResult++;
        paused.put(new ExecutionId(line.substring(line.lastIndexOf(' ') + 1)), pause);
      }
    }
  }

  /** Wherever the engine is when it has said so much. */
  private void killAfter(int kill, int lines) throws IOException {
    try (Child child = new Child(folder, List.of("" + kill))) {
      child.until(said -> child.said().size() > lines || said.equals("all ended"));
      child.kill();
      count(child);
    }
  }

  /** A run that was told of exists; one that was not may have been stored all the same. */
  private void count(Child child) {
    runs += (int) child.said().stream().filter(said -> said.startsWith("run ")).count();
  }

  private void finish() throws IOException {
    try (Child child = new Child(folder, List.of("last"))) {
      child.until(said -> said.equals("all ended"));
      assertThat(child.leave()).isZero();
    }
  }

  /** Killed between intent and result of what may be done at most once, nobody can know. */
  private void requireUncertain(Accounts end) {
    paused.forEach(
        (id, pause) -> {
          Execution execution = end.executions().get(id);
          if (pause.kind() == Kind.AT_MOST_ONCE) {
            assertThat(execution.status()).isEqualTo(Status.UNCERTAIN);
            assertThat(end.calls(execution, Kind.AT_MOST_ONCE))
                .isEqualTo(pause.when() == When.AFTER ? 1 : 0);
          }
        });
  }
}
