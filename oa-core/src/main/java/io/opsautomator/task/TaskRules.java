package io.opsautomator.task;

import io.opsautomator.InvalidExpressionException;
import io.opsautomator.action.ActionMetadata;
import io.opsautomator.action.ActionMetadata.Reach;
import io.opsautomator.action.ParameterSchema.Violation;
import io.opsautomator.event.EventType;
import io.opsautomator.internal.Nearest;
import io.opsautomator.resource.Aggregation;
import io.opsautomator.resource.AttributeFilter;
import io.opsautomator.resource.ResourceType;
import io.opsautomator.schedule.Schedule;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** What an action's metadata demands of a task, besides its parameters. */
final class TaskRules {
  private static final Duration ONE_MINUTE = Duration.ofMinutes(1);

  private final Task task;
  private final ActionMetadata<?> action;
  private final ActionMetadata.Limits limits;
  private final List<Violation> violations;
  private final List<Violation> warnings;

  TaskRules(
      Task task,
      ActionMetadata<?> action,
      ActionMetadata.Limits limits,
      List<Violation> violations,
      List<Violation> warnings) {
    this.task = task;
    this.action = action;
    this.limits = limits;
    this.violations = violations;
    this.warnings = warnings;
  }

  void check() {
    schedules();
    for (EventType event : task.when().events().types()) {
      event(event);
    }
    accounts();
    regions();
    tagFilter();
    attributes();
    timeout();
    limits();
    perRegion();
    waves();
  }

  private void schedules() {
    if (!action.triggers().onSchedule() && !task.when().schedules().isEmpty()) {
      wrong(
          "ERR_INVALID_TASK_INTERVAL",
          "interval",
          action.name() + " is started by events only; remove the interval and give events");
      return;
    }
    Duration least =
        limits.minimumInterval().compareTo(ONE_MINUTE) < 0 ? ONE_MINUTE : limits.minimumInterval();
    for (Schedule schedule : task.when().schedules()) {
      shortest(schedule)
          .filter(interval -> interval.compareTo(least) < 0)
          .ifPresent(interval -> tooShort(schedule, interval, least));
    }
  }

  static Optional<Duration> shortest(Schedule schedule) {
    if (schedule instanceof Schedule.Cron cron) {
      return cron.expression().shortestInterval();
    }
    return schedule instanceof Schedule.FixedRate rate
        ? Optional.of(rate.period())
        : Optional.empty();
  }

  private void tooShort(Schedule schedule, Duration interval, Duration least) {
    String shown =
        schedule instanceof Schedule.Cron cron
            ? "'" + cron.expression() + "' fires "
            : "the schedule fires ";
    wrong(
        "ERR_TASK_INTERVAL_TOO_SHORT",
        "interval",
        shown
            + minutes(interval)
            + " apart at its densest; "
            + action.name()
            + " allows "
            + minutes(least)
            + " at least");
  }

  private static String minutes(Duration duration) {
    return duration.toMinutes() == 1 ? "1 minute" : duration.toMinutes() + " minutes";
  }

  private void event(EventType event) {
    Set<EventType> known = action.triggers().events();
    if (known.isEmpty()) {
      wrong("ERR_EVENT_SOURCE_NOT_HANDLED", "events", action.name() + " has no events at all");
    } else if (!known.contains(event)) {
      unknown(event, known);
    } else if (task.when().events().regionWide().contains(event)
        && !action.triggers().regionWide().contains(event)) {
      wrong(
          "ERR_EVENT_SCOPE_EVENT_NOT_HANDLED",
          "eventScopes",
          "'" + event.name() + "' can only have the scope 'resource' with " + action.name());
    }
  }

  /** Names the outermost of source, detail type and name that the action does not know. */
  private void unknown(EventType event, Set<EventType> known) {
    Predicate<EventType> sameSource = e -> e.source().equals(event.source());
    Predicate<EventType> sameType = e -> e.detailType().equals(event.detailType());
    if (known.stream().noneMatch(sameSource)) {
      notHandled(
          "EVENT_SOURCE", "event source", event.source(), of(known, e -> true, EventType::source));
    } else if (known.stream().noneMatch(sameSource.and(sameType))) {
      notHandled(
          "DETAIL_TYPE",
          "detail type",
          event.detailType(),
          of(known, sameSource, EventType::detailType));
    } else {
      notHandled(
          "EVENT", "event", event.name(), of(known, sameSource.and(sameType), EventType::name));
    }
  }

