package io.opsautomator.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is to be looked at when, earliest first and then by id. Many share an instant, since
 * schedules have minutes: so it is a sorted map of instants, each with its few ids, and not one
 * sorted set of all, whose every step would compare two strings. Guarded by whoever holds it.
 */
final class Agenda {
  private final NavigableMap<Instant, TreeSet<String>> ids = new TreeMap<>();

  void add(Instant at, String id) {
    ids.computeIfAbsent(at, fresh -> new TreeSet<>()).add(id);
  }

  void remove(Instant at, String id) {
    TreeSet<String> there = ids.get(at);
    if (there != null && there.remove(id) && there.isEmpty()) {
      ids.remove(at);
    }
  }

  /** The first of them whose time is not after {@code upTo}. */
  List<String> upTo(Instant upTo, int limit) {
    List<String> found = new ArrayList<>();
    for (Collection<String> each : ids.headMap(upTo, true).values()) {
      for (String id : each) {
        if (found.size() == limit) {
          return found;
        }
        found.add(id);
      }
    }
    return found;
  }

  Optional<Instant> first() {
    return ids.isEmpty() ? Optional.empty() : Optional.of(ids.firstKey());
  }
}
