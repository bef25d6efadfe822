package io.opsautomator.cli;

import io.opsautomator.audit.AuditEvent;
import io.opsautomator.audit.AuditSink;
import io.opsautomator.aws.AwsCall;
import io.opsautomator.aws.CallListener;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.store.Run;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.MDC;

/** Counts by task what happens. Thread-safe. */
final class DemoTally implements AuditSink, CallListener {

  /** Of one task. Guarded by the tally. */
  static final class Counts {
    int runs;
    int partial;
    int executions;
    int retries;
    int calls;
    int mutating;
    int peak;
    final Map<Status, Integer> ends = new EnumMap<>(Status.class);

    int ended(Status status) {
      return ends.getOrDefault(status, 0);
    }

    int failed() {
      return executions - ended(Status.SUCCEEDED);
    }
  }

  private final Map<String, Counts> tasks = new TreeMap<>();

  private final List<AuditSink> listeners =
      List.of(
          AuditSink.on(AuditEvent.Moved.class, this::moved),
          AuditSink.on(AuditEvent.RunEnded.class, this::ended));

  @Override
  public synchronized void accept(AuditEvent event) {
    listeners.forEach(listener -> listener.accept(event));
  }

  private void moved(AuditEvent.Moved event) {
    if (event.to().ended()) {
      Counts counts = of(event.of().task().value());
      counts.executions++;
      counts.ends.merge(event.to(), 1, Integer::sum);
    }
  }

  private void ended(AuditEvent.RunEnded event) {
    Counts counts = of(event.of().task().value());
    counts.runs++;
    counts.partial += event.state() == Run.State.COMPLETE ? 0 : 1;
  }

  /**
   * Slots are numbered from 0 and the lowest free one is given out, so the highest number that was
   * in use says how many executions ran at once: by the store's own word, not by the order in which
   * events of many threads arrive.
   */
  synchronized void slots(String task, Collection<Execution> executions) {
    Counts counts = of(task);
    for (Execution execution : executions) {
      counts.peak =
          Math.max(counts.peak, execution.latestGrant().map(grant -> grant.slot() + 1).orElse(0));
    }
  }

  /** The engine marks what a thread works on in the diagnostic context. */
  @Override
  public synchronized void called(AwsCall call) {
    Counts counts = of(Optional.ofNullable(MDC.get("task")).orElse("(none)"));
    counts.calls++;
    counts.mutating += call.mutating() ? 1 : 0;
    counts.retries += call.outcome().equals("RequestLimitExceeded") ? 1 : 0;
  }

  private Counts of(String task) {
    return tasks.computeIfAbsent(task, name -> new Counts());
  }

  synchronized Map<String, Counts> byTask() {
    return new TreeMap<>(tasks);
  }

  synchronized int executions() {
    return tasks.values().stream().mapToInt(counts -> counts.executions).sum();
  }

  synchronized int calls() {
    return tasks.values().stream().mapToInt(counts -> counts.calls).sum();
  }
}
