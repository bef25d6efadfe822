package io.opsautomator.ecs;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.opsautomator.Vitals;
import io.opsautomator.audit.AuditEvent;
import io.opsautomator.audit.AuditSink;
import io.opsautomator.aws.AwsCall;
import io.opsautomator.aws.CallListener;
import io.opsautomator.micrometer.OpsAutomatorMetrics;
import io.opsautomator.store.Store;
import io.opsautomator.task.TaskCodec;
import io.opsautomator.task.TaskName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a worker does, as numbers for Prometheus and what understands its text. Give it to the
 * engine as an audit sink, to the connection as a listener of calls; {@link #watch} adds the
 * engine's own signs of life.
 *
 * <p>Besides the meters of {@link OpsAutomatorMetrics}, each with the task's action, and those of
 * the JVM: {@code ops.automator.calls} (counter; service, operation, outcome {@code ok}, {@code
 * throttled}, {@code refused} or {@code failed}), {@code messages.in.hand} (gauge), {@code
 * messages.handled} (counter), {@code tick.age}, {@code silence} (gauges, seconds) and {@code
 * build} (always 1; version). Thread-safe.
 */
public final class WorkerMetrics implements AuditSink, CallListener, AutoCloseable {
  static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";
  private static final Logger LOG = LoggerFactory.getLogger(WorkerMetrics.class);
  private static final String UNKNOWN = "unknown";
  private static final String PREFIX = "ops.automator.";

  /** Where a number of seconds begins to mean something else to people. */
  private static final Map<String, double[]> BUCKETS =
      Map.of(
          PREFIX + "executions", seconds(1, 10, 60, 600, 3600),
          PREFIX + "runs", seconds(10, 60, 600, 3600, 14_400),
          PREFIX + "firing.lateness", seconds(1, 5, 30, 60, 300));

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final OpsAutomatorMetrics events = new OpsAutomatorMetrics();
  private final JvmGcMetrics collections = new JvmGcMetrics();

  private volatile Function<String, String> actionOf = task -> UNKNOWN;

  public WorkerMetrics() {
    registry.config().meterFilter(withAction()).meterFilter(withBuckets());
    events.bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    collections.bindTo(registry);
  }

  private static double[] seconds(long... limits) {
    double[] nanos = new double[limits.length];
    for (int i = 0; i < limits.length; i++) {
      nanos[i] = Duration.ofSeconds(limits[i]).toNanos();
    }
    return nanos;
  }

  private MeterFilter withAction() {
    return new MeterFilter() {
      @Override
      public Meter.Id map(Meter.Id id) {
        String task = id.getTag("task");
        return task == null ? id : id.withTag(Tag.of("action", actionOf.apply(task)));
      }
    };
  }

  private static MeterFilter withBuckets() {
    return new MeterFilter() {
      @Override
      public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig usual) {
        double[] limits = BUCKETS.get(id.getName());
        return limits == null
            ? usual
            : DistributionStatisticConfig.builder()
                .serviceLevelObjectives(limits)
                .build()
                .merge(usual);
      }
    };
  }

  /**
   * Adds the signs of life of an engine, what was built, and the action of each task. To be called
   * before the engine begins to work.
   *
   * @param store asked once for each new series what the action of its task is
   */
  public void watch(Supplier<Vitals> engine, Store store, InstantSource clock, String version) {
    actionOf = task -> action(store, new TaskName(task));
    Gauge.builder(PREFIX + "messages.in.hand", () -> engine.get().inHand())
        .description("Messages being worked on in this process")
        .register(registry);
    FunctionCounter.builder(PREFIX + "messages.handled", engine, it -> it.get().handled())
        .description("Messages that were worked on in this process")
        .register(registry);
    age("tick.age", "Since the engine last looked what is due", clock, () -> engine.get().ticked());
    age(
        "silence",
        "Since the most silent execution came to an effect or a wait",
        clock,
        () -> engine.get().silentSince());
    Gauge.builder(PREFIX + "build", () -> 1).tag("version", version).register(registry);
  }

  /** A series keeps its action until the process ends, also if the store was away just then. */
  private static String action(Store store, TaskName task) {
    try {
      return store
          .tasks()
          .find(task)
          .map(stored -> TaskCodec.read(stored.definition()).work().action())
          .orElse(UNKNOWN);
    } catch (RuntimeException e) {
      LOG.warn("The action of {} could not be read for the metrics", task.value(), e);
      return UNKNOWN;
    }
  }

  private void age(
      String name, String words, InstantSource clock, Supplier<Optional<Instant>> since) {
    TimeGauge.builder(
            PREFIX + name,
            () ->
                since.get().map(at -> Duration.between(at, clock.instant()).toMillis()).orElse(0L),
            TimeUnit.MILLISECONDS)
        .description(words)
        .register(registry);
  }

  @Override
  public void accept(AuditEvent event) {
    events.accept(event);
  }

  @Override
  public boolean wants(Class<? extends AuditEvent> type) {
    return events.wants(type);
  }

  @Override
  public void called(AwsCall call) {
    Counter.builder(PREFIX + "calls")
        .description("Calls to AWS, and what came of them")
        .tag("service", call.service())
        .tag("operation", call.operation())
        .tag("outcome", outcome(call))
        .register(registry)
        .increment();
  }

  private static String outcome(AwsCall call) {
    if (call.succeeded()) {
      return "ok";
    }
    if (call.throttled()) {
      return "throttled";
    }
    return call.outcome().equals(AwsCall.REFUSED_BY_GUARD) ? "refused" : "failed";
  }

  /** As OpenMetrics text, version 1.0.0. */
  public String openMetrics() {
    return registry.scrape(OPEN_METRICS);
  }

  @Override
  public void close() {
    collections.close();
    registry.close();
  }
}
