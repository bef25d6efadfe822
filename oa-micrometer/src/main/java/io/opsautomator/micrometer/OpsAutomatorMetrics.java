package io.opsautomator.micrometer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.opsautomator.audit.AuditEvent;
import io.opsautomator.audit.AuditSink;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.task.ExecutionId;
import io.opsautomator.task.RunId;
import io.opsautomator.task.TaskName;
import io.opsautomator.task.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * What happens to tasks, as meters. Give one to the engine as an audit sink, and bind it to a
 * registry, or to several; what happened before a registry was bound is not in it. Thread-safe.
 *
 * <p>Meters, all below {@code ops.automator.}:
 *
 * <ul>
 *   <li>{@code runs} (timer; task, state): from trigger to end
 *   <li>{@code executions} (timer; task, status): from their first start to their end, waits
 *       included; zero for what never began or began in another process
 *   <li>{@code executions.running} (gauge): begun and not ended, as far as this process has seen
 *   <li>{@code firing.lateness} (timer; task): from the instant a firing was due to its run
 *   <li>{@code firings.held.back}, {@code resources.selected}, {@code resources.left.out}, {@code
 *       listings.failed} (counters; task)
 *   <li>{@code steps} (counter; task, stage) and {@code warnings} (counter; task, code)
 * </ul>
 *
 * <p>Tags take their values from the configuration and from fixed sets: task names, states, codes
 * of the engine and of the services called; never an id. An event that is told twice counts twice.
 */
public final class OpsAutomatorMetrics implements AuditSink, MeterBinder {
  private static final String PREFIX = "ops.automator.";
  private static final int REMEMBERED = 100_000;

  private final CompositeMeterRegistry meters = new CompositeMeterRegistry();
  private final Begun<RunId> runs = new Begun<>(REMEMBERED);
  private final Begun<ExecutionId> executions = new Begun<>(REMEMBERED);

  @Override
  public void bindTo(MeterRegistry registry) {
    meters.add(registry);
    Gauge.builder(PREFIX + "executions.running", executions, Begun::size)
        .description("Executions that have begun and not ended, as far as this process has seen")
        .register(registry);
  }

  @Override
  public void accept(AuditEvent event) {
    TaskName task = event.of().task();
    if (event instanceof AuditEvent.Triggered it) {
      triggered(it);
    } else if (event instanceof AuditEvent.Moved it) {
      moved(it);
    } else if (event instanceof AuditEvent.RunEnded it) {
      ended(it);
    } else if (event instanceof AuditEvent.HeldBack) {
      counter("firings.held.back", task).increment();
    } else if (event instanceof AuditEvent.Selected it) {
      counter("resources.selected", task).increment(it.kept());
      counter("resources.left.out", task).increment(it.leftOut());
    } else if (event instanceof AuditEvent.Unreadable) {
      counter("listings.failed", task).increment();
    } else if (event instanceof AuditEvent.Stepped it) {
      counter("steps", task, "stage", word(it.stage())).increment();
    } else if (event instanceof AuditEvent.Warned it) {
      counter("warnings", task, "code", it.code()).increment();
    }
  }

  private void triggered(AuditEvent.Triggered event) {
    event.of().run().ifPresent(run -> runs.begin(run, event.at()));
    if (event.trigger() instanceof Trigger.Firing firing) {
      timer("firing.lateness", event.of().task())
          .record(positive(Duration.between(firing.due(), event.at())));
    }
  }

  private void moved(AuditEvent.Moved event) {
    ExecutionId execution = event.of().execution().orElseThrow();
    if (event.to() == Status.RUNNING) {
      executions.begin(execution, event.at());
    } else if (event.to().ended()) {
      timer("executions", event.of().task(), "status", word(event.to()))
          .record(since(executions, execution, event.at()));
    }
  }

  private void ended(AuditEvent.RunEnded event) {
    timer("runs", event.of().task(), "state", word(event.state()))
        .record(event.of().run().map(run -> since(runs, run, event.at())).orElse(Duration.ZERO));
  }

  private static <K> Duration since(Begun<K> begun, K id, Instant now) {
    return begun.end(id).map(at -> positive(Duration.between(at, now))).orElse(Duration.ZERO);
  }

  private static Duration positive(Duration duration) {
    return duration.isNegative() ? Duration.ZERO : duration;
  }

  private Counter counter(String name, TaskName task, String... more) {
    return Counter.builder(PREFIX + name).tag("task", task.value()).tags(more).register(meters);
  }

  private Timer timer(String name, TaskName task, String... more) {
    return Timer.builder(PREFIX + name).tag("task", task.value()).tags(more).register(meters);
  }

  /** {@code TIMED_OUT} as {@code timed-out}. */
  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
