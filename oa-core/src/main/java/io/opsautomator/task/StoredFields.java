package io.opsautomator.task;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.opsautomator.event.EventType;
import io.opsautomator.resource.AttributeFilter;
import io.opsautomator.resource.Scope;
import io.opsautomator.schedule.Calendar;
import io.opsautomator.schedule.Timing;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/**
 * One object of a stored task, field by field. Strict: {@link #end} fails if a field was not asked
 * for, since leaving out what one does not understand would change the task.
 */
final class StoredFields {
  private final JsonNode node;
  private final String where;
  private final Set<String> asked = new HashSet<>();

  StoredFields(JsonNode node, String where) {
    this.node = node;
    this.where = where;
    if (!node.isObject()) {
      throw new IllegalArgumentException(where + " is not an object");
    }
  }

  private JsonNode get(String field) {
    JsonNode value = find(field);
    if (value.isMissingNode()) {
      throw new IllegalArgumentException(where + " has no " + field);
    }
    return value;
  }

  private JsonNode find(String field) {
    asked.add(field);
    return node.path(field);
  }

  boolean has(String field) {
    return node.has(field);
  }

  String text(String field) {
    return typed(field, get(field), JsonNode::isTextual, "a text").textValue();
  }

  Optional<String> optional(String field) {
    asked.add(field);
    return has(field) ? Optional.of(text(field)) : Optional.empty();
  }

  private OptionalInt optionalNumber(String field) {
    asked.add(field);
    return has(field) ? OptionalInt.of(number(field)) : OptionalInt.empty();
  }

  int number(String field) {
    return typed(field, get(field), JsonNode::isInt, "a whole number").intValue();
  }

  boolean bool(String field) {
    return typed(field, get(field), JsonNode::isBoolean, "true or false").booleanValue();
  }

  Duration duration(String field) {
    return Duration.parse(text(field));
  }

  Instant instant(String field) {
    return Instant.parse(text(field));
  }

  <E extends Enum<E>> E constant(String field, Class<E> type) {
    return Enum.valueOf(type, text(field));
  }

  Map<String, Object> map(JsonMapper mapper, String field) {
    return mapper.convertValue(get(field), new TypeReference<Map<String, Object>>() {});
  }

  StoredFields object(String field) {
    return new StoredFields(get(field), where + "." + field);
  }

  <T> List<T> each(String field, Function<StoredFields, T> reader) {
    List<T> read = new ArrayList<>();
    typed(field, get(field), JsonNode::isArray, "a list")
        .forEach(item -> read.add(reader.apply(new StoredFields(item, where + "." + field))));
    return read;
  }

  private List<String> texts(String field) {
    List<String> read = new ArrayList<>();
    typed(field, get(field), JsonNode::isArray, "a list")
        .forEach(i -> read.add(typed(field, i, JsonNode::isTextual, "a list of texts").asText()));
    return read;
  }

  private JsonNode typed(
      String field, JsonNode value, Function<JsonNode, Boolean> test, String wanted) {
    if (!test.apply(value)) {
      throw new IllegalArgumentException(where + "." + field + " is not " + wanted);
    }
    return value;
  }

  Task.Target target() {
    Set<Scope.AccountId> accounts = new LinkedHashSet<>();
    texts("accounts").forEach(account -> accounts.add(new Scope.AccountId(account)));
    return new Task.Target(
        bool("thisAccount"),
        accounts,
        regions(),
        optional("crossAccountRole"),
        optional("externalId"),
        optional("tagFilter").map(TaskCodec::filter),
        optional("attributes").map(AttributeFilter::parse));
  }

  private Regions regions() {
    JsonNode value = find("regions");
    if (value.isMissingNode()) {
      return new Regions.Home();
    }
    if (value.asText().equals("*")) {
      return new Regions.Every();
    }
    // Not checked against the known ones: what was once stored stays readable.
    Set<Scope.Region> regions = new LinkedHashSet<>();
    texts("regions").forEach(region -> regions.add(new Scope.Region(region)));
    return new Regions.Named(regions);
  }

  Task.Events events() {
    Set<EventType> regionWide = new LinkedHashSet<>();
    List<EventType> all = each("events", fields -> fields.event(regionWide));
    return new Task.Events(
        new LinkedHashSet<>(all),
        regionWide,
        optional("sourceEventTagFilter").map(TaskCodec::filter));
  }

  private EventType event(Set<EventType> regionWide) {
    EventType event = new EventType(text("source"), text("detailType"), text("name"));
    if (bool("regionWide")) {
      regionWide.add(event);
    }
    end();
    return event;
  }

  RetryPolicy retry() {
    return object("retry").readRetry();
  }

  private RetryPolicy readRetry() {
    RetryPolicy retry =
        new RetryPolicy(
            object("throttled").readRule(),
            object("inDoubt").readRule(),
            object("refused").readRule(),
            new LinkedHashSet<>(texts("codes")));
    end();
    return retry;
  }

  private RetryPolicy.Rule readRule() {
    RetryPolicy.Rule rule =
        new RetryPolicy.Rule(
            number("attempts"), duration("first"), duration("longest"), bool("jitter"));
    end();
    return rule;
  }

  Timing timing() {
    return has("timing") ? object("timing").readTiming() : Timing.NONE;
  }

  private Timing readTiming() {
    Timing timing =
        new Timing(
            optional("from").map(Instant::parse),
            optional("until").map(Instant::parse),
            duration("jitter"),
            each("blackout", StoredFields::readCalendar),
            each("allow", StoredFields::readCalendar));
    end();
    return timing;
  }

  private Calendar readCalendar() {
    ZoneId zone = ZoneId.of(text("zone"));
    Calendar calendar = CalendarFile.parse(text("name"), text("events"), zone);
    end();
    return calendar;
  }

  Guards guards() {
    return object("guards").readGuards();
  }

  private Guards readGuards() {
    Guards guards =
        new Guards(
            amount("maxResources"),
            amount("maxErrors"),
            optionalNumber("maxPerAccount"),
            optionalNumber("maxPerRegion"),
            optionalNumber("maxShrink"),
            has("rollout") ? Optional.of(object("rollout").readRollout()) : Optional.empty());
    end();
    return guards;
  }

  private Rollout readRollout() {
    Rollout rollout =
        new Rollout(amount("canary"), amount("waves"), duration("pause"), bool("approve"));
    end();
    return rollout;
  }

  Flow flow() {
    StoredFields flow = object("flow");
    Flow read =
        new Flow(
            flow.each("after", StoredFields::readAfter),
            flow.amount("share"),
            flow.has("recheck") ? Optional.of(flow.bool("recheck")) : Optional.empty());
    flow.end();
    return read;
  }

  private After readAfter() {
    Set<After.End> when = new LinkedHashSet<>();
    texts("when").forEach(end -> when.add(After.End.valueOf(end)));
    After after = new After(new TaskName(text("task")), when);
    end();
    return after;
  }

  private Optional<Amount> amount(String field) {
    return optional(field).map(Amount::parse);
  }

  /** Fails naming a field that nobody has asked for. */
  void end() {
    node.fieldNames()
        .forEachRemaining(
            field -> {
              if (!asked.contains(field)) {
                throw new IllegalArgumentException(where + " has an unknown field " + field);
              }
            });
  }
}
