package io.opsautomator.task;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opsautomator.event.EventType;
import io.opsautomator.resource.TagFilter;
import io.opsautomator.schedule.Calendar;
import io.opsautomator.schedule.DstRule;
import io.opsautomator.schedule.MisfirePolicy;
import io.opsautomator.schedule.OverlapPolicy;
import io.opsautomator.schedule.Schedule;
import io.opsautomator.schedule.Timing;
import java.time.DateTimeException;
import java.time.Duration;

/**
 * A task as it is stored: JSON that reads back to an equal task, and is the same text for equal
 * tasks.
 *
 * <p>Everything is written, defaults too, so that a stored task keeps its meaning should a default
 * change one day. {@code format} counts the changes of this form: a reader refuses what is newer
 * than itself, and reads everything older. A task is written in the oldest format that holds it, so
 * that a version from before guards still reads a task without them, and refuses one with them
 * rather than run it unguarded. For people there is {@link TaskFile}.
 */
public final class TaskCodec {
  /** The newest that {@link #write} writes. */
  public static final int FORMAT = 5;

  private static final int WITH_FLOW = 4;
  private static final int WITH_RETRY = 3;
  private static final int WITH_GUARDS = 2;
  private static final int BEFORE_GUARDS = 1;

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private TaskCodec() {}

  /** One line. Secret parameters are in it. */
  public static String write(Task task) {
    ObjectNode json = JSON.createObjectNode();
    json.put("format", format(task));
    json.put("name", task.name().value());
    json.put("action", task.work().action());
    json.set("parameters", JSON.valueToTree(task.work().parameters()));
    target(json, task.target());
    when(json, task.when());
    json.put("concurrency", task.limits().maxConcurrent());
    if (task.limits().maxConcurrentPerRegion() > 0) {
      json.put("concurrencyPerRegion", task.limits().maxConcurrentPerRegion());
    }
    json.put("batchSize", task.limits().batchSize());
    task.limits().timeout().ifPresent(t -> json.put("timeout", t.toString()));
    if (!task.limits().retry().equals(RetryPolicy.DEFAULT)) {
      retry(json.putObject("retry"), task.limits().retry());
    }
    if (task.guards().any()) {
      guards(json.putObject("guards"), task.guards());
    }
    if (task.flow().any()) {
      flow(json.putObject("flow"), task.flow());
    }
    options(json, task.options());
    return json.toString();
  }

  private static int format(Task task) {
    if (task.limits().maxConcurrentPerRegion() > 0) {
      return FORMAT;
    }
    boolean expects = task.options().expectSuccessWithin().isPresent();
    if (expects || task.when().timing().any() || task.flow().any()) {
      return WITH_FLOW;
    }
    boolean retries = !task.limits().retry().equals(RetryPolicy.DEFAULT);
    if (retries || task.target().attributes().isPresent()) {
      return WITH_RETRY;
    }
    return task.guards().any() ? WITH_GUARDS : BEFORE_GUARDS;
  }

  private static void target(ObjectNode json, Task.Target target) {
    json.put("thisAccount", target.thisAccount());
    ArrayNode accounts = json.putArray("accounts");
    target.accounts().forEach(account -> accounts.add(account.value()));
    if (target.regions() instanceof Regions.Every) {
      json.put("regions", "*");
    } else if (target.regions() instanceof Regions.Named named) {
      ArrayNode regions = json.putArray("regions");
      named.regions().forEach(region -> regions.add(region.value()));
    }
    target.role().ifPresent(role -> json.put("crossAccountRole", role));
    target.externalId().ifPresent(id -> json.put("externalId", id));
    target.tags().ifPresent(tags -> json.put("tagFilter", tags.toString()));
    target.attributes().ifPresent(filter -> json.put("attributes", filter.toString()));
  }

