package io.opsautomator.testkit.simulation;

import io.opsautomator.resource.Scope;
import io.opsautomator.store.Batch;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Page;
import io.opsautomator.store.Run;
import io.opsautomator.store.Slice;
import io.opsautomator.task.ExecutionId;
import io.opsautomator.task.RunId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What was listed, and what became of it. Held on every write; pages are looked at again whenever
 * something rests on them.
 *
 * <p>A page is believed only as far as the cloud has answered: with what this process has just
 * listed in this slice, and with an end only where the cloud said that there is no more.
 */
final class InvariantsOfSelections implements Watcher {
  private final Knowledge known;
  private final Map<Hand, CloudListing> answers = new HashMap<>();
  private final Map<RunId, Map<Scope, List<Page>>> pages = new HashMap<>();
  private final Map<RunId, Map<Scope, Slice>> slices = new HashMap<>();
  private final Map<RunId, Map<String, ExecutionId>> workedOn = new HashMap<>();

  /** The page that one worker has in hand. */
  private record Hand(String process, int worker, Scope scope) {
    static Hand of(Moment moment, Scope scope) {
      return new Hand(moment.process(), moment.worker(), scope);
    }
  }

  InvariantsOfSelections(Knowledge known) {
    this.known = known;
  }

  @Override
  public void listed(CloudListing page) {
    answers.put(Hand.of(page.moment(), page.scope()), page);
  }

  @Override
  public void written(StoreWrite write) {
    for (Change change : write.changes()) {
      if (change instanceof Change.OfPage of) {
        appended(write.moment(), of.run(), of.after());
      } else if (change instanceof Change.OfSlice of) {
        slice(of);
      } else if (change instanceof Change.OfExecution of && of.before().isEmpty()) {
        i10OfUnitsOfStoredPages(of.after());
      } else if (change instanceof Change.OfBatch of && of.before().isEmpty()) {
        r12ABatchIsStoredWhole(of.after());
      } else if (change instanceof Change.OfRun of && ends(of)) {
        closed(of.after());
      }
    }
  }

  private static boolean ends(Change.OfRun of) {
    return of.after().state().ended() && of.before().filter(run -> run.state().open()).isPresent();
  }

  // -- Pages --------------------------------------------------------------------------------------

  private List<Page> pages(RunId run, Scope scope) {
    return pages
        .computeIfAbsent(run, id -> new LinkedHashMap<>())
        .computeIfAbsent(scope, key -> new ArrayList<>());
  }

  private void appended(Moment moment, RunId run, Page page) {
    List<Page> log = pages(run, page.slice());
    Invariant.I10.require(
        page.number() == log.size(),
        () -> words(run, page.slice()) + ": page " + page.number() + " after " + log.size());
    Invariant.I10.require(
        log.isEmpty() || log.get(log.size() - 1).nextToken().isPresent(),
        () -> words(run, page.slice()) + ": page " + page.number() + " comes after the last");
    i10AsTheCloudAnswered(moment, run, page);
    log.add(page);
  }

  private void i10AsTheCloudAnswered(Moment moment, RunId run, Page page) {
    Optional<CloudListing> answer = Optional.ofNullable(answers.get(Hand.of(moment, page.slice())));
    Invariant.I10.require(
        answer.filter(listing -> listing.next().equals(page.nextToken())).isPresent(),
        () -> words(run, page.slice()) + ": " + page + " is not what was listed: " + answer);
    Set<String> listed = new HashSet<>(answer.orElseThrow().keys());
    Invariant.I10.require(
        page.items().stream().allMatch(item -> listed.contains(item.key())),
        () -> words(run, page.slice()) + ": " + page + " is not of what was listed: " + answer);
  }

  private void slice(Change.OfSlice of) {
    slices.computeIfAbsent(of.run(), id -> new LinkedHashMap<>()).put(of.scope(), of.after());
    of.before()
        .ifPresent(
            before ->
                Invariant.I10.require(
                    before.end().isEmpty() && of.after().epoch() >= before.epoch(),
                    () -> words(of.run(), of.scope()) + " had ended: " + before.end()));
    if (of.after().sealed()) {
      i10OnlyAWholeListingIsSealed(of);
    }
  }

