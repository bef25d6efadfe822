package io.opsautomator.task;

import io.opsautomator.event.EventType;
import io.opsautomator.resource.Scope;
import io.opsautomator.resource.TagFilter;
import io.opsautomator.schedule.MisfirePolicy;
import io.opsautomator.schedule.OverlapPolicy;
import io.opsautomator.schedule.Schedule;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * What a user configures; all doors (Java, YAML, CloudFormation, REST) build this. Immutable and
 * free of code: the action is named, its parameters are raw until the engine, which knows the
 * action, has validated them.
 */
public record Task(
    TaskName name,
    Work work,
    Target target,
    When when,
    Limits limits,
    Rollout rollout,
    Options options) {
  public static Builder named(String name) {
    throw new UnsupportedOperationException("sketch: " + name);
  }

  public record Work(String action, Map<String, Object> parameters) {}

  /** Empty accounts or regions mean the engine's own; {@code role} is assumed in the accounts. */
  public record Target(
      Set<Scope.AccountId> accounts, Set<Scope.Region> regions, String role, TagFilter tags) {}

  /** Without schedule and events a task runs when asked. */
  public record When(
      Set<Schedule> schedules,
      Set<EventType> events,
      MisfirePolicy misfire,
      OverlapPolicy overlap) {}

  public record Options(
      String description,
      boolean enabled,
      Duration timeout,
      boolean notifications,
      boolean metrics) {}

  /**
   * Not thread-safe. {@link #build} throws naming every wrong value; setting a thing twice is wrong
   * too.
   */
  public interface Builder {
    Builder description(String text);

    Builder action(String name);

    /** By wire name, as in a task file. */
    Builder with(String parameter, Object value);

    Builder accounts(String... accounts);

    Builder regions(String... regions);

    Builder role(String role);

    /** A tag filter expression. */
    Builder where(String tags);

    Builder on(Schedule schedule);

    Builder on(EventType event);

    Builder misfire(MisfirePolicy policy);

    Builder overlap(OverlapPolicy policy);

    Builder limits(Limits limits);

    Builder rollout(Rollout rollout);

    Builder timeout(Duration timeout);

    Builder disabled();

    Task build();
  }
}
