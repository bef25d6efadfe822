package io.opsautomator.engine.internal;

import io.opsautomator.action.internal.ReplayingEffects;
import io.opsautomator.resource.Choice;
import io.opsautomator.resource.Resource;
import io.opsautomator.resource.ResourceSelector;
import io.opsautomator.resource.Scope;
import io.opsautomator.resource.Unit;
import io.opsautomator.store.JournalEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Looks at the resources of an execution once more, just before it begins: between the selection
 * and now it may have waited at a gate for hours, and somebody may have taken a tag off.
 *
 * <p>What is not selected any more, or is gone, is left alone; what is left of the unit is acted on
 * as it was selected. The answer is a fact of the execution: it is journalled before the first
 * effect calls out, so that each replay leaves the same alone. What has begun without it goes on
 * without it, since to leave a resource half way is worse.
 */
final class Recheck {
  /** No action's step is called so. */
  static final String FACT = "engine/recheck";

  private final Kernel kernel;
  private final Units units;

  Recheck(Kernel kernel, Units units) {
    this.kernel = kernel;
    this.units = units;
  }

  /** Why resources are left alone, by key; journalled. */
  private record Seen(Map<String, String> leftAlone) {}

  /**
   * @param unit what is to be acted on
   * @param leftAlone why the others are not, by id
   */
  record Left(Unit unit, Map<String, String> leftAlone) {
    boolean nothing() {
      return unit.resources().isEmpty() && !leftAlone.isEmpty();
    }
  }

  /**
   * @param again whether what was done is only replayed, to be taken back
   */
  Left look(Attempt attempt, ReplayingEffects effects, boolean again) {
    Unit unit = attempt.unit();
    List<JournalEntry> journal = new ArrayList<>(attempt.image().journal());
    journal.addAll(effects.unwritten()); // from an attempt of this process that was broken off
    boolean known = journal.stream().anyMatch(entry -> entry.step().equals(FACT));
    boolean begun = journal.stream().anyMatch(e -> e.stage() != JournalEntry.Stage.FACT);
    boolean wanted = attempt.job().rechecked() && !begun && !again && findable(unit);
    if (!known && !wanted) {
      return new Left(unit, Map.of());
    }
    Seen seen = effects.fact(FACT, Seen.class, () -> new Seen(leftAlone(attempt, unit)));
    return left(unit, seen.leftAlone());
  }

  private boolean findable(Unit unit) {
    return unit.resources().stream().anyMatch(resource -> selector(resource).isPresent());
  }

  private Optional<ResourceSelector<?>> selector(Resource<?> resource) {
    return units.selector(resource.type());
  }

  private static Left left(Unit unit, Map<String, String> leftAlone) {
    Map<String, String> byId = new LinkedHashMap<>();
    List<Resource<?>> kept = new ArrayList<>();
    for (Resource<?> resource : unit.resources()) {
      String why = leftAlone.get(Cutter.key(resource));
      if (why == null) {
        kept.add(resource);
      } else {
        byId.put(resource.id(), why);
      }
    }
    return new Left(new Unit(unit.key(), unit.aggregation(), unit.scope(), kept), byId);
  }

  private Map<String, String> leftAlone(Attempt attempt, Unit unit) {
    Map<Scope, List<Resource<?>>> byScope = new LinkedHashMap<>();
    for (Resource<?> resource : unit.resources()) {
      byScope.computeIfAbsent(resource.scope(), scope -> new ArrayList<>()).add(resource);
    }
    Map<String, String> all = new LinkedHashMap<>();
    byScope.forEach(
        (scope, some) ->
            selector(some.get(0)).ifPresent(it -> all.putAll(in(attempt, it, scope, some))));
    all.forEach((key, why) -> attempt.warn("WARN_LEFT_ALONE", key + " " + why));
    return all;
  }

  private <R extends Record> Map<String, String> in(
      Attempt attempt, ResourceSelector<R> selector, Scope scope, List<Resource<?>> some) {
    List<String> ids = some.stream().map(Resource::id).distinct().toList();
    Optional<List<Resource<R>>> found = selector.find(attempt.caller().in(scope), ids);
    if (found.isEmpty()) {
      return Map.of();
    }
    Map<String, Resource<R>> now = new LinkedHashMap<>();
    found.get().forEach(resource -> now.put(resource.id(), resource));
    Map<String, String> leftAlone = new LinkedHashMap<>();
    for (Resource<?> resource : some) {
      Resource<R> seen = now.get(resource.id());
      why(attempt, seen == null ? Optional.empty() : Optional.of(seen), scope)
          .ifPresent(why -> leftAlone.put(Cutter.key(resource), why));
    }
    return leftAlone;
  }

  private <R extends Record> Optional<String> why(
      Attempt attempt, Optional<Resource<R>> now, Scope scope) {
    if (now.isEmpty()) {
      return Optional.of("is gone since it was selected");
    }
    Picker picker = new Picker(attempt.job(), kernel.settings());
    return picker.pick(now.get(), attempt.caller().in(scope)) instanceof Choice.LeftOut<?> out
        ? Optional.of(Objects.toString(out.why().words()) + ", since it was selected")
        : Optional.empty();
  }
}
