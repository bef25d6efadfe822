package io.opsautomator.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.action.ActionMetadata;
import io.opsautomator.action.Param;
import io.opsautomator.action.ParameterSchema.Field;
import io.opsautomator.audit.AuditEvent;
import io.opsautomator.aws.AwsCall;
import io.opsautomator.aws.PlanGuardException;
import io.opsautomator.plan.Plan;
import io.opsautomator.plan.Plan.Step;
import io.opsautomator.plan.Plan.UnitPlan;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.store.JournalEntry;
import io.opsautomator.task.ExecutionId;
import io.opsautomator.testkit.ActionHarness.Moment;
import io.opsautomator.testkit.ActionHarness.Ran;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The rules of {@link ActionContract}. Each fails with what to do about it. */
final class ContractRules {
  private static final Pattern MADE_UP =
      Pattern.compile("\\b(i|vol|snap|r)-0[0-9a-f]{16}\\b|\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z");
  private static final String UNDO = "undo/";

  private ContractRules() {}

  // -- Plans --------------------------------------------------------------------------------------

  static void plansTheSameTwiceAndChangesNothing(ActionHarness<?> harness) {
    Rehearsal.Planned first = planned(harness);
    require(
        !first.plan().units().isEmpty(),
        "the case selects nothing, so it tests nothing: put something into the estate, or loosen"
            + " the filter "
            + first.plan().problems());
    List<String> changing =
        first.calls().stream().filter(AwsCall::mutating).map(AwsCall::permission).toList();
    require(
        changing.isEmpty(),
        "planning asked for "
            + changing
            + ", which changes something: facts, refinements and checks may only read; make such a"
            + " call a step (idempotent, withToken, probed, atMostOnce)");
    require(
        first.plan().hash().equals(harness.plan().hash()),
        "two plans of one world differ, so names or facts rest on what is neither parameter,"
            + " resource nor fact, such as a random number or the present time: "
            + first.plan().units());
  }

  private static Rehearsal.Planned planned(ActionHarness<?> harness) {
    try {
      return harness.planned();
    } catch (PlanGuardException e) {
      throw new AssertionError("planning was to change something: " + e.getMessage(), e);
    }
  }

  static void runsJustTheStepsItPlanned(ActionHarness<?> harness) {
    Plan plan = harness.plan();
    Ran ran = harness.run();
    for (UnitPlan unit : plan.units()) {
      ExecutionId id = ExecutionId.of(ran.run().id(), unit.unit().key());
      ran.executions().stream()
          .filter(execution -> execution.id().equals(id))
          .forEach(execution -> requirePlanned(unit, execution));
    }
  }

  private static void requirePlanned(UnitPlan plan, Execution execution) {
    List<String> done = steps(execution);
    List<String> planned = plan.steps().stream().map(Step::name).toList();
    List<String> expected = planned.stream().filter(done::contains).toList();
    boolean open = plan.openAt().isPresent();
    List<String> known = open ? done.subList(0, Math.min(done.size(), expected.size())) : done;
    String told =
        "planned "
            + planned
            + (open ? ", open at " + plan.openAt().get() : "")
            + ", but did "
            + done;
    require(
        known.equals(expected),
        told + ": which steps there are may depend on parameters, resources and facts only");
    require(
        execution.status() != Status.SUCCEEDED || done.containsAll(certain(plan)),
        told + ": a planned step was left out; what decides about it has to be a fact");
  }

  /** What must happen if the execution succeeds. */
  private static List<String> certain(UnitPlan plan) {
    return plan.steps().stream()
        .filter(step -> step.alternative().isEmpty())
        .map(Step::name)
        .toList();
  }

  private static List<String> steps(Execution execution) {
    return execution.journal().stream()
        .filter(entry -> entry.stage() != JournalEntry.Stage.FACT)
        .map(JournalEntry::step)
        .filter(step -> !step.startsWith(UNDO))
        .distinct()
        .toList();
  }

  // -- Deaths -------------------------------------------------------------------------------------

  static void endsTheSameWhereverItDies(ActionHarness<?> harness) {
    Ran whole = harness.run();
    for (Moment moment : whole.moments()) {
      requireSame(whole, harness.runDyingAt(moment), "after dying " + moment + ", ");
    }
  }

  static void executedTwiceIsExecutedOnce(ActionHarness<?> harness) {
    requireSame(
        harness.run(),
        harness.runDeliveredTwice(),
        "with two workers that each get every message (nothing kept in a field of the action is"
            + " known to the other), ");
  }

