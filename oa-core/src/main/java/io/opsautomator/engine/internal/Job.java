package io.opsautomator.engine.internal;

import io.opsautomator.action.Action;
import io.opsautomator.action.ActionMetadata;
import io.opsautomator.action.Role;
import io.opsautomator.dispatch.ConcurrencyKey;
import io.opsautomator.resource.Aggregation;
import io.opsautomator.resource.Unit;
import io.opsautomator.store.GateKey;
import io.opsautomator.task.RunId;
import io.opsautomator.task.Task;
import io.opsautomator.task.Trigger;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A task together with its action and its decoded parameters: everything a run needs to know.
 * Immutable.
 *
 * @param budgeted whether its runs draw on a budget that all tasks share
 * @param said what the action says of itself and of these parameters, asked once
 * @param before what texts may say of the run that this one follows, by placeholder
 */
record Job<P extends Record>(
    Task task,
    Action<P> action,
    P parameters,
    Secrets secrets,
    boolean budgeted,
    Said<P> said,
    Map<String, String> before) {

  /** How many executions of a run that counts its failures are at work at once, if nothing says. */
  private static final int RUN_LIMIT = 10;

  /** Constant, and asked for with every execution. */
  record Said<P extends Record>(
      Supplier<ActionMetadata<P>> metadata, Supplier<ActionMetadata.Limits> limits) {}

  static <P extends Record> Job<P> of(
      Task task, Action<P> action, P parameters, Secrets secrets, boolean budgeted) {
    Said<P> said =
        new Said<>(new Once<>(action::metadata), new Once<>(() -> action.limits(parameters)));
    return new Job<>(task, action, parameters, secrets, budgeted, said, unknown(task));
  }

  /** In a run that follows none, what texts say of the one before is empty. */
  private static Map<String, String> unknown(Task task) {
    return task.flow().after().isEmpty()
        ? Map.of()
        : Followers.NAMES.stream().collect(Collectors.toMap(Function.identity(), name -> ""));
  }

  /** The same in a run of this trigger. */
  Job<P> triggeredBy(Trigger trigger) {
    return trigger instanceof Trigger.Chained chained
        ? new Job<>(task, action, parameters, secrets, budgeted, said, chained.results())
        : this;
  }

  ActionMetadata<P> metadata() {
    return said.metadata().get();
  }

  private ActionMetadata.Limits limits() {
    return said.limits().get();
  }

  Aggregation aggregation() {
    return metadata().selection().aggregation();
  }

  /**
   * Whether nothing may start before every slice has been listed to its end: because the action
   * says so, because units span slices, or because a limit needs to know how many there are.
   */
  boolean sealed() {
    boolean aboveRegion = aggregation() == Aggregation.ACCOUNT || aggregation() == Aggregation.TASK;
    boolean counted = task.guards().any() || task.flow().share().isPresent() || budgeted;
    return aboveRegion
        || counted
        || metadata().selection().mode() == ActionMetadata.Selection.Mode.SEALED;
  }

  /**
   * Whether the run has a gate of its own, which counts its failures, lets in its waves, or lets a
   * share of its executions be at work.
   */
  boolean runGated() {
    return task.flow().share().isPresent()
        || task.guards().maxErrors().isPresent()
        || task.guards().rollout().isPresent();
  }

  /**
   * @param total executions of the run
   */
  int runLimit(int total) {
    int limit = limit() == 0 ? RUN_LIMIT : limit();
    return task.flow().share().map(share -> Math.max(1, share.of(total))).orElse(limit);
  }

  /** Whether resources are looked at again before they are acted on. */
  boolean rechecked() {
    return task.flow().recheck().orElse(metadata().selection().destructive());
  }

  Role role() {
    return new Role(task.target().role(), task.target().externalId());
  }

  /**
   * From the first start of an execution to its end, waits included. One that has nothing to wait
   * for gets the usual hour.
   */
  Duration timeout() {
    Duration own = limits().completionTimeout();
    return task.limits().timeout().orElse(own.isZero() ? Duration.ofHours(1) : own);
  }

  int batchSize() {
    int own = task.limits().batchSize();
    int most = own > 0 ? own : metadata().selection().batchSize();
    return most > 0 ? most : Integer.MAX_VALUE;
  }

  /** Zero when unlimited. A task may ask for less than its action allows, not for more. */
  int limit() {
    int own = task.limits().maxConcurrent();
    int most = limits().maxConcurrent();
    return own == 0 || most == 0 ? Math.max(own, most) : Math.min(own, most);
  }

  /** Whether its executions need a slot of any gate. */
  boolean gated() {
    return limit() > 0 || runGated() || pairLimit() > 0;
  }

  /** How many of a run are at work at once in one account and region; zero when unlimited. */
  int pairLimit() {
    return task.limits().maxConcurrentPerRegion();
  }

  /** That of the account and region in the run; a unit that spans several has none. */
  Optional<GateKey> pair(RunId run, Unit unit) {
    boolean inOne =
        unit.aggregation() == Aggregation.RESOURCE || unit.aggregation() == Aggregation.REGION;
    return inOne && pairLimit() > 0
        ? Optional.of(GateKey.ofPair(run, unit.scope()))
        : Optional.empty();
  }

  /** Whether it takes a look at an execution to know which gates it passes. */
  boolean gatedByUnit() {
    return pairLimit() > 0 || action instanceof Action.Keyed<?>;
  }

  Optional<GateKey> gate(Unit unit) {
    if (limit() > 0 && action instanceof Action.Keyed<P> keyed) {
      ConcurrencyKey key = Foreign.call(this, () -> keyed.concurrencyKey(unit, parameters));
      return Optional.of(new GateKey("key/" + key.value()));
    }
    return commonGate();
  }

  /**
   * That of all executions, where there is no key: a task with a limit of its own has a gate of its
   * own; else executions of one action share one.
   */
  Optional<GateKey> commonGate() {
    if (limit() == 0) {
      return Optional.empty();
    }
    return Optional.of(
        new GateKey(
            task.limits().maxConcurrent() > 0
                ? "task/" + task.name().value()
                : "action/" + metadata().identity().name()));
  }

  /** The text without the values of secret parameters. */
  String masked(String text) {
    return secrets.masked(text);
  }

  /** Without parameters: some may be secret. */
  @Override
  public String toString() {
    return task.name().value() + ": " + metadata().identity().name();
  }
}
