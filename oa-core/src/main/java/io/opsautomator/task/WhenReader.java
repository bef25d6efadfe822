package io.opsautomator.task;

import io.opsautomator.event.EventType;
import io.opsautomator.internal.Nearest;
import io.opsautomator.schedule.DstRule;
import io.opsautomator.schedule.MisfirePolicy;
import io.opsautomator.schedule.OverlapPolicy;
import io.opsautomator.schedule.Schedule;
import io.opsautomator.task.internal.SourceNode;
import io.opsautomator.task.internal.SourceNode.Entry;
import io.opsautomator.task.internal.SourceNode.Fields;
import io.opsautomator.task.internal.SourceNode.Items;
import io.opsautomator.task.internal.SourceNode.Scalar;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The fields of a task that say when it runs. */
final class WhenReader {
  private static final List<String> MISFIRES = List.of("skip", "last", "all");
  private static final int MISSED_AT_MOST = 100;
  private static final Duration NOT_OLDER_THAN = Duration.ofDays(1);

  private final TaskReader task;
  private final Set<EventType> regionWide = new HashSet<>();

  WhenReader(TaskReader task) {
    this.task = task;
  }

  void read(TaskBuilder builder) {
    schedules(builder);
    task.value(TaskField.EVENT_SCOPES).ifPresent(this::scopes);
    task.value(TaskField.EVENTS).ifPresent(value -> events(value, builder));
    task.filter(TaskField.SOURCE_EVENT_TAG_FILTER, builder::whereSource);
    task.value(TaskField.MISFIRE).flatMap(this::misfire).ifPresent(builder::misfire);
    task.value(TaskField.OVERLAP)
        .flatMap(value -> word("overlap", value, OverlapPolicy.class))
        .ifPresent(builder::overlap);
  }

  private void schedules(TaskBuilder builder) {
    Optional<String> zone = task.text(TaskField.TIMEZONE).map(WhenReader::canonicalZone);
    boolean zoneIsGood = zone.isEmpty() || checkZone(zone.get());
    String in = zoneIsGood ? zone.orElse("UTC") : "UTC";
    DstRule dst = task.value(TaskField.DST).map(this::dst).orElse(DstRule.DEFAULT);
    task.value(TaskField.INTERVAL)
        .ifPresent(
            value -> {
              List<SourceNode> all = value instanceof Items i ? i.items() : List.of(value);
              all.forEach(one -> schedule(one, in, dst, builder));
            });
    new TimingReader(task, ZoneId.of(in)).read(builder);
    if (task.value(TaskField.INTERVAL).isEmpty()) {
      task.value(TaskField.DST)
          .ifPresent(value -> task.warn(value, "dst", "has no effect without an interval"));
    }
  }

  private boolean checkZone(String zone) {
    if (ZoneId.getAvailableZoneIds().contains(zone)) {
      return true;
    }
    SourceNode value = task.value(TaskField.TIMEZONE).orElseThrow();
    task.wrong(
        "ERR_INVALID_TIMEZONE",
        value,
        "timezone",
        TaskReader.shown(value)
            + " is not the name of a time zone"
            + Nearest.hint(zone, ZoneId.getAvailableZoneIds()));
    return false;
  }

  /** Names are found in any case, and kept as they are spelt officially. */
  private static String canonicalZone(String name) {
    return ZoneId.getAvailableZoneIds().stream()
        .filter(id -> id.equalsIgnoreCase(name))
        .findFirst()
        .orElse(name);
  }

  private void schedule(SourceNode value, String zone, DstRule dst, TaskBuilder builder) {
    String code = "ERR_INVALID_CRON_EXPRESSION";
    if (!(value instanceof Scalar scalar)) {
      task.wrong(code, value, "interval", "is a " + value.kind() + "; a cron expression is wanted");
      return;
    }
    task.expression(
        code, "interval", value, () -> builder.on(Schedule.cron(scalar.text(), zone).withDst(dst)));
  }

  private DstRule dst(SourceNode value) {
    DstRule.Gap gap = DstRule.DEFAULT.gap();
    DstRule.Overlap overlap = DstRule.DEFAULT.overlap();
    for (Entry entry : map("dst", value)) {
      String key = entry.key().text();
      if (key.equals("gap")) {
        gap = word("dst.gap", entry.value(), DstRule.Gap.class).orElse(gap);
      } else if (key.equals("overlap")) {
        overlap = word("dst.overlap", entry.value(), DstRule.Overlap.class).orElse(overlap);
      } else {
        unknown("dst", entry, List.of("gap", "overlap"));
      }
    }
    return new DstRule(gap, overlap);
  }

