package io.opsautomator.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opsautomator.store.Execution.Status;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the charts and the filter work with, as JSON within a {@code script} element: no text in it
 * can end the element, since what begins or ends markup is written as an escape.
 */
final class ScriptData {
  private static final JsonMapper JSON = mapper();

  private ScriptData() {}

  private static JsonMapper mapper() {
    JsonMapper mapper = new JsonMapper();
    mapper.getFactory().setCharacterEscapes(new WithoutMarkup());
    return mapper;
  }

  static String of(Gathered from, Period period) {
    ObjectNode json = JSON.createObjectNode();
    json.put("from", period.from().truncatedTo(ChronoUnit.MINUTES).getEpochSecond());
    json.put("to", period.to().getEpochSecond());
    json.put("zone", Words.name(period.zone()));
    json.put("counted", from.callsCounted);
    ArrayNode tasks = json.putArray("tasks");
    from.byName().forEach(task -> figures(tasks.addObject(), task));
    ObjectNode levels = json.putObject("levels");
    int number = 0;
    var charted = AtOnce.charted(from);
    for (TaskFigures task : from.byName()) {
      if (charted.contains(task)) {
        levels(levels.putObject("" + number), task);
      }
      number++;
    }
    calls(json.putObject("calls"), from);
    return write(json);
  }

  static String write(ObjectNode json) {
    try {
      return JSON.writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree that cannot be written", e);
    }
  }

  private static void figures(ObjectNode json, TaskFigures task) {
    json.put("name", task.name);
    json.put("runs", task.runs.size());
    json.put("executions", task.executions());
    json.put("succeeded", task.count(Status.SUCCEEDED));
    json.put("failed", task.failed());
    json.put("cancelled", task.count(Status.CANCELLED));
    json.put("rest", task.count(Status.NOT_STARTED));
    json.put("calls", task.calls.calls());
    json.put("throttled", task.calls.throttled());
  }

  private static void levels(ObjectNode json, TaskFigures task) {
    task.limit().ifPresent(limit -> json.put("limit", limit));
    ArrayNode x = json.putArray("x");
    ArrayNode y = json.putArray("y");
    for (Levels.Point point : task.atOnce.line(task.ceiling())) {
      x.add(point.second());
      y.add(point.value());
    }
  }

  /** For all together, and for each of the busiest. */
  private static void calls(ObjectNode json, Gathered from) {
    Counts all = new Counts();
    Map<Integer, Counts> each = new TreeMap<>();
    int number = 0;
    for (TaskFigures task : from.byName()) {
      for (Counts.Interval i : task.calls.intervals()) {
        all.add(Instant.ofEpochSecond(i.begin()), i.calls(), i.throttled());
      }
      if (task.calls.any() && each.size() < Limits.LANES) {
        each.put(number, task.calls);
      }
      number++;
    }
    calls(json.putObject("all"), all);
    each.forEach((task, counts) -> calls(json.putObject("" + task), counts));
  }

  private static void calls(ObjectNode json, Counts counts) {
    json.put("width", counts.width());
    ArrayNode x = json.putArray("x");
    ArrayNode calls = json.putArray("calls");
    ArrayNode throttled = json.putArray("throttled");
    for (Counts.Interval interval : counts.intervals()) {
      x.add(interval.begin());
      calls.add(interval.calls());
      throttled.add(interval.throttled());
    }
  }

  /** {@code <}, {@code >} and {@code &} as escapes, and the two line ends that scripts know. */
  private static final class WithoutMarkup extends CharacterEscapes {
    private final int[] ascii = standardAsciiEscapesForJSON();

    WithoutMarkup() {
      ascii['<'] = ESCAPE_STANDARD;
      ascii['>'] = ESCAPE_STANDARD;
      ascii['&'] = ESCAPE_STANDARD;
    }

    @Override
    public int[] getEscapeCodesForAscii() {
      return ascii.clone();
    }

    @Override
    public @Nullable SerializableString getEscapeSequence(int c) {
      return c == 0x2028 || c == 0x2029
          ? new SerializedString("\\u" + Integer.toHexString(c))
          : null;
    }
  }
}
