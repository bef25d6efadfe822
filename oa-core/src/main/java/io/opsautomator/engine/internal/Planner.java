package io.opsautomator.engine.internal;

import io.opsautomator.action.ActionException;
import io.opsautomator.action.Deadline;
import io.opsautomator.action.internal.StepValues;
import io.opsautomator.plan.Plan;
import io.opsautomator.plan.Plan.UnitPlan;
import io.opsautomator.resource.Choice;
import io.opsautomator.resource.Resource;
import io.opsautomator.resource.ResourceSelector;
import io.opsautomator.resource.ResourceSelector.Listing;
import io.opsautomator.resource.Scope;
import io.opsautomator.resource.Territory;
import io.opsautomator.resource.Unit;
import io.opsautomator.task.ExecutionId;
import io.opsautomator.task.Ids;
import io.opsautomator.task.RunId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Works out what a run would do, with the selection and the actions of a real one, none of which
 * may change anything.
 */
final class Planner {
  private static final Duration PATIENCE = Duration.ofMinutes(15);
  private static final RunId NO_RUN = new RunId("plan");

  private final Kernel kernel;
  private final Territory territory;
  private final Units units;
  private final Selecting selecting;
  private final Performer performer;

  Planner(
      Kernel kernel, Territory territory, Units units, Selecting selecting, Performer performer) {
    this.kernel = kernel;
    this.territory = territory;
    this.units = units;
    this.selecting = selecting;
    this.performer = performer;
  }

  Plan plan(Job<?> job) {
    List<String> problems = new ArrayList<>();
    Map<String, List<Resource<?>>> groups = new LinkedHashMap<>();
    for (Scope scope : selecting.scopes(job.task())) {
      try {
        groups
            .computeIfAbsent(Selecting.group(job, scope), key -> new ArrayList<>())
            .addAll(selected(job, scope));
      } catch (ActionException e) {
        problems.add(scope.key() + " could not be listed: " + e.code() + ": " + e.getMessage());
      }
    }
    List<UnitPlan> plans = new ArrayList<>();
    boolean nothing = job.sealed() && !problems.isEmpty();
    groups.forEach((group, found) -> plans.addAll(nothing ? List.of() : plans(job, group, found)));
    return new Plan(job.task().name(), kernel.now(), plans, problems, hash(job, plans));
  }

  private List<UnitPlan> plans(Job<?> job, String group, List<Resource<?>> resources) {
    List<UnitPlan> plans = new ArrayList<>();
    for (Unit unit : Cutter.units(job, group, territory.home(), resources)) {
      plans.add(performer.plan(job, unit, ExecutionId.of(NO_RUN, unit.key())));
    }
    return plans;
  }

  private List<Resource<?>> selected(Job<?> job, Scope scope) {
    ResourceSelector<?> selector =
        units
            .selector(job.metadata().selection().type())
            .orElseThrow(
                () ->
                    new ActionException(
                        "ERR_NO_SELECTOR",
                        "nothing here selects " + job.metadata().selection().type().key()));
    return selected(job, scope, selector);
  }

  private <R extends Record> List<Resource<?>> selected(
      Job<?> job, Scope scope, ResourceSelector<R> selector) {
    Caller caller =
        Caller.reading(scope, new Deadline(kernel.now().plus(PATIENCE), kernel.clock()), job.role())
            .deployedAs(kernel.settings().deployment());
    Picker picker = new Picker(job, kernel.settings().taskListTag());
    List<Resource<?>> kept = new ArrayList<>();
    Optional<String> token = Optional.empty();
    do {
      Listing<R> listing = selector.list(caller, picker.query(), token);
      for (Resource<R> resource : listing.resources()) {
        if (picker.pick(resource, caller) instanceof Choice.Kept<?> choice) {
          kept.add(choice.resource());
        }
      }
      token = listing.next();
    } while (token.isPresent());
    return kept;
  }

  /** Over what is to be done and why; not over when it was worked out. */
  private static String hash(Job<?> job, List<UnitPlan> plans) {
    List<String> parts = new ArrayList<>();
    parts.add(job.task().name().value());
    parts.add(job.task().work().toString());
    for (UnitPlan plan : plans) {
      parts.add(plan.unit().key());
      parts.add(StepValues.write("facts", plan.facts()));
      parts.add(StepValues.write("steps", plan.steps()));
    }
    return Ids.derive(parts.toArray(String[]::new));
  }
}
