package io.opsautomator.engine.internal;

import static java.util.stream.Collectors.joining;

import io.opsautomator.action.ActionException;
import io.opsautomator.action.TransientException;
import io.opsautomator.dispatch.Message;
import io.opsautomator.dispatch.WorkQueue.Delivery;
import io.opsautomator.engine.internal.Launcher.Launch;
import io.opsautomator.resource.Aggregation;
import io.opsautomator.resource.Scope;
import io.opsautomator.resource.Territory;
import io.opsautomator.resource.Unit;
import io.opsautomator.store.BatchId;
import io.opsautomator.store.Run;
import io.opsautomator.store.Run.State;
import io.opsautomator.store.Runs.Moved;
import io.opsautomator.store.Slice;
import io.opsautomator.store.Write;
import io.opsautomator.task.Regions;
import io.opsautomator.task.RetryPolicy;
import io.opsautomator.task.Task;
import java.util.ArrayList;
import java.util.Iterator;
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
  private static final int TRIES = 8;

  private final Kernel kernel;
  private final Territory territory;
  private final Sifting sifting;
  private final Launcher launcher;
  private final RunCloser closer;

  Selecting(
      Kernel kernel, Territory territory, Sifting sifting, Launcher launcher, RunCloser closer) {
    this.kernel = kernel;
    this.territory = territory;
    this.sifting = sifting;
    this.launcher = launcher;
    this.closer = closer;
  }

  /** Fans out, or goes on where all slices have ended. */
  void select(Message.Select message, Delivery delivery) {
    Optional<Run> run = kernel.store().runs().find(message.run());
    if (delivery.dead()) {
      run.filter(this::undone).ifPresent(it -> giveUp(it, DeadLetters.failure()));
      delivery.acknowledge();
      return;
    }
    try {
      run.ifPresent(it -> goOn(it, delivery));
    } catch (TransientException e) {
      if (delivery.receipts() < TRIES) {
        delivery.again(
            RetryPolicy.DEFAULT.of(e.kind()).pause(delivery.receipts(), kernel.random()));
        return;
      }
      giveUp(run.orElseThrow(), e);
    } catch (ActionException e) {
      giveUp(run.orElseThrow(), e);
    }
    delivery.acknowledge();
  }

  /** Whether nobody else has done, or is about to do, what a message without a slice stands for. */
  private boolean undone(Run run) {
    List<Slice> slices = kernel.store().selections().slices(run.id());
    boolean listed = slices.stream().allMatch(slice -> slice.end().isPresent());
    boolean made = run.state() == State.DISPATCHING && closer.complete(run, slices);
    return run.state().open() && listed && !made;
  }

  private void goOn(Run run, Delivery delivery) {
    if (run.state() == State.SELECTING) {
      select(run);
    } else {
      dispatch(run);
      repeated(run, delivery);
    }
  }

  /**
   * Whoever had this message before may have died between granting slots and announcing them: the
   * watch looks after the run at once, not only when its time has come.
   */
  void repeated(Run run, Delivery delivery) {
    if (delivery.receipts() > 1 && run.state().open()) {
      kernel.send(new Message.Watch(run.id()));
    }
  }

  /**
   * What the action or the deployment makes impossible would be so the next time. A run of which
   * something may be at work cannot just end; what has not begun of it never will.
   */
  private void giveUp(Run stale, ActionException e) {
    Run run = kernel.run(stale.id());
    if (run.state().cancelling()) {
      closer.closeAsFarAsMade(run.id());
      return;
    }
    String reason = kernel.jobs().ofRun(run.id()).masked(e.code() + ": " + e.getMessage());
    if (Batches.of(kernel, run.id()).none()) {
      fail(run, reason);
    } else if (run.state() == State.SELECTING || run.state() == State.DISPATCHING) {
      Run.Summary summary = run.summary().because(reason);
      kernel
          .store()
          .runs()
          .move(run.id(), run.drive().number(), run.state(), State.CANCELLING, summary);
      kernel.send(new Message.Watch(run.id()));
    }
  }

  private void select(Run run) {
    List<Scope> scopes = scopes(kernel.jobs().ofRun(run.id()).task());
    sifting.requireAllowed(scopes);
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
    try {
      goOn(run, job, slice);
    } catch (ActionException e) {
      giveUp(run, e);
    }
  }

  private void goOn(Run run, Job<?> job, Slice slice) {
    if (slice.sealed() && !job.sealed() && job.aggregation() == Aggregation.REGION) {
      Launch launch = launch(new Queuing.Line(run, job, 0), slice.scope().key(), List.of(slice));
      while (launch.more()) {
        launcher.next(launch);
      }
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
    String failed =
        slices.stream().filter(Slice::failed).map(Selecting::words).collect(joining("; "));
    if (!job.sealed()) {
      goAhead(run, run.summary().because(failed));
      return;
    }
    if (!failed.isEmpty()) {
      fail(run, "nothing was started, since not everything could be listed: " + failed);
      return;
    }
    Sifting.Sifted sifted = sifting.sift(run, slices);
    List<String> objections = sifting.objections(run, job, sifted);
    if (objections.isEmpty()) {
      goAhead(run, run.summary().over(sifted.extent()));
    } else {
      fail(run, "nothing was started: " + String.join("; ", objections));
    }
  }

  /** The write that passes the guards; only what it has let through is made executions. */
  private void goAhead(Run run, Run.Summary summary) {
    Write<Moved> write =
        kernel
            .store()
            .runs()
            .move(run.id(), run.drive().number(), State.SELECTING, State.DISPATCHING, summary);
    if (write instanceof Write.Applied<Moved> applied) {
      dispatch(applied.now().run());
    } else if (write instanceof Write.Refused<Moved> refused) {
      dispatch(refused.actual().run());
    }
  }

  /** Makes whatever has not been made yet of a run that has been let through. */
  private void dispatch(Run run) {
    List<Slice> slices = kernel.store().selections().slices(run.id());
    Job<?> job = kernel.jobs().ofRun(run.id());
    boolean pageByPage = !job.sealed() && job.aggregation() == Aggregation.RESOURCE;
    boolean open = run.state() == State.DISPATCHING || run.state().cancelling();
    boolean wanted = open && closer.letThrough(run) && !pageByPage;
    if (wanted && !closer.complete(run, slices)) {
      launch(run, job, slices.stream().filter(s -> job.sealed() || s.sealed()).toList());
    }
    if (wanted && run.state().cancelling()) {
      kernel.send(new Message.Watch(run.id()));
    }
    closer.close(run.id());
  }

  /** Group by group, and batch by batch: in memory are the units of one, a few at a time. */
  private void launch(Run run, Job<?> job, List<Slice> slices) {
    Map<String, List<Slice>> groups = new LinkedHashMap<>();
    for (Slice slice : slices) {
      groups.computeIfAbsent(group(job, slice.scope()), key -> new ArrayList<>()).add(slice);
    }
    Queuing.Line line = new Queuing.Line(run, job, job.runGated() ? total(run, job, groups) : 0);
    groups.forEach(
        (group, some) -> {
          Launch launch = launch(line, group, some);
          while (launch.more()) {
            launcher.next(launch);
          }
        });
  }

  /** How many units there will be, which the terms of a run's own gate are reckoned from. */
  private int total(Run run, Job<?> job, Map<String, List<Slice>> groups) {
    int total = 0;
    for (Map.Entry<String, List<Slice>> group : groups.entrySet()) {
      Iterator<Unit> units = cut(run, job, group.getKey(), group.getValue());
      while (units.hasNext()) {
        units.next();
        total++;
      }
    }
    return total;
  }

  private Launch launch(Queuing.Line line, String group, List<Slice> slices) {
    Iterator<Unit> units = cut(line.run(), line.job(), group, slices);
    return new Launch(line, new BatchId(group, 0), units, true);
  }

  private Iterator<Unit> cut(Run run, Job<?> job, String group, List<Slice> slices) {
    return Cutter.units(job, group, territory.home(), sifting.resources(run, slices));
  }

  static String words(Slice failed) {
    return failed.scope().key() + " could not be listed: " + failed.end().orElseThrow().reason();
  }

  static String group(Job<?> job, Scope scope) {
    return switch (job.aggregation()) {
      case RESOURCE, REGION -> scope.key();
      case ACCOUNT -> scope.account().value();
      case TASK -> "*";
    };
  }

  /** Groups that must be complete before the run can be. */
  static Set<String> groups(Job<?> job, List<Slice> slices) {
    return slices.stream()
        .filter(slice -> slice.sealed() || job.sealed())
        .map(slice -> group(job, slice.scope()))
        .collect(Collectors.toSet());
  }
}
