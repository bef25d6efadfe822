package io.opsautomator.testkit;

import io.opsautomator.action.Action;
import io.opsautomator.action.Outcome;
import io.opsautomator.action.Services;
import io.opsautomator.audit.AuditEvent;
import io.opsautomator.aws.AwsCall;
import io.opsautomator.plan.Plan;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Run;
import io.opsautomator.task.Task;
import io.opsautomator.testkit.Rehearsal.Course;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Runs one action on a simulated estate: by the real engine over a store in memory, with the real
 * journal and call guard, in virtual time and without threads.
 *
 * <p>Immutable: every run starts from a fresh copy of the estate and the same clock, so runs can be
 * compared. The estate of a run is looked at two hours after its end, when what was set going has
 * arrived.
 */
public final class ActionHarness<P extends Record> {
  private final Case<P> given;

  /** What every run starts from. */
  record Case<P extends Record>(
      String name,
      Function<Services, ? extends Action<P>> action,
      Map<Class<?>, Object> services,
      Optional<P> parameters,
      Consumer<Estate> estate,
      UnaryOperator<Task.Builder> task,
      Set<String> ids,
      Instant start) {
    Case<P> estate(Consumer<Estate> next) {
      return new Case<>(name, action, services, parameters, estate.andThen(next), task, ids, start);
    }

    Case<P> task(UnaryOperator<Task.Builder> next) {
      UnaryOperator<Task.Builder> both = builder -> next.apply(task.apply(builder));
      return new Case<>(name, action, services, parameters, estate, both, ids, start);
    }
  }

  private ActionHarness(Case<P> given) {
    this.given = given;
  }

  /** With the action's default parameters, on an empty estate, on 2 March 2026 at 08:00 UTC. */
  public static <P extends Record> ActionHarness<P> of(
      Function<Services, ? extends Action<P>> action) {
    return new ActionHarness<>(
        new Case<>(
            "",
            action,
            Map.of(),
            Optional.empty(),
            estate -> {},
            UnaryOperator.identity(),
            Set.of(),
            Instant.parse("2026-03-02T08:00:00Z")));
  }

  /** What this case is about, for reports of tests. */
  public ActionHarness<P> named(String name) {
    Case<P> c = given;
    return new ActionHarness<>(
        new Case<>(name, c.action, c.services, c.parameters, c.estate, c.task, c.ids, c.start));
  }

  /** Given to the action as a task gives them: through their wire form. */
  public ActionHarness<P> with(P parameters) {
    Case<P> c = given;
    return new ActionHarness<>(
        new Case<>(
            c.name,
            c.action,
            c.services,
            Optional.of(parameters),
            c.estate,
            c.task,
            c.ids,
            c.start));
  }

  /** A service that the action needs besides AWS clients. Shared by all runs. */
  public <S> ActionHarness<P> providing(Class<S> type, S service) {
    Case<P> c = given;
    Map<Class<?>, Object> more = new LinkedHashMap<>(c.services);
    more.put(type, service);
    return new ActionHarness<>(
        new Case<>(c.name, c.action, more, c.parameters, c.estate, c.task, c.ids, c.start));
  }

  /** What is there, and what is to go wrong; besides what was given before. Called for each run. */
  public ActionHarness<P> given(Consumer<Estate> estate) {
    return new ActionHarness<>(given.estate(estate));
  }

  /** Accounts, regions, a tag filter and the like. Without a filter, everything is selected. */
  public ActionHarness<P> task(UnaryOperator<Task.Builder> changes) {
    return new ActionHarness<>(given.task(changes));
  }

  /** Default: all that the action's type and refinement let through. */
  public ActionHarness<P> on(String... ids) {
    Case<P> c = given;
    return new ActionHarness<>(
        new Case<>(
            c.name,
            c.action,
            c.services,
            c.parameters,
            c.estate,
            c.task,
            new LinkedHashSet<>(List.of(ids)),
            c.start));
  }

  /** The instant at which it all begins, such as {@code 2026-03-02T08:00:00Z}. */
  public ActionHarness<P> at(String start) {
    Case<P> c = given;
    return new ActionHarness<>(
        new Case<>(
            c.name,
            c.action,
            c.services,
            c.parameters,
            c.estate,
            c.task,
            c.ids,
            Instant.parse(start)));
  }

  /** As it would be had nothing been run. */
  public Estate untouched() {
    return rehearsal(Optional.empty(), Course.TO_THE_END).untouched();
  }

  public Plan plan() {
    return planned().plan();
  }

