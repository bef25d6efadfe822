package io.opsautomator.opentelemetry;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opsautomator.audit.AuditEvent;
import io.opsautomator.audit.AuditEvent.Subject;
import io.opsautomator.audit.AuditSink;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.store.Run;
import io.opsautomator.task.RunId;
import java.time.Instant;
import java.util.Set;

/**
 * Runs and executions as spans; give one to the engine as an audit sink. Thread-safe.
 *
 * <p>A run is a span, each of its executions a span below it, and the steps, warnings and turns on
 * the way are events of these; all with the times at which they happened, so that nothing is lost
 * by telling it later. The trace id of a run is made of the run's id: what several processes tell
 * of one run meets in one trace, and a run id in a log finds it ({@link #traceId}).
 *
 * <p>A span is sent when it ends. What ended in another process is not waited for: there are at
 * most {@value #OPEN} open spans of each kind, and beyond that the eldest is ended without a
 * status, and with the attribute {@code ops.automator.abandoned}.
 */
public final class OpsAutomatorTracing implements AuditSink {
  static final int OPEN = 10_000;
  private static final AttributeKey<String> TASK = AttributeKey.stringKey("ops.automator.task");
  private static final AttributeKey<String> RUN = AttributeKey.stringKey("ops.automator.run");
  private static final AttributeKey<String> EXECUTION =
      AttributeKey.stringKey("ops.automator.execution");
  private static final AttributeKey<String> STATUS = AttributeKey.stringKey("ops.automator.status");
  private static final AttributeKey<String> TRIGGER =
      AttributeKey.stringKey("ops.automator.trigger");
  private static final AttributeKey<String> DETAIL = AttributeKey.stringKey("ops.automator.detail");
  private static final AttributeKey<String> STEP = AttributeKey.stringKey("ops.automator.step");
  private static final AttributeKey<Long> SUCCEEDED =
      AttributeKey.longKey("ops.automator.executions.succeeded");
  private static final AttributeKey<Long> FAILED =
      AttributeKey.longKey("ops.automator.executions.failed");
  private static final Set<Status> GOOD = Set.of(Status.SUCCEEDED, Status.NOT_STARTED);

  private final Tracer tracer;
  private final OpenSpans runs = new OpenSpans(OPEN);
  private final OpenSpans executions = new OpenSpans(OPEN);

  public OpsAutomatorTracing(OpenTelemetry telemetry) {
    this.tracer = telemetry.getTracer("io.opsautomator");
  }

  /** Under which trace a run is found: 32 hexadecimal digits. */
  public static String traceId(RunId run) {
    return DerivedIds.trace(run.value());
  }

  @Override
  public void accept(AuditEvent event) {
    if (event instanceof AuditEvent.Triggered it) {
      triggered(it);
    } else if (event instanceof AuditEvent.Moved it) {
      moved(it);
    } else if (event instanceof AuditEvent.Stepped it) {
      Attributes step = Attributes.of(STEP, it.step(), DETAIL, it.detail());
      note(event, "step " + it.stage(), step);
    } else if (event instanceof AuditEvent.Warned it) {
      note(event, "warning " + it.code(), Attributes.of(DETAIL, it.message()));
    } else if (event instanceof AuditEvent.Steered it) {
      note(event, it.turn().name(), Attributes.of(DETAIL, it.detail()));
    } else if (event instanceof AuditEvent.Unreadable it) {
      note(event, "unreadable " + it.scope().key(), Attributes.of(DETAIL, it.why()));
    } else if (event instanceof AuditEvent.RunEnded it) {
      ended(it);
    }
  }

  private void triggered(AuditEvent.Triggered event) {
    RunId run = event.of().run().orElseThrow();
    runs.begin(
        run.value(),
        () ->
            tracer
                .spanBuilder("run " + event.of().task().value())
                .setParent(Context.root().with(Span.wrap(root(run))))
                .setStartTimestamp(event.at())
                .setAttribute(TASK, event.of().task().value())
                .setAttribute(RUN, run.value())
                .setAttribute(TRIGGER, event.trigger().key())
                .startSpan());
  }

  /** What all spans of a run are below, in whichever process they are made. */
  private static SpanContext root(RunId run) {
    return SpanContext.createFromRemoteParent(
        DerivedIds.trace(run.value()),
        DerivedIds.span(run.value()),
        TraceFlags.getSampled(),
        TraceState.getDefault());
  }

  private void moved(AuditEvent.Moved event) {
    String id = event.of().execution().orElseThrow().value();
    if (event.to() == Status.RUNNING) {
      executions.begin(id, () -> execution(event));
    } else if (event.to().ended()) {
      executions
          .end(id)
          .ifPresent(
              span -> {
                span.setAttribute(STATUS, event.to().name());
                span.setStatus(
                    GOOD.contains(event.to()) ? StatusCode.OK : StatusCode.ERROR, event.reason());
                span.end(event.at());
              });
    } else {
      note(event, event.to().name(), Attributes.of(DETAIL, event.reason()));
    }
  }

  private Span execution(AuditEvent.Moved event) {
    Subject of = event.of();
    RunId run = of.run().orElseThrow();
    Span parent = runs.find(run.value()).orElseGet(() -> Span.wrap(root(run)));
    return tracer
        .spanBuilder("execution " + of.task().value())
        .setParent(Context.root().with(parent))
        .setStartTimestamp(event.at())
        .setAttribute(TASK, of.task().value())
        .setAttribute(RUN, run.value())
        .setAttribute(EXECUTION, of.execution().orElseThrow().value())
        .startSpan();
  }

  private void ended(AuditEvent.RunEnded event) {
    runs.end(event.of().run().orElseThrow().value())
        .ifPresent(
            span -> {
              Run.Summary summary = event.summary();
              span.setAttribute(STATUS, event.state().name());
              span.setAttribute(SUCCEEDED, (long) summary.succeeded());
              span.setAttribute(FAILED, (long) summary.failed());
              boolean good = event.state() == Run.State.COMPLETE;
              span.setStatus(good ? StatusCode.OK : StatusCode.ERROR, summary.reason());
              span.end(event.at());
            });
  }

  private void note(AuditEvent event, String name, Attributes attributes) {
    Instant at = event.at();
    event
        .of()
        .execution()
        .map(id -> executions.find(id.value()))
        .orElseGet(() -> event.of().run().flatMap(run -> runs.find(run.value())))
        .ifPresent(span -> span.addEvent(name, attributes, at));
  }
}
