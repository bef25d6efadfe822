package io.opsautomator.task;

import io.opsautomator.event.EventType;
import io.opsautomator.schedule.Calendar;
import io.opsautomator.schedule.MisfirePolicy;
import io.opsautomator.schedule.OverlapPolicy;
import io.opsautomator.schedule.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes each value as it is given, remembers what is wrong with it, and goes on; only {@link
 * #build} throws.
 */
final class TaskBuilder extends BoundedBuilder {
  static final Duration LEAST_TIMEOUT = Duration.ofMinutes(1);
  static final String TIMEOUT = "ERR_TIMEOUT_MUST_BE_GREATER_0";
  static final String TOO_SHORT = " is not at least one minute";

  private final TargetBuilder target = new TargetBuilder(findings);
  private final WhenBuilder when = new WhenBuilder(findings);
  private final String name;
  private String action = "";
  private final Map<String, Object> parameters = new LinkedHashMap<>();
  private int maxConcurrent;
  private int maxConcurrentPerRegion;
  private int batchSize;
  private @Nullable Duration timeout;
  private @Nullable Duration expectSuccessWithin;
  private RetryPolicy retry = RetryPolicy.DEFAULT;
  private String description = "";

  TaskBuilder(String name) {
    super(name);
    this.name = name;
  }

  @Override
  public TaskBuilder description(String text) {
    findings.once("description");
    description = text;
    return this;
  }

  @Override
  public TaskBuilder action(String newAction) {
    findings.once("action");
    action = newAction.trim();
    return this;
  }

  @Override
  public TaskBuilder with(String parameter, Object value) {
    String field = "parameters." + parameter;
    findings.once(field);
    findings
        .read("ERR_WRONG_PARAM_TYPE", field, value, RawValues::canonical)
        .ifPresent(raw -> parameters.put(parameter, raw));
    return this;
  }

  @Override
  public TaskBuilder accounts(String... numbers) {
    target.accounts(numbers);
    return this;
  }

  @Override
  public TaskBuilder onlyOtherAccounts() {
    target.onlyOtherAccounts();
    return this;
  }

  @Override
  public TaskBuilder regions(String... names) {
    target.regions(names);
    return this;
  }

  @Override
  public TaskBuilder role(String role) {
    target.role(role);
    return this;
  }

  @Override
  public TaskBuilder externalId(String id) {
    target.externalId(id);
    return this;
  }

  @Override
  public TaskBuilder where(String filter) {
    target.where(filter);
    return this;
  }

  @Override
  public TaskBuilder whereAttributes(String expression) {
    target.whereAttributes(expression);
    return this;
  }

  @Override
  public TaskBuilder on(Schedule schedule) {
    when.on(schedule);
    return this;
  }

  @Override
  public TaskBuilder on(EventType event) {
    when.on(event);
    return this;
  }

  @Override
  public TaskBuilder onRegionWide(EventType event) {
    when.onRegionWide(event);
    return this;
  }

  @Override
  public TaskBuilder whereSource(String filter) {
    findings.once("sourceEventTagFilter");
    when.whereSource(target.filter("sourceEventTagFilter", filter));
    return this;
  }

  @Override
  public TaskBuilder from(Instant first) {
    when.from(first);
    return this;
  }

  @Override
  public TaskBuilder until(Instant end) {
    when.until(end);
    return this;
  }

  @Override
  public TaskBuilder jitter(Duration most) {
    when.jitter(most);
    return this;
  }

  @Override
  public TaskBuilder blackout(Calendar calendar) {
    when.blackout(calendar);
    return this;
  }

  @Override
  public TaskBuilder allow(Calendar calendar) {
    when.allow(calendar);
    return this;
  }

  @Override
  public TaskBuilder misfire(MisfirePolicy policy) {
    when.misfire(policy);
    return this;
  }

  @Override
  public TaskBuilder overlap(OverlapPolicy policy) {
    when.overlap(policy);
    return this;
  }

  @Override
  public TaskBuilder maxConcurrent(int executions) {
    maxConcurrent = findings.positive("concurrency", executions);
    return this;
  }

  @Override
  public TaskBuilder maxConcurrent(String amount) {
    findings
        .read("ERR_INVALID_AMOUNT", "concurrency", amount, Amount::parse)
        .ifPresent(this::maxConcurrent);
    return this;
  }

  private void maxConcurrent(Amount amount) {
    if (amount.percent()) {
      flow.share(amount);
    } else {
      maxConcurrent(amount.value());
    }
  }

  @Override
  public TaskBuilder maxConcurrentPerRegion(int executions) {
    maxConcurrentPerRegion = findings.positive("concurrencyPerRegion", executions);
    return this;
  }

  @Override
  public TaskBuilder batchSize(int resources) {
    batchSize = findings.positive("batchSize", resources);
    return this;
  }

  @Override
  public TaskBuilder timeout(Duration newTimeout) {
    findings.once("timeout");
    timeout = newTimeout;
    if (newTimeout.compareTo(LEAST_TIMEOUT) < 0) {
      String shown = newTimeout.isZero() ? "0" : newTimeout.toString();
      findings.wrong(TIMEOUT, "timeout", "'" + shown + "'" + TOO_SHORT);
    }
    return this;
  }

  @Override
  public TaskBuilder retry(RetryPolicy policy) {
    findings.once("retry");
    retry = policy;
    return this;
  }

  @Override
  public TaskBuilder disabled() {
    findings.once("enabled");
    return this;
  }

  @Override
  public TaskBuilder dryrun() {
    findings.once("dryrun");
    return this;
  }

  @Override
  public TaskBuilder debug() {
    findings.once("debug");
    return this;
  }

  @Override
  public TaskBuilder notifications() {
    findings.once("taskNotifications");
    return this;
  }

  @Override
  public TaskBuilder expectSuccessWithin(Duration bound) {
    findings.once("expectSuccessWithin");
    expectSuccessWithin = bound;
    if (bound.compareTo(Duration.ofMinutes(1)) < 0 || bound.compareTo(Duration.ofDays(366)) > 0) {
      findings.wrong(
          "ERR_INVALID_EXPECTATION",
          "expectSuccessWithin",
          "'" + bound + "' is not between one minute and 366 days");
    }
    return this;
  }

  @Override
  public TaskBuilder metrics() {
    findings.once("taskMetrics");
    return this;
  }

  @Override
  public Task build() {
    Optional<TaskName> taskName =
        findings.read("ERR_NO_TASK_NAME", "name", name, TaskName::checked);
    if (action.isEmpty()) {
      findings.wrong("ERR_NO_TASK_ACTION_NAME", "action", "is required and missing");
    }
    target.check();
    when.check();
    guards.check();
    if (!findings.all().isEmpty()) {
      throw new InvalidTaskException(name, findings.all());
    }
    return new Task(
        taskName.orElseThrow(),
        new Task.Work(action, parameters),
        target.build(),
        when.build(),
        new Limits(
            maxConcurrent, maxConcurrentPerRegion, batchSize, Optional.ofNullable(timeout), retry),
        guards.build(),
        options(),
        flow.build());
  }

  private Task.Options options() {
    return new Task.Options(
        description,
        !findings.given("enabled"),
        findings.given("dryrun"),
        findings.given("debug"),
        findings.given("taskNotifications"),
        findings.given("taskMetrics"),
        Optional.ofNullable(expectSuccessWithin));
  }
}