  private static void requireSame(Ran whole, Ran broken, String when) {
    boolean uncertain =
        mayBeUncertain(whole)
            && broken.executions().stream().anyMatch(x -> x.status() == Status.UNCERTAIN);
    creations(broken)
        .forEach(
            (operation, times) ->
                require(
                    times <= creations(whole).getOrDefault(operation, 0),
                    when
                        + operation
                        + " has made "
                        + times
                        + " things instead of "
                        + creations(whole).getOrDefault(operation, 0)
                        + ": a creation whose answer is lost must be found again; use withToken or"
                        + " probed"));
    if (!uncertain) {
      assertThat(ends(broken))
          .as(
              "%sit must end as without: a read that decides has to be a fact, so that a replay"
                  + " takes the same turn",
              when)
          .isEqualTo(ends(whole));
      assertThat(broken.estate().picture())
          .as("%sthe world must be the same as without", when)
          .isEqualTo(whole.estate().picture());
    }
  }

  private static boolean mayBeUncertain(Ran whole) {
    return whole.executions().stream()
        .flatMap(execution -> execution.journal().stream())
        .anyMatch(entry -> entry.stage() == JournalEntry.Stage.INTENT);
  }

  private static Map<String, Integer> creations(Ran ran) {
    Map<String, Integer> made = new TreeMap<>();
    for (Call call : ran.estate().calls()) {
      int things = call.answer().created().size();
      if (things > 0) {
        made.merge(call.operation(), things, Integer::sum);
      }
    }
    return made;
  }

  /**
   * Status, code and evidence by execution; ids and times that follow from the order are left out.
   */
  static Map<String, String> ends(Ran ran) {
    Map<String, String> ends = new TreeMap<>();
    for (Execution execution : ran.executions()) {
      StoredOutcome outcome = StoredOutcome.of(execution);
      String words =
          execution.status() + " " + outcome.code() + " " + new TreeMap<>(outcome.evidence());
      ends.put(execution.id().value(), MADE_UP.matcher(words).replaceAll("(made up)"));
    }
    return ends;
  }

  // -- Undo ---------------------------------------------------------------------------------------

  static void undoLeavesTheWorldAsItWas(ActionHarness<?> harness) {
    Plan plan = harness.plan();
    if (!plan.undoable()) {
      return;
    }
    Ran undone = harness.runAndUndo();
    if (plan.open() && !allHadInverses(undone)) {
      return;
    }
    String before = harness.untouched().picture();
    requireUndone(undone, before, "");
    for (Moment moment : harness.run().moments()) {
      Ran broken = harness.runDyingAndUndo(moment);
      if (broken.executions().stream().noneMatch(ContractRules::endedByItself)) {
        requireUndone(broken, before, "after dying " + moment + " and ");
      }
    }
  }

  /** Before anybody could ask for the undo; or in a way that only a person can mend. */
  private static boolean endedByItself(Execution execution) {
    return execution.progress().cancel().isEmpty() || execution.status() == Status.UNCERTAIN;
  }

  private static void requireUndone(Ran undone, String before, String when) {
    for (Execution execution : undone.executions()) {
      require(
          execution.status() == Status.CANCELLED,
          when + "undoing, it ended as " + execution.status() + ": " + StoredOutcome.of(execution));
    }
    assertThat(undone.estate().picture())
        .as(
            "%sundone, the world must be as it was: an inverse does not take back all of its step",
            when)
        .isEqualTo(before);
  }

  private static boolean allHadInverses(Ran undone) {
    Set<String> inverted =
        undone.events().stream()
            .filter(AuditEvent.Stepped.class::isInstance)
            .map(AuditEvent.Stepped.class::cast)
            .filter(event -> event.stage() == AuditEvent.Stage.UNDONE)
            .map(AuditEvent.Stepped::step)
            .collect(Collectors.toSet());
    return undone.executions().stream()
        .flatMap(execution -> execution.journal().stream())
        .filter(entry -> entry.stage() == JournalEntry.Stage.DONE)
        .map(JournalEntry::step)
        .allMatch(step -> step.startsWith(UNDO) || inverted.contains(step));
  }

  // -- Metadata -----------------------------------------------------------------------------------

  static void saysWhatItIsAndWhatItTakes(ActionHarness<?> harness) {
    ActionMetadata<?> metadata = harness.action().metadata();
    List<String> missing = new ArrayList<>();
    if (metadata.identity().title().isBlank()) {
      missing.add("a title");
    }
    if (metadata.identity().description().isBlank()) {
      missing.add("a description");
    }
    for (Field field : metadata.parameters().fields()) {
      missing.addAll(missing(field.name(), field.about()));
    }
    require(missing.isEmpty(), metadata.name() + " lacks " + String.join(", ", missing));
  }

  private static List<String> missing(String parameter, Param about) {
    List<String> missing = new ArrayList<>();
    if (about.label().isBlank()) {
      missing.add("a label for " + parameter);
    }
    if (about.description().isBlank()) {
      missing.add("a description for " + parameter);
    }
    if (about.group().isBlank() && !about.hidden()) {
      missing.add("a group for " + parameter);
    }
    return missing;
  }

  static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
