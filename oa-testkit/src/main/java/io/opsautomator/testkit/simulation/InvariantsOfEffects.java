package io.opsautomator.testkit.simulation;

import io.opsautomator.audit.AuditEvent;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.store.Executions.Move;
import io.opsautomator.store.JournalEntry;
import io.opsautomator.store.JournalEntry.Stage;
import io.opsautomator.task.ExecutionId;
import io.opsautomator.testkit.simulation.CloudCall.Answer;
import io.opsautomator.testkit.simulation.CloudCall.Verb;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What actions bring about in the cloud, against what is stored of it. Held on every call.
 *
 * <p>What is promised depends on the kind of a step and on where a worker was stopped. A worker
 * that freezes inside a call lets that one call arrive after it was overtaken; no guard can prevent
 * that. A probe that looks before such a call arrives, or before the cloud shows it, finds nothing,
 * and the step is done a second time. All else is a violation.
 */
final class InvariantsOfEffects implements Watcher {
  private static final String UNDO = "undo/";

  private final Knowledge known;
  private final Map<Step, List<CloudCall>> changes = new HashMap<>();
  private final Map<Step, CloudCall> probes = new HashMap<>();
  private final Map<Step, Integer> once = new HashMap<>();
  private final Set<Step> done = new HashSet<>();
  private final Map<Late, Integer> late = new HashMap<>();
  private final Map<Late, Integer> drives = new HashMap<>();
  private final Map<Seer, Set<String>> seen = new HashMap<>();
  private final Map<Seer, Set<Step>> answered = new HashMap<>();

  /**
   * @param drive of which; -1 where that does not matter
   */
  private record Step(ExecutionId execution, String name, int drive) {}

  private record Late(ExecutionId execution, long epoch) {}

  private record Seer(ExecutionId execution, String process) {}

  InvariantsOfEffects(Knowledge known) {
    this.known = known;
  }

  private static Step step(CloudCall call) {
    return new Step(call.by().execution(), call.by().step(), -1);
  }

  @Override
  public void written(StoreWrite write) {
    for (Change change : write.changes()) {
      if (change instanceof Change.OfExecution of) {
        changed(write, of.after());
      }
    }
  }

  private void changed(StoreWrite write, Execution after) {
    drives.putIfAbsent(new Late(after.id(), after.progress().epoch()), after.progress().drive());
    if (write.request() instanceof Request.Redrive) {
      seen.keySet().removeIf(seer -> seer.execution().equals(after.id()));
    } else if (write.request() instanceof Request.Claim) {
      Seer seer = new Seer(after.id(), write.moment().process());
      seen.remove(seer);
      answered.remove(seer);
    }
    if (write.request() instanceof Request.Advance advance) {
      stored(new Seer(after.id(), write.moment().process()), advance.move());
    }
    if (after.status() == Status.SUCCEEDED && !dryRun(after)) {
      r2WhatSucceededIsThere(after);
    }
  }

  /**
   * Results ride on the next write after their call; only a lease is prolonged without them. So
   * what was answered before such a write is done, whatever has become of it in the store.
   */
  private void stored(Seer seer, Move move) {
    boolean prolongs = move instanceof Move.Checkpoint && move.journal().isEmpty();
    Set<Step> results = prolongs ? null : answered.remove(seer);
    if (results != null) {
      done.addAll(results);
    }
    for (JournalEntry entry : move.journal()) {
      if (entry.stage() == Stage.DONE) {
        done.add(new Step(seer.execution(), entry.step(), -1));
      }
    }
  }

  private boolean dryRun(Execution execution) {
    return known.taskOf(execution.origin().run()).options().dryrun();
  }

  private void r2WhatSucceededIsThere(Execution after) {
    for (JournalEntry entry : after.journal()) {
      boolean did = entry.stage() == Stage.DONE && !entry.step().startsWith(UNDO);
      List<CloudCall> calls =
          changes.getOrDefault(new Step(after.id(), entry.step(), -1), List.of());
      Invariant.R2.require(
          !did || !calls.isEmpty(),
          () -> Knowledge.words(after) + " succeeded; its step " + entry + " never happened");
    }
  }

  @Override
  public void audited(Moment moment, AuditEvent event) {
    boolean looked =
        event instanceof AuditEvent.Stepped stepped
            && (stepped.stage() == AuditEvent.Stage.FACT
                || stepped.stage() == AuditEvent.Stage.REFUSED);
    if (looked) {
      seen.computeIfAbsent(
              new Seer(event.of().execution().orElseThrow(), moment.process()),
              key -> new HashSet<>())
          .add(((AuditEvent.Stepped) event).step());
    }
  }

