package io.opsautomator.engine.internal;

import io.opsautomator.action.ActionException;
import io.opsautomator.action.Deadline;
import io.opsautomator.action.internal.StepValues;
import io.opsautomator.engine.internal.Sifting.Sifted;
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
  private final Selecting selecting;
  private final Sifting sifting;
  private final Performer performer;

  Planner(
      Kernel kernel,
      Territory territory,
      Selecting selecting,
      Sifting sifting,
      Performer performer) {
    this.kernel = kernel;
    this.territory = territory;
    this.selecting = selecting;
    this.sifting = sifting;
    this.performer = performer;
  }

  Plan plan(Job<?> job) {
    List<String> problems = new ArrayList<>();
    Listed listed = new Listed();
    for (Scope scope : allowed(job, problems)) {
      try {
        listed.kept.put(scope, selected(job, scope, listed));
      } catch (ActionException e) {
        String why = e.code() + ": " + e.getMessage();
        problems.add(scope.key() + " could not be listed: " + job.masked(why));
      }
    }
    Sifted sifted = Sifted.of(listed.count, listed.kept);
    if (problems.isEmpty()) {
      problems.addAll(sifting.objections(job, sifted));
    }
    List<UnitPlan> plans = new ArrayList<>();
    boolean nothing = job.sealed() && !problems.isEmpty();
    groups(job, listed.kept)
        .forEach((group, found) -> plans.addAll(nothing ? List.of() : plans(job, group, found)));
    return new Plan(job.task().name(), kernel.now(), plans, problems, hash(job, plans));
  }

  /** By what units have in common. A plan is a value, and holds all it is about. */
  private static Map<String, List<Resource<?>>> groups(
      Job<?> job, Map<Scope, List<Resource<?>>> kept) {
    Map<String, List<Resource<?>>> groups = new LinkedHashMap<>();
    kept.forEach(
        (scope, resources) ->
            groups
                .computeIfAbsent(Selecting.group(job, scope), key -> new ArrayList<>())
                .addAll(resources));
    return groups;
  }

  /** What has been listed so far. */
  private static final class Listed {
    private final Map<Scope, List<Resource<?>>> kept = new LinkedHashMap<>();
    private int count;
  }

  private List<Scope> allowed(Job<?> job, List<String> problems) {
    List<Scope> scopes = selecting.scopes(job.task());
    try {
      sifting.requireAllowed(scopes);
      return scopes;
    } catch (ActionException e) {
      problems.add(e.code() + ": " + e.getMessage());
      return List.of();
    }
  }

  private List<UnitPlan> plans(Job<?> job, String group, List<Resource<?>> resources) {
    List<UnitPlan> plans = new ArrayList<>();
    for (Unit unit : Cutter.units(job, group, territory.home(), resources)) {
      plans.add(performer.plan(job, unit, ExecutionId.of(NO_RUN, unit.key())));
    }
    return plans;
  }

  private List<Resource<?>> selected(Job<?> job, Scope scope, Listed listed) {
    ResourceSelector<?> selector =
        sifting
            .selector(job.metadata().selection().type())
            .orElseThrow(
                () ->
                    new ActionException(
                        "ERR_NO_SELECTOR",
                        "nothing here selects " + job.metadata().selection().type().key()));
    return selected(job, scope, listed, selector);
  }

  private <R extends Record> List<Resource<?>> selected(
      Job<?> job, Scope scope, Listed listed, ResourceSelector<R> selector) {
    Caller caller =
        Caller.reading(scope, new Deadline(kernel.now().plus(PATIENCE), kernel.clock()), job.role())
            .deployedAs(kernel.settings().deployment());
    Picker picker = new Picker(job, kernel.settings());
    List<Resource<?>> kept = new ArrayList<>();
    Optional<String> token = Optional.empty();
    do {
      Listing<R> listing = selector.list(caller, picker.query(), token);
      for (Resource<R> resource : listing.resources()) {
        listed.count++;
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
    parts.add(job.task().work().action());
    parts.add(job.task().work().parameters().toString());
    for (UnitPlan plan : plans) {
      parts.add(plan.unit().key());
      parts.add(StepValues.write("facts", plan.facts()));
      parts.add(StepValues.write("steps", plan.steps()));
    }
    return Ids.derive(parts.toArray(String[]::new));
  }
}
