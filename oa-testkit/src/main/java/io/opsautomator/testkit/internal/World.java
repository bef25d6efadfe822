package io.opsautomator.testkit.internal;

import io.opsautomator.resource.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * All that exists, by account and region. Changes only through {@link #apply}, so a world is its
 * list of changes. Tags are kept beside the things: an account has its own tags on a snapshot that
 * another shares with it.
 *
 * <p>Not thread-safe: the {@link Gateway} lets in one call at a time.
 */
final class World {
  private record Shelf(Scope scope, Class<?> kind) {}

  private record Label(Scope scope, String id) {}

  private record Key(Scope scope, String name) {}

  private final Map<Shelf, TreeMap<String, Simulated>> shelves = new HashMap<>();
  private final Map<Label, SortedMap<String, String>> tags = new HashMap<>();
  private final Map<Key, String> parameters = new HashMap<>();
  private final TreeMap<String, Scope> scopes = new TreeMap<>();

  void apply(Change change) {
    if (change instanceof Change.Put put) {
      put(put.thing());
    } else if (change instanceof Change.Removed removed) {
      remove(removed.thing());
    } else if (change instanceof Change.Tagged tagged) {
      scopes.put(tagged.scope().key(), tagged.scope());
      tags.put(new Label(tagged.scope(), tagged.id()), Sorted.copy(tagged.tags()));
    } else if (change instanceof Change.Parameter parameter) {
      parameters.put(new Key(parameter.scope(), parameter.name()), parameter.value());
    }
  }

  private void put(Simulated thing) {
    Scope scope = thing.origin().scope();
    scopes.put(scope.key(), scope);
    shelves
        .computeIfAbsent(new Shelf(scope, thing.getClass()), shelf -> new TreeMap<>())
        .put(thing.id(), thing);
  }

  private void remove(Simulated thing) {
    shelf(thing.getClass(), thing.origin().scope()).remove(thing.id());
    for (Scope scope : inRegionOf(thing.origin().scope())) {
      tags.remove(new Label(scope, thing.id()));
    }
  }

  /** In the order of their keys. */
  Collection<Scope> scopes() {
    return scopes.values();
  }

  /** All of a kind that one account has in a region, in the order of their ids. */
  <T extends Simulated> List<T> all(Class<T> kind, Scope scope, Instant now) {
    List<T> found = new ArrayList<>();
    for (Simulated thing : shelf(kind, scope).values()) {
      if (thing.existsAt(now)) {
        found.add(kind.cast(thing));
      }
    }
    return found;
  }

  <T extends Simulated> Optional<T> find(Class<T> kind, Scope scope, String id) {
    return Optional.ofNullable(shelf(kind, scope).get(id)).map(kind::cast);
  }

  /** Of any account, in one region. */
  List<SimulatedSnapshot> snapshotsOfRegion(Scope scope, Instant now) {
    return inRegionOf(scope).stream()
        .flatMap(other -> all(SimulatedSnapshot.class, other, now).stream())
        .toList();
  }

  Optional<SimulatedSnapshot> snapshot(Scope scope, String id) {
    return inRegionOf(scope).stream()
        .flatMap(other -> find(SimulatedSnapshot.class, other, id).stream())
        .findFirst();
  }

  /** Anything of that id that the account can see. */
  Optional<Simulated> thing(Scope scope, String id) {
    Stream<Simulated> own =
        Stream.of(SimulatedInstance.class, SimulatedVolume.class, SimulatedImage.class)
            .flatMap(kind -> Optional.ofNullable(shelf(kind, scope).get(id)).stream());
    Stream<Simulated> seen =
        snapshot(scope, id).stream()
            .filter(it -> it.visibleTo(scope.account().value()))
            .map(it -> it);
    return Stream.concat(own, seen).findFirst();
  }

  /** Those that this account has on it. */
  SortedMap<String, String> tags(Scope scope, String id) {
    return tags.getOrDefault(new Label(scope, id), Sorted.copy(Map.of()));
  }

  /** Ids of all that the account has tags on, in order. */
  Collection<String> tagged(Scope scope) {
    TreeSet<String> ids = new TreeSet<>();
    for (Map.Entry<Label, SortedMap<String, String>> entry : tags.entrySet()) {
      if (entry.getKey().scope().equals(scope) && !entry.getValue().isEmpty()) {
        ids.add(entry.getKey().id());
      }
    }
    return ids;
  }

  Optional<String> parameter(Scope scope, String name) {
    return Optional.ofNullable(parameters.get(new Key(scope, name)));
  }

  /** What would make this world out of nothing. */
  List<Change> changes() {
    List<Change> changes = new ArrayList<>();
    shelves.values().forEach(s -> s.values().forEach(t -> changes.add(new Change.Put(t))));
    tags.forEach((label, its) -> changes.add(new Change.Tagged(label.scope(), label.id(), its)));
    parameters.forEach(
        (key, value) -> changes.add(new Change.Parameter(key.scope(), key.name(), value)));
    return changes;
  }

  private List<Scope> inRegionOf(Scope scope) {
    return scopes.values().stream().filter(it -> it.region().equals(scope.region())).toList();
  }

  private Map<String, Simulated> shelf(Class<? extends Simulated> kind, Scope scope) {
    TreeMap<String, Simulated> shelf = shelves.get(new Shelf(scope, kind));
    return shelf == null ? new TreeMap<>() : shelf;
  }
}
