package io.opsautomator.testkit.simulation;

import io.opsautomator.store.Execution;
import io.opsautomator.store.Page;
import io.opsautomator.store.Write;
import io.opsautomator.task.Amount;
import io.opsautomator.task.ExecutionId;
import io.opsautomator.task.RunId;
import io.opsautomator.task.Task;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How far runs go: held whenever something is made of a run, against what its pages hold and what
 * it has reserved, and whenever something is reserved.
 */
final class InvariantsOfLimits implements Watcher {
  private final Knowledge known;
  private final Map<RunId, Integer> listed = new HashMap<>();
  private final Map<RunId, Integer> selected = new HashMap<>();
  private final Map<String, Map<RunId, Integer>> reserved = new HashMap<>();
  private final Map<RunId, Map<String, Set<ExecutionId>>> atWork = new HashMap<>();

  InvariantsOfLimits(Knowledge known) {
    this.known = known;
  }

  @Override
  public void written(StoreWrite write) {
    for (Change change : write.changes()) {
      if (change instanceof Change.OfPage of) {
        count(of.run(), of.after());
      } else if (change instanceof Change.OfExecution of && of.before().isEmpty()) {
        made(of.after());
      } else if (change instanceof Change.OfExecution of) {
        r16NoMoreInARegion(of.after());
      }
    }
    if (write.request() instanceof Request.Reserve reserve
        && write.answer() instanceof Write.Applied<?>) {
      r7TheBudgetHolds(reserve);
    }
  }

  private void count(RunId run, Page page) {
    listed.merge(run, page.items().size() + page.leftOut(), Integer::sum);
    selected.merge(run, page.items().size(), Integer::sum);
  }

  private void made(Execution fresh) {
    RunId run = fresh.origin().run();
    Task task = known.taskOf(run);
    r7NothingDeniedIsTouched(fresh);
    r7NoMoreThanTheTaskAllows(run, task);
    if (known.world().safeguards().budget().isPresent() && !task.options().dryrun()) {
      r7WhatIsMadeIsReserved(run);
    }
  }

  private void r7NothingDeniedIsTouched(Execution fresh) {
    List<String> things = Payloads.resources(fresh.origin().payload());
    Optional<String> denied = things.stream().filter(known.world()::denied).findFirst();
    Invariant.R7.require(
        denied.isEmpty(),
        () -> Knowledge.words(fresh) + " is for " + denied + ", which is on the deny list");
  }

  private void r7NoMoreThanTheTaskAllows(RunId run, Task task) {
    Optional<Amount> most = task.guards().maxResources();
    int some = selected.getOrDefault(run, 0);
    Invariant.R7.require(
        most.filter(amount -> some > amount.of(listed.getOrDefault(run, 0))).isEmpty(),
        () -> "run " + run.value() + " goes ahead with " + some + " resources; allowed is " + most);
  }

  /** By what the execution works on, not by the gates that it says it has passed. */
  private void r16NoMoreInARegion(Execution now) {
    RunId run = now.origin().run();
    int most = known.taskOf(run).limits().maxConcurrentPerRegion();
    if (most == 0) {
      return;
    }
    String thing = Payloads.resources(now.origin().payload()).get(0);
    String pair = thing.substring(0, thing.indexOf('/', thing.indexOf('/') + 1));
    Set<ExecutionId> some =
        atWork
            .computeIfAbsent(run, id -> new HashMap<>())
            .computeIfAbsent(pair, where -> new HashSet<>());
    if (Knowledge.atWork(now.status())) {
      some.add(now.id());
    } else {
      some.remove(now.id());
    }
    Invariant.R16.require(
        some.size() <= most,
        () -> "run " + run.value() + " has at work in " + pair + " " + some + " of " + most);
  }

  private void r7WhatIsMadeIsReserved(RunId run) {
    int some = selected.getOrDefault(run, 0);
    Invariant.R7.require(
        reserved.values().stream().anyMatch(by -> by.getOrDefault(run, -1) >= some),
        () -> "run " + run.value() + " goes ahead with " + some + " and reserved " + reserved);
  }

  /** By the window itself, whatever name it goes by. */
  private void r7TheBudgetHolds(Request.Reserve reserve) {
    String name = reserve.window();
    String window = name.substring(name.lastIndexOf('/', name.lastIndexOf('/') - 1) + 1);
    Map<RunId, Integer> by = reserved.computeIfAbsent(window, key -> new HashMap<>());
    by.putIfAbsent(reserve.run(), reserve.amount());
    int all = by.values().stream().mapToInt(Integer::intValue).sum();
    int most = known.world().safeguards().budget().orElseThrow().resources();
    Invariant.R7.require(
        all <= most, () -> "in " + window + " are reserved " + all + " of " + most + ": " + by);
  }
}