  private static List<String> of(
      Set<EventType> events, Predicate<EventType> which, Function<EventType, String> part) {
    return events.stream().filter(which).map(part).distinct().sorted().toList();
  }

  private void notHandled(String code, String what, String name, List<String> known) {
    wrong(
        "ERR_" + code + "_NOT_HANDLED",
        "events",
        "the "
            + what
            + " '"
            + name
            + "' is unknown to "
            + action.name()
            + Nearest.hint(name, known)
            + "; known: "
            + String.join(", ", known));
  }

  private void accounts() {
    if (action.selection().reach() == Reach.ALL_ACCOUNTS_AND_REGIONS) {
      return;
    }
    if (!task.target().accounts().isEmpty()) {
      wrong(
          "ERR_NO_CROSS_ACCOUNT_OPERATIONS",
          "accounts",
          action.name() + " works in its own account only; remove the other accounts");
    }
    if (!task.target().thisAccount()) {
      wrong(
          "ERR_THIS_ACCOUNT_MUST_BE_TRUE",
          "thisAccount",
          "is off, but " + action.name() + " works in its own account only");
    }
  }

  private void regions() {
    if (action.selection().reach() == Reach.HOME_REGION
        && !(task.target().regions() instanceof Regions.Home)) {
      warnings.add(
          new Violation(
              "WARN_TASK",
              "regions",
              "have no effect: " + action.name() + " works in its home region only"));
    }
  }

  private void tagFilter() {
    if (task.target().tags().isEmpty()) {
      return;
    }
    if (!action.selection().type().taggable()) {
      wrong(
          "ERR_NO_TAG_FILTER",
          "tagFilter",
          action.selection().type().key() + " have no tags to filter by; remove the filter");
    } else if (!action.selection().bareWildcards() && task.target().tags().get().bareWildcard()) {
      wrong(
          "ERR_NO_WILDCARDS_TAG_FILTER_ALLOWED",
          "tagFilter",
          "'"
              + task.target().tags().get()
              + "' would select everything, which "
              + action.name()
              + " does not allow; name a tag");
    }
  }

  private void attributes() {
    task.target()
        .attributes()
        .ifPresent(filter -> warnings.addAll(odd(filter, action.selection().type())));
  }

  private static List<Violation> odd(AttributeFilter filter, ResourceType<?> type) {
    return filter.warnings(type).stream()
        .map(w -> new Violation("WARN_TASK", "attributes", w))
        .toList();
  }

  /** Nothing for what is no filter: that is told where the file is read. */
  static List<Violation> odd(String filter, ResourceType<?> type) {
    try {
      return odd(AttributeFilter.parse(filter), type);
    } catch (InvalidExpressionException toldBefore) {
      return List.of();
    }
  }

  private void timeout() {
    if (task.limits().timeout().isPresent() && !action.hasCompletion()) {
      wrong(
          "ERR_TIMEOUT_NOT_ALLOWED",
          "timeout",
          action.name() + " is done when it has acted: there is nothing to wait for");
    }
  }

  private void limits() {
    int most = limits.maxConcurrent();
    if (most > 0 && task.limits().maxConcurrent() > most) {
      warnings.add(
          new Violation(
              "WARN_TASK", "concurrency", action.name() + " runs " + most + " at once at most"));
    }
    if (task.limits().batchSize() > 0 && action.selection().aggregation() == Aggregation.RESOURCE) {
      warnings.add(
          new Violation(
              "WARN_TASK", "batchSize", "has no effect: " + action.name() + " takes one by one"));
    }
  }

  private void perRegion() {
    Aggregation aggregation = action.selection().aggregation();
    boolean across = aggregation == Aggregation.ACCOUNT || aggregation == Aggregation.TASK;
    if (across && task.limits().maxConcurrentPerRegion() > 0) {
      String what = aggregation == Aggregation.TASK ? "all resources" : "those of an account";
      wrong(
          "ERR_CONCURRENCY_PER_REGION",
          "concurrencyPerRegion",
          action.name()
              + " takes "
              + what
              + " at once, in whatever regions they are; remove it, or use concurrency");
    }
  }

  private void waves() {
    if (task.guards().rollout().isPresent()
        && action.selection().aggregation() == Aggregation.TASK) {
      String field = task.guards().rollout().get().canary().isPresent() ? "canary" : "waves";
      String all = "has no effect: " + action.name() + " takes all resources at once";
      warnings.add(new Violation("WARN_TASK", field, all));
    }
  }

  private void wrong(String code, String field, String problem) {
    violations.add(new Violation(code, field, problem));
  }
}
