package io.opsautomator.notify;

import io.opsautomator.internal.OneLine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A notification as named values; the names are part of what is written, and never change. */
final class NotificationFields {
  private final Map<String, Object> fields = new LinkedHashMap<>();

  private NotificationFields() {}

  static Map<String, Object> of(Notification notification) {
    NotificationFields it = new NotificationFields();
    String type = notification.getClass().getSimpleName();
    String event = type.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    it.put("event", event).put("at", notification.at().toString());
    it.put("id", notification.id()).put("task", notification.task().value());
    if (notification instanceof Notification.RunStarted e) {
      it.put("run", e.run().value()).put("trigger", e.trigger().key()).put("waits", e.waits());
    } else if (notification instanceof Notification.RunEnded e) {
      it.ended(e);
    } else if (notification instanceof Notification.NothingHappened e) {
      e.run().ifPresent(run -> it.put("run", run.value()));
      it.put("why", e.why().name()).put("words", e.words());
    }
    return it.fields;
  }

  private void ended(Notification.RunEnded e) {
    put("run", e.run().value()).put("state", e.state().name());
    put("succeeded", e.summary().succeeded()).put("failed", e.summary().failed());
    put("notStarted", e.summary().notStarted()).put("reason", e.summary().reason());
    put("failures", parts(e.failed())).put("slowest", parts(e.slowest()));
  }

  private static List<Map<String, Object>> parts(List<Notification.Part> parts) {
    List<Map<String, Object>> all = new ArrayList<>();
    for (Notification.Part part : parts) {
      NotificationFields it = new NotificationFields();
      it.put("execution", part.execution().value()).put("unit", part.unit());
      it.put("status", part.status().name()).put("outcome", part.outcome());
      part.took().ifPresent(took -> it.put("took", took.toString()));
      all.add(it.fields);
    }
    return all;
  }

  /** What is empty is left out. */
  private NotificationFields put(String name, Object value) {
    if (!"".equals(value) && !List.of().equals(value)) {
      fields.put(name, value);
    }
    return this;
  }

  static String quoted(Object value) {
    String text = OneLine.of(value.toString());
    return text.matches("[^\\s\"=\\\\]*")
        ? text
        : '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
