package io.opsautomator.opentelemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opsautomator.OpsAutomator;
import io.opsautomator.audit.AuditEvent;
import io.opsautomator.task.RunId;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskName;
import io.opsautomator.testkit.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class OpsAutomatorTracingTest {
  private final VirtualTime time = VirtualTime.startingAt("2026-03-02T18:30:00Z");
  private final InMemorySpanExporter exported = InMemorySpanExporter.create();
  private final OpenTelemetrySdk telemetry =
      OpenTelemetrySdk.builder()
          .setTracerProvider(
              SdkTracerProvider.builder()
                  .addSpanProcessor(SimpleSpanProcessor.create(exported))
                  .build())
          .build();
  private final OpsAutomatorTracing tracing = new OpsAutomatorTracing(telemetry);

  private RunId run() {
    OpsAutomator engine = Lamps.engine(time, tracing);
    engine.put(Task.named("dark").action("SwitchOff").where("off=yes").build());
    engine.work();
    RunId run = engine.run(new TaskName("dark"), "tonight");
    time.advance(Duration.ofMinutes(5));
    return run;
  }

  private List<SpanData> spans(String name) {
    return exported.getFinishedSpanItems().stream()
        .filter(span -> span.getName().equals(name))
        .toList();
  }

  @Test
  void aRunIsASpanWithItsExecutionsBelowIt() {
    RunId run = run();

    SpanData whole = spans("run dark").get(0);
    assertThat(spans("run dark")).hasSize(1);
    assertThat(whole.getTraceId()).isEqualTo(OpsAutomatorTracing.traceId(run));
    assertThat(whole.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(spans("execution dark"))
        .hasSize(2)
        .allMatch(span -> span.getTraceId().equals(whole.getTraceId()))
        .allMatch(span -> span.getParentSpanId().equals(whole.getSpanId()));
  }

  @Test
  void aSpanHasTheTimesAndTheEndOfItsExecution() {
    run();

    SpanData good =
        spans("execution dark").stream()
            .filter(span -> span.getStatus().getStatusCode() == StatusCode.OK)
            .findFirst()
            .orElseThrow();
    SpanData bad =
        spans("execution dark").stream()
            .filter(span -> span.getStatus().getStatusCode() == StatusCode.ERROR)
            .findFirst()
            .orElseThrow();
    assertThat(TimeUnit.NANOSECONDS.toSeconds(good.getEndEpochNanos() - good.getStartEpochNanos()))
        .isEqualTo(30);
    assertThat(good.getEvents())
        .extracting(EventData::getName)
        .containsExactly("step DONE", "COMPLETING", "step AWAITED");
    assertThat(bad.getStatus().getDescription()).contains("the lamp attic is broken");
  }

  /** The process that ran an execution need not be the one that saw its run begin. */
  @Test
  void whatAnotherProcessTellsMeetsInTheSameTrace() {
    OpsAutomatorTracing other = new OpsAutomatorTracing(telemetry);
    OpsAutomator engine =
        Lamps.engine(
            time, event -> (event instanceof AuditEvent.Triggered ? other : tracing).accept(event));
    engine.put(Task.named("dark").action("SwitchOff").where("off=yes").build());
    engine.work();
    RunId run = engine.run(new TaskName("dark"), "tonight");
    time.advance(Duration.ofMinutes(5));

    assertThat(spans("execution dark"))
        .hasSize(2)
        .extracting(SpanData::getTraceId)
        .containsOnly(OpsAutomatorTracing.traceId(run));
    assertThat(spans("run dark")).isEmpty();
  }

  @Test
  void noMoreSpansStayOpenThanAllowed() {
    OpenSpans open = new OpenSpans(2);
    for (String id : List.of("a", "b", "b", "c")) {
      open.begin(id, () -> telemetry.getTracer("test").spanBuilder(id).startSpan());
    }

    assertThat(open.size()).isEqualTo(2);
    assertThat(open.find("a")).isEmpty();
    assertThat(exported.getFinishedSpanItems()).extracting(SpanData::getName).containsExactly("a");
    assertThat(open.end("c").map(Span::isRecording)).contains(true);
  }

  @Test
  void derivedIdsAreWhatTraceContextAllows() {
    for (int i = 0; i < 1000; i++) {
      assertThat(DerivedIds.trace("run-" + i)).matches("[0-9a-f]{32}").doesNotMatch("0+");
      assertThat(DerivedIds.span("run-" + i)).matches("[0-9a-f]{16}").doesNotMatch("0+");
    }
    assertThat(DerivedIds.trace("run")).isEqualTo(DerivedIds.trace("run"));
  }
}