  private static void when(ObjectNode json, Task.When when) {
    ArrayNode schedules = json.putArray("schedules");
    when.schedules().forEach(schedule -> schedule(schedules.addObject(), schedule));
    ArrayNode events = json.putArray("events");
    for (EventType event : when.events().types()) {
      events
          .addObject()
          .put("source", event.source())
          .put("detailType", event.detailType())
          .put("name", event.name())
          .put("regionWide", when.events().regionWide().contains(event));
    }
    when.events().sourceTags().ifPresent(tags -> json.put("sourceEventTagFilter", tags.toString()));
    misfire(json.putObject("misfire"), when.misfire());
    json.put("overlap", when.overlap().name());
    if (when.timing().any()) {
      timing(json.putObject("timing"), when.timing());
    }
  }

  private static void timing(ObjectNode json, Timing timing) {
    timing.from().ifPresent(from -> json.put("from", from.toString()));
    timing.until().ifPresent(until -> json.put("until", until.toString()));
    json.put("jitter", timing.jitter().toString());
    ArrayNode blackout = json.putArray("blackout");
    timing.blackout().forEach(calendar -> calendar(blackout.addObject(), calendar));
    ArrayNode allow = json.putArray("allow");
    timing.allow().forEach(calendar -> calendar(allow.addObject(), calendar));
  }

  private static void calendar(ObjectNode json, Calendar calendar) {
    json.put("name", calendar.name()).put("zone", calendar.zone().getId());
    json.put("events", calendar.source());
  }

  private static void schedule(ObjectNode json, Schedule schedule) {
    if (schedule instanceof Schedule.Cron cron) {
      json.put("cron", cron.expression().toString());
      json.put("zone", cron.zone().getId());
      json.put("gap", cron.dst().gap().name());
      json.put("overlap", cron.dst().overlap().name());
    } else if (schedule instanceof Schedule.FixedRate rate) {
      json.put("every", rate.period().toString()).put("from", rate.anchor().toString());
    } else if (schedule instanceof Schedule.Once once) {
      json.put("at", once.at().toString());
    }
  }

  private static void misfire(ObjectNode json, MisfirePolicy policy) {
    if (policy instanceof MisfirePolicy.All all) {
      json.put("policy", "ALL").put("atMost", all.atMost());
      json.put("notOlderThan", all.notOlderThan().toString());
    } else {
      json.put("policy", policy instanceof MisfirePolicy.Skip ? "SKIP" : "LAST");
    }
  }

  private static void retry(ObjectNode json, RetryPolicy retry) {
    rule(json.putObject("throttled"), retry.throttled());
    rule(json.putObject("inDoubt"), retry.inDoubt());
    rule(json.putObject("refused"), retry.refused());
    ArrayNode codes = json.putArray("codes");
    retry.codes().forEach(codes::add);
  }

  private static void rule(ObjectNode json, RetryPolicy.Rule rule) {
    json.put("attempts", rule.attempts());
    json.put("first", rule.first().toString());
    json.put("longest", rule.longest().toString());
    json.put("jitter", rule.jitter());
  }

  private static void guards(ObjectNode json, Guards guards) {
    guards.maxResources().ifPresent(most -> json.put("maxResources", most.toString()));
    guards.maxErrors().ifPresent(most -> json.put("maxErrors", most.toString()));
    guards.maxPerAccount().ifPresent(most -> json.put("maxPerAccount", most));
    guards.maxPerRegion().ifPresent(most -> json.put("maxPerRegion", most));
    guards.maxShrink().ifPresent(percent -> json.put("maxShrink", percent));
    guards.rollout().ifPresent(rollout -> rollout(json.putObject("rollout"), rollout));
  }

  private static void rollout(ObjectNode json, Rollout rollout) {
    rollout.canary().ifPresent(canary -> json.put("canary", canary.toString()));
    rollout.waves().ifPresent(waves -> json.put("waves", waves.toString()));
    json.put("pause", rollout.pause().toString());
    json.put("approve", rollout.approve());
  }

  private static void flow(ObjectNode json, Flow flow) {
    ArrayNode all = json.putArray("after");
    for (After after : flow.after()) {
      ArrayNode when = all.addObject().put("task", after.task().value()).putArray("when");
      after.when().forEach(end -> when.add(end.name()));
    }
    flow.share().ifPresent(share -> json.put("share", share.toString()));
    flow.recheck().ifPresent(wanted -> json.put("recheck", wanted));
  }