  private void i10OnlyAWholeListingIsSealed(Change.OfSlice of) {
    List<Page> log = pages(of.run(), of.scope());
    boolean whole = !log.isEmpty() && log.get(log.size() - 1).nextToken().isEmpty();
    Invariant.I10.require(
        whole && of.after().end().orElseThrow().pages() == log.size(),
        () -> words(of.run(), of.scope()) + " is sealed as " + of.after().end() + " with " + log);
  }

  /** For the end, and whenever a run is closed: what is stored is what was appended. */
  private void i10PagesNeverChange(World world, RunId run) {
    pages
        .getOrDefault(run, Map.of())
        .forEach(
            (scope, log) -> {
              List<Page> stored = world.truth().selections().pages(run, scope, 0, log.size() + 1);
              Invariant.I10.require(
                  stored.equals(log),
                  () -> words(run, scope) + ": stored are " + stored + ", appended were " + log);
            });
  }

  // -- Executions ---------------------------------------------------------------------------------

  private void i10OfUnitsOfStoredPages(Execution fresh) {
    RunId run = fresh.origin().run();
    Set<String> stored =
        pages.getOrDefault(run, Map.of()).values().stream()
            .flatMap(List::stream)
            .flatMap(page -> page.items().stream())
            .map(Page.Item::key)
            .collect(Collectors.toSet());
    Map<String, ExecutionId> others = workedOn.computeIfAbsent(run, id -> new HashMap<>());
    for (String key : Payloads.resources(fresh.origin().payload())) {
      Invariant.I10.require(
          stored.contains(key),
          () -> Knowledge.words(fresh) + " is for " + key + ", which is on no page of its run");
      ExecutionId other = others.putIfAbsent(key, fresh.id());
      Invariant.R12.require(
          other == null, () -> Knowledge.words(fresh) + " is for " + key + ", as is " + other);
    }
  }

  private void r12ABatchIsStoredWhole(Batch batch) {
    for (ExecutionId id : batch.executions()) {
      Invariant.R12.require(
          known.world().truth().executions().find(List.of(id)).size() == 1,
          () -> "batch " + batch.id() + " names " + id.value() + ", which is not stored");
    }
  }

  private void closed(Run run) {
    i10PagesNeverChange(known.world(), run.id());
    List<Slice> all = List.copyOf(slices.getOrDefault(run.id(), Map.of()).values());
    boolean whole = !all.isEmpty() && all.stream().allMatch(Slice::sealed);
    if (run.state() == Run.State.COMPLETE) {
      Invariant.R12.require(whole, () -> words(run) + " is complete with slices " + all);
    }
    if (run.state() == Run.State.COMPLETE || run.state() == Run.State.PARTIAL) {
      r12EachSelectedUnitIsWorkedOn(run);
    }
    Invariant.R12.require(
        !run.summary().reason().contains("nothing was selected")
            || whole
                && pages.getOrDefault(run.id(), Map.of()).values().stream()
                    .flatMap(List::stream)
                    .allMatch(page -> page.items().isEmpty()),
        () -> words(run) + " claims that nothing was selected, with slices " + all);
  }

  private void r12EachSelectedUnitIsWorkedOn(Run run) {
    Map<String, ExecutionId> by = workedOn.getOrDefault(run.id(), Map.of());
    slices.getOrDefault(run.id(), Map.of()).values().stream()
        .filter(Slice::sealed)
        .flatMap(slice -> pages(run.id(), slice.scope()).stream())
        .flatMap(page -> page.items().stream())
        .forEach(
            item ->
                Invariant.R12.require(
                    by.containsKey(item.key()),
                    () -> words(run) + " is closed, and nothing was made of " + item.key()));
  }

  @Override
  public void ended(World world) {
    pages.keySet().forEach(run -> i10PagesNeverChange(world, run));
  }

  private static String words(Run run) {
    return "run " + run.id().value() + " (" + run.state() + ")";
  }

  private static String words(RunId run, Scope scope) {
    return "slice " + scope.key() + " of run " + run.value();
  }
}
