package io.opsautomator.report;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.opsautomator.audit.AuditEvent;
import io.opsautomator.audit.AuditEvent.Subject;
import io.opsautomator.audit.JsonLinesSink;
import io.opsautomator.store.Batch;
import io.opsautomator.store.BatchId;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.store.InMemoryStore;
import io.opsautomator.store.JournalEntry;
import io.opsautomator.store.Run;
import io.opsautomator.task.ExecutionId;
import io.opsautomator.task.RunId;
import io.opsautomator.task.TaskName;
import io.opsautomator.task.Trigger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes history: what a store and its audit file hold of runs that are over. */
final class Past implements AutoCloseable {
  static final Instant BEGIN = Instant.parse("2026-03-23T00:00:00Z");
  private static final int BATCH = 100;

  final InMemoryStore store = new InMemoryStore();
  final Path file;
  private final JsonLinesSink audit;
  private int number;

  Past(Path folder) {
    file = folder.resolve("audit.jsonl");
    try {
      audit = JsonLinesSink.appendingTo(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What an execution came to: how, why, and after how long. */
  record End(Status status, String reason, Duration took) {
    static final End WELL = new End(Status.SUCCEEDED, "", Duration.ofSeconds(30));

    static final End CANCELLED = new End(Status.CANCELLED, "not tonight", Duration.ofSeconds(10));

    static End badly(String reason) {
      return new End(Status.FAILED, reason, Duration.ofSeconds(20));
    }
  }

  Run run(String task, Duration after, Run.State state, End... ends) {
    return run(task, after, state, "", List.of(ends));
  }

  Run run(String task, Duration after, Run.State state, String reason, List<End> ends) {
    Instant at = BEGIN.plus(after);
    int failed = (int) ends.stream().filter(end -> end.status() != Status.SUCCEEDED).count();
    Optional<Instant> over =
        state.ended() ? Optional.of(at.plus(Duration.ofMinutes(2))) : Optional.empty();
    Run run =
        new Run(
            new RunId("run" + number++),
            new TaskName(task),
            new Run.Cause(1, "{}", new Trigger.Firing(at), at, Run.Missed.NONE),
            state,
            at,
            new Run.Summary(over, Optional.empty(), ends.size() - failed, failed, 0, reason),
            Run.Drive.FIRST);
    store.runs().insert(run);
    for (int from = 0; from < ends.size(); from += BATCH) {
      batch(run, from / BATCH, ends.subList(from, Math.min(ends.size(), from + BATCH)));
    }
    return run;
  }

  private void batch(Run run, int number, List<End> ends) {
    BatchId id = new BatchId("*", number);
    List<Execution> executions = new ArrayList<>();
    for (End end : ends) {
      executions.add(execution(run, id, executions.size(), end));
    }
    store.executions().create(executions);
    store
        .selections()
        .dispatched(
            run.id(), Batch.fresh(id, executions.stream().map(Execution::id).toList(), true));
  }

  /** One that succeeded, of which the audit says nothing. */
  Execution ended(String id, Run run) {
    return execution(run, new BatchId("*", 0), 0, End.WELL, new ExecutionId(id));
  }

  private Execution execution(Run run, BatchId batch, int ordinal, End end) {
    ExecutionId id = new ExecutionId("execution" + number++);
    Instant at = run.cause().at();
    Subject subject = Subject.run(run).execution(id);
    moved(subject, at, Status.READY, Status.RUNNING, "");
    step(subject, at, "look", AuditEvent.Stage.FACT, "{\"state\":\"running\"}");
    moved(subject, at.plus(end.took()), Status.RUNNING, end.status(), end.reason());
    return execution(run, batch, ordinal, end, id);
  }

  private Execution execution(Run run, BatchId batch, int ordinal, End end, ExecutionId id) {
    Instant at = run.cause().at();
    String payload =
        "{\"key\":\"k\",\"account\":\"111122223333\",\"region\":\"eu-west-1\",\"resources\":[{\"id\":\"i-"
            + number
            + "\"}]}";
    Execution.Progress progress =
        new Execution.Progress(
            1,
            0,
            1,
            0,
            Optional.of(at),
            Optional.empty(),
            Optional.of(outcome(end)),
            Optional.empty());
    return new Execution(
        id,
        new Execution.Origin(
            run.id(), batch, ordinal, false, Optional.empty(), Optional.empty(), payload),
        end.status(),
        progress,
        Optional.empty(),
        List.of(),
        List.of(new JournalEntry("look", JournalEntry.Stage.FACT, "\"kept to itself\"")));
  }

  private static String outcome(End end) {
    return ScriptData.write(
        new JsonMapper().createObjectNode().put("code", "").put("reason", end.reason()));
  }

  void moved(Subject of, Instant at, Status from, Status to, String reason) {
    audit.accept(new AuditEvent.Moved(at, of, from, to, reason));
  }

  void step(Subject of, Instant at, String step, AuditEvent.Stage stage, String detail) {
    audit.accept(new AuditEvent.Stepped(at, of, step, stage, detail));
  }

  void tell(AuditEvent event) {
    audit.accept(event);
  }

  Report.Builder report() {
    return Report.of(store, BEGIN.plus(Duration.ofDays(7))).audit(file);
  }

  String page() {
    try {
      return report().read().html();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      audit.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