  private static void options(ObjectNode json, Task.Options options) {
    json.put("description", options.description());
    json.put("enabled", options.enabled());
    json.put("dryrun", options.dryrun());
    json.put("debug", options.debug());
    json.put("taskNotifications", options.notifications());
    json.put("taskMetrics", options.metrics());
    options.expectSuccessWithin().ifPresent(t -> json.put("expectSuccessWithin", t.toString()));
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalArgumentException if the text is something else, or of a newer format
   */
  public static Task read(String json) {
    try {
      JsonNode tree = JSON.readTree(json);
      StoredFields fields = new StoredFields(tree, "task");
      int format = fields.number("format");
      if (format < 1 || format > FORMAT) {
        throw new IllegalArgumentException(
            "is of format " + format + "; this version reads formats 1 to " + FORMAT);
      }
      return task(fields, format);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("A stored task is not JSON: " + e.getMessage(), e);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new IllegalArgumentException("A stored task cannot be read: " + e.getMessage(), e);
    }
  }

  private static Task task(StoredFields fields, int format) {
    Task task =
        new Task(
            new TaskName(fields.text("name")),
            new Task.Work(fields.text("action"), fields.map(JSON, "parameters")),
            fields.target(),
            readWhen(fields, format),
            new Limits(
                fields.number("concurrency"),
                format > WITH_FLOW && fields.has("concurrencyPerRegion")
                    ? fields.number("concurrencyPerRegion")
                    : 0,
                fields.number("batchSize"),
                fields.optional("timeout").map(Duration::parse),
                format > WITH_GUARDS && fields.has("retry") ? fields.retry() : RetryPolicy.DEFAULT),
            format > BEFORE_GUARDS && fields.has("guards") ? fields.guards() : Guards.NONE,
            readOptions(fields),
            format > WITH_RETRY && fields.has("flow") ? fields.flow() : Flow.NONE);
    fields.end();
    return task;
  }

  private static Task.When readWhen(StoredFields fields, int format) {
    return new Task.When(
        fields.each("schedules", TaskCodec::readSchedule),
        fields.events(),
        readMisfire(fields.object("misfire")),
        fields.constant("overlap", OverlapPolicy.class),
        format > WITH_RETRY ? fields.timing() : Timing.NONE);
  }

  private static Schedule readSchedule(StoredFields fields) {
    Schedule schedule;
    if (fields.has("cron")) {
      Schedule.Cron cron = Schedule.cron(fields.text("cron"), fields.text("zone"));
      DstRule dst =
          new DstRule(
              fields.constant("gap", DstRule.Gap.class),
              fields.constant("overlap", DstRule.Overlap.class));
      schedule = cron.withDst(dst);
    } else if (fields.has("every")) {
      schedule = new Schedule.FixedRate(fields.instant("from"), fields.duration("every"));
    } else {
      schedule = new Schedule.Once(fields.instant("at"));
    }
    fields.end();
    return schedule;
  }

  private static MisfirePolicy readMisfire(StoredFields fields) {
    String policy = fields.text("policy");
    MisfirePolicy read =
        switch (policy) {
          case "SKIP" -> new MisfirePolicy.Skip();
          case "LAST" -> new MisfirePolicy.Last();
          case "ALL" ->
              new MisfirePolicy.All(fields.number("atMost"), fields.duration("notOlderThan"));
          default -> throw new IllegalArgumentException("unknown misfire policy " + policy);
        };
    fields.end();
    return read;
  }

  private static Task.Options readOptions(StoredFields fields) {
    return new Task.Options(
        fields.text("description"),
        fields.bool("enabled"),
        fields.bool("dryrun"),
        fields.bool("debug"),
        fields.bool("taskNotifications"),
        fields.bool("taskMetrics"),
        fields.optional("expectSuccessWithin").map(Duration::parse));
  }

  /** A filter as a task has it: {@code *} alone means everything. */
  static TagFilter filter(String text) {
    return TagFilter.ofTask(text);
  }
}
