package io.opsautomator.testkit;

import io.opsautomator.store.BatchId;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Executions.Claim;
import io.opsautomator.store.Executions.Move;
import io.opsautomator.store.GateKey;
import io.opsautomator.store.Grant;
import io.opsautomator.store.JournalEntry;
import io.opsautomator.store.Run;
import io.opsautomator.store.Selections.Claimant;
import io.opsautomator.store.StoredTask;
import io.opsautomator.store.Write;
import io.opsautomator.task.ExecutionId;
import io.opsautomator.task.RunId;
import io.opsautomator.task.TaskName;
import io.opsautomator.task.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the contracts store. Deterministic: the same arguments give equal items. */
final class StoreItems {
  static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  static final Duration LEASE = Duration.ofMinutes(5);

  private StoreItems() {}

  static StoredTask task(String name, Optional<Instant> next) {
    StoredTask.Clock clock = StoredTask.Clock.STOPPED.withNext(next);
    return new StoredTask(
        new TaskName(name), 0, "first", StoredTask.State.ENABLED, "{\"task\":1}", clock);
  }

  /** Triggered {@code seconds} after noon, to be watched as long after that. */
  static Run run(String task, int seconds, Run.State state) {
    Instant at = NOON.plusSeconds(seconds);
    Trigger trigger = new Trigger.Firing(at);
    TaskName name = new TaskName(task);
    RunId id = RunId.of(name, "first", trigger);
    Run.Cause cause = new Run.Cause(1, "{\"task\":1}", trigger, at, Run.Missed.NONE);
    return new Run(
        id, name, cause, state, at.plusSeconds(seconds), Run.Summary.NONE, Run.Drive.FIRST);
  }

  static RunId runId(int number) {
    return run("task", number, Run.State.SELECTING).id();
  }

  static Execution execution(int number, Optional<GateKey> gate) {
    return execution(number, false, gate);
  }

  static Execution execution(int number, boolean runGated, Optional<GateKey> gate) {
    return execution(number, runGated, Optional.empty(), gate);
  }

  static Execution execution(
      int number, boolean runGated, Optional<GateKey> pair, Optional<GateKey> gate) {
    RunId run = runId(0);
    ExecutionId id = ExecutionId.of(run, "unit-" + number);
    BatchId batch = new BatchId("*", number / 100);
    String payload = "{\"unit\":" + number + ",\"text\":\"\u00e4\u20ac\ud83d\ude00 \\\" \\u0000\"}";
    return Execution.fresh(
        id, new Execution.Origin(run, batch, number % 100, runGated, pair, gate, payload));
  }

  /** A claim of {@code execution} as it is now, at an instant, by a worker with the usual lease. */
  static Claim claim(Execution execution, Optional<Grant> by, Instant now, String worker) {
    Claimant claimant = new Claimant(worker, now.plus(LEASE), now);
    return new Claim(execution.id(), execution.ticket().number(), by, now, claimant);
  }

  static Claim claim(Execution execution) {
    return claim(execution, Optional.empty(), NOON, "worker-1");
  }

  static Move.End end(Execution.Status status) {
    return new Move.End(status, "{\"came\":\"of it\"}", List.of());
  }

  static JournalEntry done(String step) {
    return new JournalEntry(step, JournalEntry.Stage.DONE, "\"" + step + "\"");
  }

  static Execution.Wait waiting(Instant since) {
    return new Execution.Wait("gone", since, since.plusSeconds(600), since.plusSeconds(60));
  }

  /** What is stored after a write that has to succeed. */
  static <T> T applied(Write<T> write) {
    if (write instanceof Write.Applied<T> applied) {
      return applied.now();
    }
    throw new AssertionError("should have been applied: " + write);
  }

  /** What is stored after a write that has to be refused because of it. */
  static <T> T refused(Write<T> write) {
    if (write instanceof Write.Refused<T> refused) {
      return refused.actual();
    }
    throw new AssertionError("should have been refused: " + write);
  }

  /** What is stored after a write that has to be fenced off. */
  static <T> T fenced(Write<T> write) {
    if (write instanceof Write.Fenced<T> fenced) {
      return fenced.actual();
    }
    throw new AssertionError("should have been fenced: " + write);
  }
}
