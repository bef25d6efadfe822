package io.opsautomator.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.opsautomator.cli.Collisions.Meeting;
import io.opsautomator.cli.Preview.Span;
import io.opsautomator.cli.Preview.Summary;
import io.opsautomator.schedule.DstMark;
import io.opsautomator.schedule.Forecast;
import io.opsautomator.schedule.Suppression;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** A preview as JSON, with every firing, written while it is computed. */
final class PreviewJson {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .build();
  private static final int MEETINGS = 100;

  private final JsonGenerator json;
  private final Span span;

  private PreviewJson(JsonGenerator json, Span span) {
    this.json = json;
    this.span = span;
  }

  static void print(PrintWriter out, Span span, List<Preview> previews) throws IOException {
    try (JsonGenerator json = FACTORY.createGenerator(out)) {
      new PreviewJson(json, span).print(previews);
    }
    out.println();
  }

  private void print(List<Preview> previews) throws IOException {
    Collisions collisions = new Collisions(span);
    json.writeStartObject();
    json.writeStringField("from", span.from().toString());
    json.writeStringField("until", span.until().toString());
    json.writeArrayFieldStart("tasks");
    for (int i = 0; i < previews.size(); i++) {
      task(previews.get(i), i + 1, collisions);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("sameMinute");
    for (Meeting meeting : collisions.worst(previews, MEETINGS)) {
      meeting(meeting);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void task(Preview preview, int number, Collisions collisions) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", preview.name());
    json.writeStringField("when", preview.when());
    json.writeStringField("zone", preview.zone().getId());
    json.writeArrayFieldStart("firings");
    Summary summary =
        preview.summary(
            span,
            entry -> {
              collisions.add(number, entry);
              firing(preview, entry);
            });
    json.writeEndArray();
    json.writeNumberField("runs", summary.runs);
    json.writeNumberField("heldBack", summary.heldBack);
    json.writeNumberField("skipped", summary.skipped);
    json.writeEndObject();
  }

  private void firing(Preview preview, Forecast entry) {
    try {
      json.writeStartObject();
      json.writeStringField("at", entry.at().toString());
      json.writeBooleanField("runs", entry.runs());
      if (!preview.timetable().jitter().isZero()) {
        json.writeStringField("begins", preview.timetable().wake(entry.at()).toString());
      }
      if (entry.mark().kind() != DstMark.Kind.NONE) {
        json.writeStringField("clock", entry.mark().inWords());
      }
      if (entry.suppressed().isPresent()) {
        Suppression why = entry.suppressed().get();
        json.writeStringField("calendar", why.calendar());
        if (why.event().isPresent()) {
          json.writeStringField("event", why.event().get());
        }
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void meeting(Meeting meeting) throws IOException {
    json.writeStartObject();
    json.writeStringField("timeUtc", meeting.time().toString());
    json.writeNumberField("tasks", meeting.tasks());
    json.writeNumberField("days", meeting.days());
    json.writeStringField("at", meeting.at().toString());
    json.writeArrayFieldStart("names");
    for (String name : meeting.names()) {
      json.writeString(name);
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
