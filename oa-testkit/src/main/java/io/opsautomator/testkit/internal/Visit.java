package io.opsautomator.testkit.internal;

import io.opsautomator.resource.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One call at work: what it sees, and what it is going to change. Nothing of it happens when the
 * operation refuses half way, because changes are applied when it is done.
 */
final class Visit {
  private final Gateway gateway;
  private final Scope scope;
  private final Instant now;
  private final List<Change> changes = new ArrayList<>();
  private final List<String> created = new ArrayList<>();

  Visit(Gateway gateway, Scope scope, Instant now) {
    this.gateway = gateway;
    this.scope = scope;
    this.now = now;
  }

  Scope scope() {
    return scope;
  }

  String account() {
    return scope.account().value();
  }

  String region() {
    return scope.region().value();
  }

  Instant now() {
    return now;
  }

  World world() {
    return gateway.world();
  }

  Pace pace() {
    return gateway.pace();
  }

  FaultRules faults() {
    return gateway.faults();
  }

  /** Such as {@code snap-0f3a...}; 17 hexadecimal digits, as AWS makes them. */
  String newId(String prefix) {
    long number = gateway.ids() + created.size() + 1;
    long mixed = mix(gateway.seed() * 31 + number);
    String id = String.format(Locale.ROOT, "%s0%016x", prefix, mixed);
    created.add(id);
    return id;
  }

  /** Spreads the bits of a counter, one to one: ids look random and never meet. */
  private static long mix(long value) {
    long z = value * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  Simulated.Origin born() {
    return new Simulated.Origin(scope, now, now.plus(pace().lag()), true);
  }

  void put(Simulated thing) {
    changes.add(new Change.Put(thing));
  }

  void remove(Simulated thing) {
    changes.add(new Change.Removed(thing));
  }

  void tag(String id, Map<String, String> all) {
    changes.add(new Change.Tagged(scope, id, all));
  }

  Map<String, String> tags(String id) {
    return world().tags(scope, id);
  }

  /** Answered, but not done. */
  void forgetChanges() {
    changes.clear();
  }

  List<Change> changes() {
    return changes;
  }

  List<String> created() {
    return created;
  }
}