  @Override
  public void called(CloudCall call) {
    if (call.verb() == Verb.PROBE) {
      probes.put(step(call), call);
    }
    if (call.verb() == Verb.PROBE || call.verb() == Verb.READ) {
      return;
    }
    Execution stored = known.execution(call.by().execution()).orElseThrow();
    r13ADryRunChangesNothing(call, stored);
    if (call.by().epoch() < stored.progress().epoch()) {
      r3OneLateCallAtMost(call, stored);
    } else {
      r14NothingIsDoneAgain(call, stored);
      r4WhatWasSeenIsStored(call, stored);
      answered(call);
    }
    i6AtMostOnce(call, stored);
    r2OnceForEachStep(call, stored);
    if (call.happened()) {
      changes.computeIfAbsent(step(call), key -> new ArrayList<>()).add(call);
    }
  }

  private void answered(CloudCall call) {
    if (call.answer() == Answer.DONE) {
      answered
          .computeIfAbsent(
              new Seer(call.by().execution(), call.moment().process()), key -> new HashSet<>())
          .add(step(call));
    }
  }

  private void r13ADryRunChangesNothing(CloudCall call, Execution stored) {
    Invariant.R13.require(
        !dryRun(stored), () -> Knowledge.words(stored) + " is a dry run and called " + call);
  }

  private void r3OneLateCallAtMost(CloudCall call, Execution stored) {
    int calls = late.merge(new Late(stored.id(), call.by().epoch()), 1, Integer::sum);
    Invariant.R3.require(
        calls == 1,
        () ->
            Knowledge.words(stored)
                + ": late call "
                + calls
                + " of an epoch that is over, "
                + call);
  }

  private void r14NothingIsDoneAgain(CloudCall call, Execution stored) {
    Invariant.R14.require(
        !done.contains(step(call)),
        () -> Knowledge.words(stored) + " had stored the result of what it called again, " + call);
  }

  private void r4WhatWasSeenIsStored(CloudCall call, Execution stored) {
    Seer seer = new Seer(stored.id(), call.moment().process());
    for (String step : seen.getOrDefault(seer, Set.of())) {
      Invariant.R4.require(
          stored.journal().stream().anyMatch(entry -> entry.step().equals(step)),
          () ->
              Knowledge.words(stored) + " has seen '" + step + "', not stored it, called " + call);
    }
  }

  private void i6AtMostOnce(CloudCall call, Execution stored) {
    if (call.verb() != Verb.AT_MOST_ONCE || call.answer() == Answer.THROTTLED) {
      return;
    }
    Late worker = new Late(stored.id(), call.by().epoch());
    int drive = drives.getOrDefault(worker, stored.progress().drive());
    Step step = new Step(stored.id(), call.by().step(), drive);
    int calls = once.merge(step, 1, Integer::sum);
    Invariant.I6.require(
        calls == 1, () -> Knowledge.words(stored) + " called for time " + calls + ", " + call);
  }

  private void r2OnceForEachStep(CloudCall call, Execution stored) {
    boolean creates =
        call.verb() == Verb.CREATE_MARKED || call.verb() == Verb.CREATE_ONCE_PER_TOKEN;
    List<CloudCall> before = changes.getOrDefault(step(call), List.of());
    if (!creates || !call.happened() || before.isEmpty()) {
      return;
    }
    boolean overtaken = call.by().epoch() < stored.progress().epoch();
    boolean unseen =
        call.verb() == Verb.CREATE_MARKED && (overtaken || probedTooEarly(call, before));
    Invariant.R2.require(
        unseen, () -> Knowledge.words(stored) + " brought about twice: " + before + " and " + call);
  }

  /** Whether what this call repeats could not be seen yet when it was looked for. */
  private boolean probedTooEarly(CloudCall call, List<CloudCall> before) {
    CloudCall probe = probes.get(step(call));
    if (probe == null || probe.by().epoch() != call.by().epoch()) {
      return false;
    }
    Instant shown = probe.moment().at().minus(known.world().staleness());
    return before.stream()
        .allMatch(
            earlier ->
                earlier.moment().step() > probe.moment().step()
                    || earlier.moment().at().isAfter(shown));
  }
}