  private Optional<MisfirePolicy> misfire(SourceNode value) {
    if (value instanceof Fields fields) {
      return Optional.of(missed(fields));
    }
    return task.text("misfire", value)
        .flatMap(
            word ->
                switch (word.toLowerCase(Locale.ROOT)) {
                  case "skip" -> Optional.of(new MisfirePolicy.Skip());
                  case "last" -> Optional.of(new MisfirePolicy.Last());
                  case "all" -> Optional.of(new MisfirePolicy.All(MISSED_AT_MOST, NOT_OLDER_THAN));
                  default -> notOneOf("misfire", value, word, MISFIRES);
                });
  }

  private MisfirePolicy missed(Fields fields) {
    int atMost = MISSED_AT_MOST;
    Duration age = NOT_OLDER_THAN;
    for (Entry entry : fields.entries()) {
      String key = entry.key().text();
      if (key.equals("all")) {
        atMost = task.number("misfire.all", entry.value()).orElse(atMost);
      } else if (key.equals("notOlderThan")) {
        age =
            task.duration("ERR_WRONG_PARAM_TYPE", "misfire.notOlderThan", entry.value())
                .orElse(age);
      } else {
        unknown("misfire", entry, List.of("all", "notOlderThan"));
      }
    }
    return new MisfirePolicy.All(atMost, age);
  }

  /** {@code source: {detail type: [names]}}, or {@code {name: yes}} as in a template. */
  private void events(SourceNode value, TaskBuilder builder) {
    for (Entry source : map("events", value)) {
      for (Entry type : map("events." + source.key().text(), source.value())) {
        String field = "events." + source.key().text() + "." + type.key().text();
        names(field, type.value())
            .forEach(name -> event(source.key().text(), type.key().text(), name, builder));
      }
    }
  }

  private List<String> names(String field, SourceNode value) {
    List<String> names = new ArrayList<>();
    if (value instanceof Fields fields) {
      for (Entry entry : fields.entries()) {
        String name = entry.key().text();
        if (task.bool(field + "." + name, entry.value()).orElse(false)) {
          names.add(name);
        }
      }
    } else {
      task.each(field, value, scalar -> names.add(scalar.text().trim()));
    }
    return names;
  }

  private void event(String source, String type, String name, TaskBuilder builder) {
    EventType event = new EventType(source, type, name);
    if (regionWide.contains(event)) {
      builder.onRegionWide(event);
    } else {
      builder.on(event);
    }
  }

  private void scopes(SourceNode value) {
    for (Entry source : map("eventScopes", value)) {
      for (Entry type : map("eventScopes." + source.key().text(), source.value())) {
        String field = "eventScopes." + source.key().text() + "." + type.key().text();
        for (Entry event : map(field, type.value())) {
          String name = event.key().text();
          scope(field + "." + name, event.value(), source.key().text(), type.key().text(), name);
        }
      }
    }
  }

  private void scope(String field, SourceNode value, String source, String type, String name) {
    Optional<String> word = task.text(field, value).map(w -> w.toLowerCase(Locale.ROOT));
    if (word.filter("region"::equals).isPresent()) {
      regionWide.add(new EventType(source, type, name));
    } else if (word.filter(w -> !w.equals("resource")).isPresent()) {
      task.wrong(
          "ERR_INVALID_EVENT_SCOPE",
          value,
          field,
          TaskReader.shown(value) + " is no scope; use resource or region");
    }
  }

  private List<Entry> map(String field, SourceNode value) {
    if (value instanceof Fields fields) {
      return fields.entries();
    }
    if (!TaskReader.empty(value)) {
      task.wrong(
          "ERR_WRONG_PARAM_TYPE", value, field, "is a " + value.kind() + "; a map is wanted");
    }
    return List.of();
  }

  private <E extends Enum<E>> Optional<E> word(String field, SourceNode value, Class<E> type) {
    List<String> known =
        Arrays.stream(type.getEnumConstants()).map(e -> e.name().toLowerCase(Locale.ROOT)).toList();
    Optional<String> word = task.text(field, value).map(w -> w.toLowerCase(Locale.ROOT));
    if (word.isPresent() && !known.contains(word.get())) {
      return notOneOf(field, value, word.get(), known);
    }
    return word.map(w -> Enum.valueOf(type, w.toUpperCase(Locale.ROOT)));
  }

  private <T> Optional<T> notOneOf(
      String field, SourceNode value, String word, List<String> known) {
    task.wrong(
        "ERR_NOT_ALLOWED_VALUE",
        value,
        field,
        "'" + word + "' is none of " + String.join(", ", known) + Nearest.hint(word, known));
    return Optional.empty();
  }

  private void unknown(String field, Entry entry, List<String> known) {
    String key = entry.key().text();
    task.wrong(
        "ERR_UNKNOWN_PARAMETER",
        entry.key(),
        field + "." + key,
        "is unknown; known: " + String.join(", ", known) + Nearest.hint(key, known));
  }
}
