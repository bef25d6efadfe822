package io.opsautomator.task;

import io.opsautomator.action.ParameterSchema;
import io.opsautomator.event.EventType;
import io.opsautomator.resource.AttributeFilter;
import io.opsautomator.resource.Scope;
import io.opsautomator.resource.TagFilter;
import io.opsautomator.schedule.Calendar;
import io.opsautomator.schedule.MisfirePolicy;
import io.opsautomator.schedule.OverlapPolicy;
import io.opsautomator.schedule.Schedule;
import io.opsautomator.schedule.Timetable;
import io.opsautomator.schedule.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    Guards guards,
    Options options,
    Flow flow) {

  /** One that hangs together with no other. */
  public Task(
      TaskName name,
      Work work,
      Target target,
      When when,
      Limits limits,
      Guards guards,
      Options options) {
    this(name, work, target, when, limits, guards, options, Flow.NONE);
  }

  /**
   * A task of this name that works in its own account and region, on the resources whose task list
   * tag names it, when asked.
   */
  public static Builder named(String name) {
    return new TaskBuilder(name);
  }

  /** For logs, plans and the audit: the same task with the secret parameters masked. */
  public Task masked(ParameterSchema<?> schema) {
    Work shown = new Work(work.action(), schema.masked(work.parameters()));
    return new Task(name, shown, target, when, limits, guards, options, flow);
  }

  /**
   * What to do.
   *
   * @param action its wire name
   * @param parameters by wire name: texts, booleans, {@code Long}s, {@code BigDecimal}s, lists and
   *     maps of these, whatever kind of number or list was given
   */
  public record Work(String action, Map<String, Object> parameters) {
    /** Throws IllegalArgumentException for a value that has no place in a task file. */
    public Work {
      parameters = RawValues.canonical(parameters);
    }

    /** The names of the parameters only: which of them are secret, the action knows. */
    @Override
    public String toString() {
      return action + parameters.keySet();
    }
  }

  /**
   * What to do it to.
   *
   * @param thisAccount whether the engine's own account is among the accounts
   * @param accounts the others
   * @param role name of the role to assume in the accounts; the engine's default if empty
   * @param externalId for assuming it
   * @param tags empty: only resources whose task list tag names this task
   * @param attributes besides, what they have to be like; empty: anything
   */
  public record Target(
      boolean thisAccount,
      Set<Scope.AccountId> accounts,
      Regions regions,
      Optional<String> role,
      Optional<String> externalId,
      Optional<TagFilter> tags,
      Optional<AttributeFilter> attributes) {
    public Target {
      accounts = ordered(accounts);
    }
  }

  /** When its schedules fire, as scheduler and forecasts see it. */
  public Timetable timetable() {
    return new Timetable(name.value(), when.schedules(), when.timing());
  }

  /**
   * When to do it; without schedule and events a task runs when asked.
   *
   * @param timing of the schedules' firings
   */
  public record When(
      List<Schedule> schedules,
      Events events,
      MisfirePolicy misfire,
      OverlapPolicy overlap,
      Timing timing) {
    public When {
      schedules = List.copyOf(schedules);
    }

    /** Without schedules: only events trigger it, and who asks. */
    public When withoutSchedules() {
      return new When(List.of(), events, misfire, overlap, Timing.NONE);
    }
  }

  /**
   * Events that trigger the task.
   *
   * @param regionWide those of them that stand for all resources of their region, not only for the
   *     one they are about
   * @param sourceTags what the resource the event is about must carry
   */
  public record Events(
      Set<EventType> types, Set<EventType> regionWide, Optional<TagFilter> sourceTags) {
    public static final Events NONE = new Events(Set.of(), Set.of(), Optional.empty());

    public Events {
      types = ordered(types);
      regionWide = ordered(regionWide);
    }
  }

  /**
   * The rest.
   *
   * @param dryrun every run is a plan
   * @param debug log more
   * @param notifications tell when executions begin and end
   * @param metrics count their ends
   * @param expectSuccessWithin tell when no run has ended well for longer than that
   */
  public record Options(
      String description,
      boolean enabled,
      boolean dryrun,
      boolean debug,
      boolean notifications,
      boolean metrics,
      Optional<Duration> expectSuccessWithin) {
    public static final Options DEFAULT =
        new Options("", true, false, false, false, false, Optional.empty());
  }

  private static <T> Set<T> ordered(Set<T> set) {
    return Collections.unmodifiableSet(new LinkedHashSet<>(set));
  }

  /**
   * Not thread-safe. {@link #build} throws naming every wrong value; setting a thing twice is wrong
   * too.
   */
  public interface Builder {
    Builder description(String text);

    Builder action(String name);

    /** By wire name, as in a task file: a text, number, boolean, enum, duration, list or map. */
    Builder with(String parameter, Object value);

    /** Accounts of 12 digits, besides the engine's own. */
    Builder accounts(String... accounts);

    /** Leave the engine's own account out. */
    Builder onlyOtherAccounts();

    /** Region names, or {@code *} alone. */
    Builder regions(String... regions);

    /** A role name, not an ARN. */
    Builder role(String role);

    Builder externalId(String id);

    /** A tag filter expression. */
    Builder where(String tags);

    /** A JMESPath expression over the attributes: see {@link AttributeFilter}. */
    Builder whereAttributes(String expression);

    /** May be called several times: the task fires when any of them does. */
    Builder on(Schedule schedule);

    /** May be called several times. */
    Builder on(EventType event);

    /** Like {@link #on(EventType)}, for all resources of the event's region. */
    Builder onRegionWide(EventType event);

    /** A tag filter expression for the resource that an event is about. */
    Builder whereSource(String tags);

    /** Its schedules do not fire before this instant. */
    Builder from(Instant first);

    /** From this instant on its schedules no longer fire. */
    Builder until(Instant end);

    /**
     * Runs begin up to that much after their firings, each task and firing by its own delay, to
     * keep many tasks from beginning at once; whole seconds, less than the least time between two
     * firings.
     */
    Builder jitter(Duration most);

    /** May be called several times: a firing inside an event of any of them does not run. */
    Builder blackout(Calendar calendar);

    /** May be called several times: a firing outside all events of all of them does not run. */
    Builder allow(Calendar calendar);

    /**
     * May be called several times: it runs when a run of any of these tasks has ended, in one of
     * these ways; when it has succeeded if none is named.
     */
    Builder after(String task, After.End... when);

    Builder misfire(MisfirePolicy policy);

    Builder overlap(OverlapPolicy policy);

    /** At most so many executions at once. */
    Builder maxConcurrent(int executions);

    /** A number, or a percentage of the run's executions: see {@link Flow#share}. */
    Builder maxConcurrent(String amount);

    /** At most so many executions of one run at once in each account and region. */
    Builder maxConcurrentPerRegion(int executions);

    /**
     * Whether each resource is looked at again just before it is acted on: {@link Flow#recheck}.
     */
    Builder recheck(boolean wanted);

    Builder batchSize(int resources);

    Builder timeout(Duration timeout);

    Builder retry(RetryPolicy policy);

    /** A number or a percentage, such as {@code 25%}: see {@link Guards#maxResources}. */
    Builder maxResources(String amount);

    /** A number or a percentage: see {@link Guards#maxErrors}. */
    Builder maxErrors(String amount);

    Builder maxPerAccount(int resources);

    Builder maxPerRegion(int resources);

    /** From 0 to 99: see {@link Guards#maxShrink}. */
    Builder maxShrink(int percent);

    /** A number or a percentage of the executions: see {@link Rollout#canary}. */
    Builder canary(String amount);

    /** A number or a percentage of the executions: see {@link Rollout#waves}. */
    Builder waves(String amount);

    /** Between waves; more than nothing, and at most 30 days. */
    Builder pause(Duration pause);

    /** A person has to let each further wave go. */
    Builder approve();

    Builder disabled();

    Builder dryrun();

    Builder debug();

    Builder notifications();

    /** From a minute to 366 days: tell when no run has ended well for longer than that. */
    Builder expectSuccessWithin(Duration bound);

    Builder metrics();

    /**
     * @throws InvalidTaskException naming every wrong value
     */
    Task build();
  }
}
