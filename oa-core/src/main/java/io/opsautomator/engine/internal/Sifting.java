package io.opsautomator.engine.internal;

import io.opsautomator.action.ActionException;
import io.opsautomator.resource.Resource;
import io.opsautomator.resource.ResourceSelector;
import io.opsautomator.resource.ResourceType;
import io.opsautomator.resource.Scope;
import io.opsautomator.store.Run;
import io.opsautomator.store.Run.Extent;
import io.opsautomator.store.Slice;
import io.opsautomator.store.Write;
import io.opsautomator.task.Budget;
import io.opsautomator.task.Guards;
import io.opsautomator.task.RunId;
import io.opsautomator.task.Safeguards;
import io.opsautomator.task.TaskName;
import io.opsautomator.task.Trigger.Changes;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a complete selection has come to, and whether it may go ahead: judged by the task's guards
 * and by the safeguards of the deployment. Reads only what no longer changes, and writes nothing
 * but the reservation in the budget, which is one for a run however often it is made.
 */
final class Sifting {
  /** How far back the last run is looked for that went ahead. */
  private static final int RUNS = 200;

  private final Kernel kernel;
  private final Units units;

  Sifting(Kernel kernel, Units units) {
    this.kernel = kernel;
    this.units = units;
  }

  /**
   * @param listed resources of all slices, before filtering
   * @param selected how many of them were kept, by slice, in order
   */
  record Sifted(int listed, Map<Scope, Integer> selected) {
    static Sifted of(int listed, Map<Scope, List<Resource<?>>> kept) {
      Map<Scope, Integer> selected = new LinkedHashMap<>();
      kept.forEach((scope, resources) -> selected.put(scope, resources.size()));
      return new Sifted(listed, selected);
    }

    Extent extent() {
      return new Extent(listed, selected.values().stream().mapToInt(Integer::intValue).sum());
    }
  }

  /** Counts; nothing of what is counted is held. */
  Sifted sift(Run run, List<Slice> slices) {
    int listed = 0;
    Map<Scope, Integer> selected = new LinkedHashMap<>();
    for (Slice slice : slices) {
      Slice.Counted counted =
          slice.end().flatMap(Slice.End::counted).orElseGet(() -> counted(run, slice));
      listed += counted.listed();
      selected.put(slice.scope(), counted.selected());
    }
    return new Sifted(listed, selected);
  }

  private Slice.Counted counted(Run run, Slice slice) {
    PageCount count = new PageCount();
    pages(run, slice).forEachRemaining(count::add);
    return count.counted();
  }

  private PageLog pages(Run run, Slice slice) {
    return new PageLog(kernel.store().selections(), run.id(), slice.scope());
  }

  /** What was kept in these slices, in order, read as it is asked for. */
  Iterator<Resource<?>> resources(Run run, List<Slice> slices) {
    return new SelectedResources(slices.stream().map(slice -> pages(run, slice)).iterator(), units);
  }

  // -- Guards -------------------------------------------------------------------------------------

  /**
   * Fails closed: a task that names an account that nothing may be done in does nothing at all.
   *
   * @throws ActionException naming the accounts
   */
  void requireAllowed(List<Scope> scopes) {
    Safeguards safeguards = kernel.settings().safeguards();
    List<String> denied =
        scopes.stream()
            .map(Scope::account)
            .distinct()
            .filter(safeguards.deny()::deniesAccount)
            .map(Scope.AccountId::value)
            .toList();
    if (!denied.isEmpty()) {
      throw new ActionException(
          "ERR_DENIED",
          "on the deny list of this deployment: account "
              + String.join(", ", denied)
              + "; take it out of the task's accounts");
    }
  }

  /** Why the run may not go ahead; empty when it may. The budget is asked last. */
  List<String> objections(Run run, Job<?> job, Sifted sifted) {
    List<String> objections = byGuards(job, sifted, Optional.of(run.id()));
    if (!objections.isEmpty() || job.task().options().dryrun()) {
      return objections;
    }
    return budget().stream()
        .flatMap(budget -> reserved(run, sifted.extent().selected(), budget).stream())
        .toList();
  }

  /** What a run would be told now; reserves nothing. */
  List<String> objections(Job<?> job, Sifted sifted) {
    List<String> objections = byGuards(job, sifted, Optional.empty());
    if (!objections.isEmpty() || job.task().options().dryrun()) {
      return objections;
    }
    int selected = sifted.extent().selected();
    return budget().stream()
        .filter(budget -> selected > left(budget))
        .map(budget -> overBudget(budget, selected, left(budget)))
        .toList();
  }

  private List<String> byGuards(Job<?> job, Sifted sifted, Optional<RunId> own) {
    Guards guards = job.task().guards();
    OptionalInt before =
        guards.maxShrink().isPresent() ? before(job.task().name(), own) : OptionalInt.empty();
    return new Objections(guards, sifted.listed(), sifted.selected(), before).all();
  }

  private OptionalInt before(TaskName task, Optional<RunId> own) {
    return kernel.store().runs().history(Optional.of(task), RUNS).stream()
        .filter(other -> own.filter(other.id()::equals).isEmpty())
        .filter(other -> other.cause().trigger().changed().filter(Changes::retarget).isEmpty())
        .flatMap(other -> other.summary().extent().stream())
        .mapToInt(Extent::selected)
        .findFirst();
  }

  // -- The budget of all tasks --------------------------------------------------------------------

  private Optional<Budget> budget() {
    return kernel.settings().safeguards().budget();
  }

  private int left(Budget budget) {
    int used =
        kernel
            .store()
            .budgets()
            .find(budget.window(kernel.now()))
            .map(io.opsautomator.store.Budget::used)
            .orElse(0);
    return budget.resources() - used;
  }

  private Optional<String> reserved(Run run, int selected, Budget budget) {
    Write<io.opsautomator.store.Budget> write =
        kernel
            .store()
            .budgets()
            .reserve(budget.window(run.cause().at()), run.id(), selected, budget.resources());
    return write instanceof Write.Refused<io.opsautomator.store.Budget> refused
        ? Optional.of(overBudget(budget, selected, budget.resources() - refused.actual().used()))
        : Optional.empty();
  }

  private static String overBudget(Budget budget, int selected, int left) {
    return selected
        + " resources were selected, and of the budget of all tasks together, "
        + budget.resources()
        + " resources in "
        + budget.per()
        + ", only "
        + left
        + " are left";
  }

  /** What lists resources of this type here, if anything does. */
  Optional<ResourceSelector<?>> selector(ResourceType<?> type) {
    return units.selector(type);
  }
}
