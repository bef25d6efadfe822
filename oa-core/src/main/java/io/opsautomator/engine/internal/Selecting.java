package io.opsautomator.engine.internal;

import io.opsautomator.action.ActionException;
import io.opsautomator.dispatch.Message;
import io.opsautomator.dispatch.WorkQueue.Delivery;
import io.opsautomator.resource.Aggregation;
import io.opsautomator.resource.Resource;
import io.opsautomator.resource.Scope;
import io.opsautomator.resource.Territory;
import io.opsautomator.resource.Unit;
import io.opsautomator.store.BatchId;
import io.opsautomator.store.Page;
import io.opsautomator.store.Run;
import io.opsautomator.store.Run.State;
import io.opsautomator.store.Runs.Moved;
import io.opsautomator.store.Slice;
import io.opsautomator.store.Write;
import io.opsautomator.task.Regions;
import io.opsautomator.task.Task;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The selection of a run as a whole: fans it out into slices, and once all have ended, makes the
 * executions that no single page could. Every step may be done again.
 */
final class Selecting {
  private static final int PAGES = 64;

  private final Kernel kernel;
  private final Territory territory;
  private final Units units;
  private final Launcher launcher;
  private final RunCloser closer;

  Selecting(Kernel kernel, Territory territory, Units units, Launcher launcher, RunCloser closer) {
    this.kernel = kernel;
    this.territory = territory;
    this.units = units;
    this.launcher = launcher;
    this.closer = closer;
  }

  /** Fans out, or goes on where all slices have ended. */
  void select(Message.Select message, Delivery delivery) {
    Optional<Run> run = kernel.store().runs().find(message.run());
    if (run.isPresent() && run.get().state() == State.SELECTING) {
      select(run.get());
    } else if (run.isPresent()) {
      closer.close(run.get().id());
    }
    delivery.acknowledge();
  }

  private void select(Run run) {
    List<Scope> scopes;
    try {
      scopes = scopes(kernel.jobs().ofRun(run.id()).task());
    } catch (ActionException e) {
      fail(run, e.code() + ": " + e.getMessage());
      return;
    }
    List<Slice> slices = kernel.store().selections().fanOut(run.id(), scopes);
    List<Slice> open = slices.stream().filter(slice -> slice.end().isEmpty()).toList();
    open.forEach(s -> kernel.send(new Message.Select(run.id(), Optional.of(s.scope()))));
    if (open.isEmpty()) {
      complete(run);
    }
  }

  private void fail(Run run, String reason) {
    closer.end(run, State.FAILED, Run.Summary.of(reason));
  }

  /** In the order of accounts, then regions. */
  List<Scope> scopes(Task task) {
    Set<Scope.AccountId> accounts = new LinkedHashSet<>();
    if (task.target().thisAccount()) {
      accounts.add(territory.home().account());
    }
    accounts.addAll(task.target().accounts());
    List<Scope> scopes = new ArrayList<>();
    for (Scope.AccountId account : accounts) {
      regions(task, account).forEach(region -> scopes.add(new Scope(account, region)));
    }
    return scopes;
  }

  private Set<Scope.Region> regions(Task task, Scope.AccountId account) {
    Regions wanted = task.target().regions();
    if (wanted instanceof Regions.Named named) {
      return named.regions();
    }
    return wanted instanceof Regions.Every
        ? territory.regions(account)
        : Set.of(territory.home().region());
  }

  /**
   * A slice has come to its end: its own executions, if they could not be made page by page, and
   * perhaps those of the run.
   */
  void sliceEnded(Run run, Job<?> job, Slice slice) {
    if (slice.sealed() && !job.sealed() && job.aggregation() == Aggregation.REGION) {
      launch(run, job, slice.scope().key(), resources(run, slice));
    }
    boolean all =
        kernel.store().selections().slices(run.id()).stream().allMatch(s -> s.end().isPresent());
    if (all) {
      complete(run);
    }
  }

  private void complete(Run run) {
    Job<?> job = kernel.jobs().ofRun(run.id());
    List<Slice> slices = kernel.store().selections().slices(run.id());
    List<String> failed = slices.stream().filter(Slice::failed).map(Selecting::words).toList();
    if (job.sealed() && !failed.isEmpty()) {
      fail(
          run,
          "nothing was started, since not everything could be listed: "
              + String.join("; ", failed));
      return;
    }
    if (job.sealed()) {
      grouped(run, job, slices).forEach((group, found) -> launch(run, job, group, found));
    }
    Write<Moved> write =
        kernel
            .store()
            .runs()
            .move(
                run.id(),
                State.SELECTING,
                State.DISPATCHING,
                Run.Summary.of(String.join("; ", failed)));
    if (write instanceof Write.Applied<Moved> || write instanceof Write.Refused<Moved>) {
      closer.close(run.id());
    }
  }

  static String words(Slice failed) {
    return failed.scope().key() + " could not be listed: " + failed.end().orElseThrow().reason();
  }

  private Map<String, List<Resource<?>>> grouped(Run run, Job<?> job, List<Slice> slices) {
    Map<String, List<Resource<?>>> groups = new LinkedHashMap<>();
    for (Slice slice : slices) {
      groups
          .computeIfAbsent(group(job, slice.scope()), key -> new ArrayList<>())
          .addAll(resources(run, slice));
    }
    return groups;
  }

  static String group(Job<?> job, Scope scope) {
    return switch (job.aggregation()) {
      case RESOURCE, REGION -> scope.key();
      case ACCOUNT -> scope.account().value();
      case TASK -> "*";
    };
  }

  private List<Resource<?>> resources(Run run, Slice slice) {
    List<Resource<?>> all = new ArrayList<>();
    for (int from = 0; ; from += PAGES) {
      List<Page> pages = kernel.store().selections().pages(run.id(), slice.scope(), from, PAGES);
      pages.forEach(page -> page.items().forEach(i -> all.add(units.resource(i.payload()))));
      if (pages.size() < PAGES) {
        return all;
      }
    }
  }

  private void launch(Run run, Job<?> job, String group, List<Resource<?>> resources) {
    List<Unit> cut = Cutter.units(job, group, territory.home(), resources);
    launcher.launch(run, job, new BatchId(group, 0), cut, true);
  }

  /** Groups that must be complete before the run can be. */
  static Set<String> groups(Job<?> job, List<Slice> slices) {
    return slices.stream()
        .filter(slice -> slice.sealed() || job.sealed())
        .map(slice -> group(job, slice.scope()))
        .collect(Collectors.toSet());
  }
}