  /** Runs to the end, through all waits. */
  public Ran run() {
    return rehearsal(Optional.empty(), Course.TO_THE_END).run();
  }

  /** The same, but the process dies at this moment and another takes over. */
  public Ran runDyingAt(Moment moment) {
    return dying(moment, Course.TO_THE_END);
  }

  /** The process dies at this moment, and the one that takes over is to take back what it did. */
  public Ran runDyingAndUndo(Moment moment) {
    return dying(moment, Course.BACK_AFTER_DEATH);
  }

  private Ran dying(Moment moment, Course course) {
    Rehearsal<P> rehearsal = rehearsal(Optional.of(moment), course);
    Ran ran = rehearsal.run();
    if (!rehearsal.died()) {
      throw new AssertionError(
          "the run never came to '" + moment + "': its moments are " + ran.moments());
    }
    return ran;
  }

  /** Runs up to the end of each execution, and then takes back all that it did. */
  public Ran runAndUndo() {
    return rehearsal(Optional.empty(), Course.BACK_FROM_THE_END).run();
  }

  /** Runs to the end, by two workers, each of which gets every message. */
  public Ran runDeliveredTwice() {
    return rehearsal(Optional.empty(), Course.TWICE).run();
  }

  /** How long an execution may take, from its beginning to its end. */
  Duration timeout() {
    return rehearsal(Optional.empty(), Course.TO_THE_END).timeout();
  }

  Rehearsal.Planned planned() {
    return rehearsal(Optional.empty(), Course.TO_THE_END).plan();
  }

  Action<P> action() {
    return rehearsal(Optional.empty(), Course.TO_THE_END).action();
  }

  /** As the task gives them. */
  Map<String, Object> rawParameters() {
    return rehearsal(Optional.empty(), Course.TO_THE_END).rawParameters();
  }

  private Rehearsal<P> rehearsal(Optional<Moment> death, Course course) {
    return new Rehearsal<>(given, death, course);
  }

  /** The name of the action and of the case. */
  @Override
  public String toString() {
    String name = action().metadata().name();
    return given.name().isEmpty() ? name : name + ", " + given.name();
  }

  /**
   * What was left behind. Immutable.
   *
   * @param executions as stored at the end
   * @param moments all the points at which this run could have died
   * @param events what was told to the audit, in order
   * @param calls what the action called or was refused to call, without the selection's calls
   */
  public record Ran(
      Run run,
      List<Execution> executions,
      Estate estate,
      List<Moment> moments,
      List<AuditEvent> events,
      List<AwsCall> calls) {
    public Ran {
      executions = List.copyOf(executions);
      moments = List.copyOf(moments);
      events = List.copyOf(events);
      calls = List.copyOf(calls);
    }

    /**
     * The only one.
     *
     * @throws AssertionError if there are none or several
     */
    public Execution execution() {
      if (executions.size() != 1) {
        throw new AssertionError(
            "the run has " + executions.size() + " executions, not one: " + executions);
      }
      return executions.get(0);
    }

    public Execution.Status status() {
      return execution().status();
    }

    /**
     * This run, so that a test goes on only with one of which everything succeeded.
     *
     * @throws AssertionError if not, with status, code and reason; or if nothing was executed
     */
    public Ran requireSucceeded() {
      String trouble = executions.isEmpty() ? "nothing to execute" : PlainRun.trouble(this);
      if (!trouble.isEmpty()) {
        throw new AssertionError("the run did not succeed: " + trouble);
      }
      return this;
    }

    /** What the only execution found out; empty if it did not: see {@link #requireSucceeded}. */
    public Outcome outcome() {
      return StoredOutcome.of(execution()).outcome();
    }

    /** Code and reason in words; empty when there is nothing to explain. */
    public String reason() {
      return StoredOutcome.of(execution()).words();
    }

    /** The codes of what the action warned of, in order. */
    public List<String> warnings() {
      return events.stream()
          .filter(AuditEvent.Warned.class::isInstance)
          .map(event -> ((AuditEvent.Warned) event).code())
          .toList();
    }
  }

  /**
   * A point at which a process may die.
   *
   * @param number counted from the start of the run
   * @param what a write of the execution, with the steps that it makes durable, or an operation
   *     that an effect calls
   */
  public record Moment(int number, String what, When when) {
    /** AFTER a call its work is done, and its answer lost. */
    public enum When {
      BEFORE,
      AFTER
    }

    @Override
    public String toString() {
      return when.name().toLowerCase(Locale.ROOT) + " " + what + " (" + number + ")";
    }
  }
}
