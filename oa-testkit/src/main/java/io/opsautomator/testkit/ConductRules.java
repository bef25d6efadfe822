package io.opsautomator.testkit;

import static io.opsautomator.testkit.ContractRules.ends;
import static io.opsautomator.testkit.ContractRules.require;

import io.opsautomator.action.Evidence;
import io.opsautomator.audit.AuditEvent;
import io.opsautomator.plan.Plan.UnitPlan;
import io.opsautomator.resource.Resource;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.testkit.ActionHarness.Ran;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The rules of {@link ActionContract} about a world in which something is wrong. */
final class ConductRules {
  private static final String NOT_THIS_ONE = "OperationNotPermitted";

  /** From the deadline until the engine has looked. */
  private static final Duration GRACE = Duration.ofMinutes(5);

  private ConductRules() {}

  // -- One of several is bad ----------------------------------------------------------------------

  /** A resource that a batch has, and a call that names it. */
  private record Victim(String id, String operation) {
    @Override
    public String toString() {
      return "with " + operation + " refused for " + id + " alone, ";
    }
  }

  static void oneBadResourceDoesNotKeepTheOthers(ActionHarness<?> harness) {
    Set<String> batched = batched(harness);
    if (batched.isEmpty()) {
      return;
    }
    Ran whole = harness.run();
    for (Victim victim : victims(whole, batched)) {
      Ran broken =
          harness
              .given(e -> e.faults().on(victim.id()).refuseAlways(victim.operation(), NOT_THIS_ONE))
              .run();
      requireOthersAsBefore(whole, broken, victim);
      requireTold(broken, victim);
    }
  }

  /** Ids of what shares an execution with others. */
  private static Set<String> batched(ActionHarness<?> harness) {
    return harness.plan().units().stream()
        .map(UnitPlan::unit)
        .filter(unit -> unit.resources().size() > 1)
        .flatMap(unit -> unit.resources().stream())
        .map(Resource::id)
        .collect(Collectors.toSet());
  }

  /** For each operation that names some of them, one. */
  private static List<Victim> victims(Ran whole, Set<String> batched) {
    Map<String, String> byOperation = new TreeMap<>();
    for (Call call : whole.estate().calls()) {
      if (call.mutating() && call.insideEffect()) {
        Arrays.stream(call.arguments().getOrDefault("resources", "").split(","))
            .filter(batched::contains)
            .findFirst()
            .ifPresent(id -> byOperation.putIfAbsent(call.operation(), id));
      }
    }
    List<Victim> victims = new ArrayList<>();
    byOperation.forEach((operation, id) -> victims.add(new Victim(id, operation)));
    return victims;
  }

  private static void requireOthersAsBefore(Ran whole, Ran broken, Victim victim) {
    Map<String, Evidence> before = evidence(whole);
    Map<String, Evidence> after = evidence(broken);
    before.remove(victim.id());
    Set<String> harmed = new TreeSet<>();
    before.forEach(
        (id, evidence) -> {
          if (!after.containsKey(id) || after.get(id).kind() != evidence.kind()) {
            harmed.add(id + " (" + after.get(id) + ")");
          }
        });
    require(
        harmed.isEmpty(),
        victim
            + "the others did not end as they do without: "
            + harmed
            + ". Catch the RefusedException of one resource and go on with the next; do a batch"
            + " that is refused as a whole again one by one (effects().firstAccepted)");
  }

  private static Map<String, Evidence> evidence(Ran ran) {
    Map<String, Evidence> all = new LinkedHashMap<>();
    ran.executions().forEach(execution -> all.putAll(StoredOutcome.of(execution).evidence()));
    return all;
  }

  private static void requireTold(Ran broken, Victim victim) {
    Evidence told = evidence(broken).get(victim.id());
    boolean byEvidence = told != null && told.kind() != Evidence.Kind.CONFIRMED;
    boolean byReason =
        broken.executions().stream()
            .map(execution -> StoredOutcome.of(execution).words())
            .anyMatch(words -> words.contains(victim.id()));
    require(
        byEvidence || byReason,
        victim
            + "nobody is told: the outcome says of it "
            + (told == null ? "nothing" : told.toString())
            + ". Put Evidence.contradicted(code and words of the refusal) under its id into the"
            + " outcome");
  }

  // -- Deadlines ----------------------------------------------------------------------------------

  static void keepsItsDeadline(ActionHarness<?> harness) {
    requireInTime(
        harness,
        harness.given(Estate::nothingArrives),
        "where nothing ever arrives that it waits for, ");
    Set<String> changing = changing(harness.run());
    requireInTime(
        harness,
        harness.given(e -> changing.forEach(operation -> e.faults().throttleAlways(operation))),
        "where every change is throttled for ever, ");
  }

