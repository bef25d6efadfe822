package io.opsautomator.aws;

import io.opsautomator.audit.AuditEvent;
import io.opsautomator.audit.AuditEvent.Subject;
import io.opsautomator.audit.AuditSink;
import io.opsautomator.task.TaskName;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.slf4j.MDC;

/**
 * Counts calls by task and minute, and reports each minute in which there were any, when it is
 * over, to a sink: at most one event for a task and minute, however many calls.
 *
 * <p>A minute is over for it when the next call is made in a later one, or when it is closed; a
 * crash loses the counts since. For which task a call was made it reads in the diagnostic context
 * that the engine keeps ({@code task}), so the logging in use must have one; calls outside of any
 * task are not counted, nor what was refused before it became a call. Thread-safe.
 */
public final class CallMeter implements CallListener, AutoCloseable {
  private final InstantSource clock;
  private final AuditSink sink;
  private final Supplier<Optional<String>> task;
  private final Map<String, Counts> counted = new TreeMap<>();
  private Instant minute = Instant.MIN;

  private static final class Counts {
    private int calls;
    private int mutating;
    private int throttled;
  }

  public CallMeter(InstantSource clock, AuditSink sink) {
    this(clock, sink, () -> Optional.ofNullable(MDC.get("task")));
  }

  CallMeter(InstantSource clock, AuditSink sink, Supplier<Optional<String>> task) {
    this.clock = clock;
    this.sink = sink;
    this.task = task;
  }

  @Override
  public void called(AwsCall call) {
    if (call.made()) {
      task.get().ifPresent(name -> count(name, call));
    }
  }

  /** Of two threads, one may have looked at the clock before the other ended the minute. */
  private synchronized void count(String name, AwsCall call) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MINUTES);
    if (now.isAfter(minute)) {
      report();
      minute = now;
    }
    Counts counts = counted.computeIfAbsent(name, none -> new Counts());
    counts.calls++;
    counts.mutating += call.mutating() ? 1 : 0;
    counts.throttled += call.throttled() ? 1 : 0;
  }

  private void report() {
    counted.forEach(
        (name, counts) ->
            sink.accept(
                new AuditEvent.Called(
                    minute,
                    Subject.task(new TaskName(name)),
                    counts.calls,
                    counts.mutating,
                    counts.throttled)));
    counted.clear();
  }

  /** Reports the minute that is not over yet. Closing twice is closing once. */
  @Override
  public synchronized void close() {
    report();
  }
}
