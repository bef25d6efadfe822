package io.opsautomator.opentelemetry;

import io.opentelemetry.api.trace.Span;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Spans that have begun and not ended, by id; never more than so many. Thread-safe. */
final class OpenSpans {
  private final int most;
  private final Map<String, Span> open = new LinkedHashMap<>();

  OpenSpans(int most) {
    this.most = most;
  }

  /** Whoever takes over does not begin anew. */
  synchronized void begin(String id, Supplier<Span> span) {
    if (open.containsKey(id)) {
      return;
    }
    if (open.size() == most) {
      Iterator<Span> eldest = open.values().iterator();
      eldest.next().setAttribute("ops.automator.abandoned", true).end();
      eldest.remove();
    }
    open.put(id, span.get());
  }

  synchronized Optional<Span> find(String id) {
    return Optional.ofNullable(open.get(id));
  }

  synchronized Optional<Span> end(String id) {
    return Optional.ofNullable(open.remove(id));
  }

  synchronized int size() {
    return open.size();
  }
}