  private static void requireInTime(
      ActionHarness<?> harness, ActionHarness<?> troubled, String where) {
    Duration timeout = harness.timeout();
    Ran ran = troubled.run();
    for (Execution execution : ran.executions()) {
      Instant deadline =
          execution.progress().startedAt().map(at -> at.plus(timeout)).orElse(Instant.MAX);
      Instant ended = endOf(ran, execution);
      require(
          deadline.equals(Instant.MAX) || !ended.isAfter(deadline.plus(GRACE)),
          where
              + "it ended at "
              + ended
              + ", after its deadline "
              + deadline
              + ": wait with effects().await(...), which ends with the deadline");
    }
  }

  private static Instant endOf(Ran ran, Execution execution) {
    return ran.events().stream()
        .filter(AuditEvent.Moved.class::isInstance)
        .map(AuditEvent.Moved.class::cast)
        .filter(moved -> moved.of().execution().filter(execution.id()::equals).isPresent())
        .filter(moved -> moved.to().ended())
        .map(AuditEvent.Moved::at)
        .findFirst()
        .orElse(Instant.MIN);
  }

  /** Operations that changed something, or would have. */
  private static Set<String> changing(Ran ran) {
    return ran.estate().calls().stream()
        .filter(call -> call.mutating() && call.insideEffect())
        .map(Call::operation)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  // -- Confirmation -------------------------------------------------------------------------------

  static void confirmsWhatItReports(ActionHarness<?> harness, Waivers waivers) {
    Ran whole = harness.run();
    if (!PlainRun.anySucceeds(whole)) {
      return; // there is no success that could be confirmed
    }
    requireConfirmed(whole, waivers);
    Set<String> needed = new TreeSet<>();
    for (String operation : accepted(whole)) {
      Ran ignored = harness.given(e -> e.faults().acceptAndIgnore(operation)).run();
      if (ends(ignored).equals(ends(whole))) {
        needed.add(operation);
      }
    }
    Set<String> unexplained =
        needed.stream()
            .filter(operation -> !waived(waivers, operation))
            .collect(Collectors.toCollection(TreeSet::new));
    require(
        unexplained.isEmpty(),
        "a service that accepts "
            + unexplained
            + " and does nothing leads to the same success: "
            + ends(whole)
            + ". Look after the call - effects().await(Completion.when(...)) - and report what was"
            + " seen: confirmed, or contradicted in the service's words; or waive it with a reason"
            + " (waivers().unconfirmed(...))");
    requireWaitedFor(whole, harness.given(Estate::nothingArrives).run(), waivers);
  }

  /** Of what succeeded by changing something. */
  private static void requireConfirmed(Ran whole, Waivers waivers) {
    if (accepted(whole).stream().anyMatch(operation -> waived(waivers, operation))) {
      return;
    }
    for (Execution execution : whole.executions()) {
      if (execution.status() != Status.SUCCEEDED || accepted(whole).isEmpty()) {
        continue;
      }
      StoredOutcome.of(execution)
          .evidence()
          .forEach(
              (id, evidence) ->
                  require(
                      evidence.kind() == Evidence.Kind.CONFIRMED,
                      id
                          + " is reported as "
                          + evidence
                          + ", though the execution succeeded: success means that somebody has"
                          + " looked. Wait for it with effects().await(Completion.when(...)) and"
                          + " report Evidence.confirmed(what was seen), or waive it with a reason"
                          + " (waivers().unconfirmed(...))"));
    }
  }

  private static void requireWaitedFor(Ran whole, Ran slow, Waivers waivers) {
    boolean arrived = slow.estate().picture().equals(whole.estate().picture());
    boolean waived = accepted(whole).stream().anyMatch(operation -> waived(waivers, operation));
    require(
        arrived || waived || !ends(slow).equals(ends(whole)),
        "what it set going never arrives, and yet it reports the same success: "
            + ends(whole)
            + ". A wait that runs out of patience has to end as unknown or contradicted");
  }

  private static boolean waived(Waivers waivers, String operation) {
    return waivers.unconfirmed().keySet().stream().anyMatch(it -> it.endsWith(":" + operation));
  }

  private static Set<String> accepted(Ran ran) {
    return ran.estate().calls().stream()
        .filter(call -> call.mutating() && call.insideEffect() && call.answer().accepted())
        .map(Call::operation)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
