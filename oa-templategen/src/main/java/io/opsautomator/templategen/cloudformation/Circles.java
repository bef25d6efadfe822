package io.opsautomator.templategen.cloudformation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Finds what depends on itself. */
final class Circles {
  private final Map<String, Set<String>> uses;
  private final Set<String> done = new HashSet<>();
  private final List<String> way = new ArrayList<>();

  private Circles(Map<String, Set<String>> uses) {
    this.uses = uses;
  }

  /** One way from something back to itself, which is named at both ends. */
  static Optional<List<String>> in(Map<String, Set<String>> uses) {
    Circles search = new Circles(uses);
    return new TreeSet<>(uses.keySet())
        .stream().map(search::from).flatMap(Optional::stream).findFirst();
  }

  private Optional<List<String>> from(String id) {
    int before = way.indexOf(id);
    if (before >= 0) {
      List<String> circle = new ArrayList<>(way.subList(before, way.size()));
      circle.add(id);
      return Optional.of(circle);
    }
    if (!done.add(id)) {
      return Optional.empty();
    }
    way.add(id);
    for (String next : uses.getOrDefault(id, Set.of())) {
      Optional<List<String>> circle = from(next);
      if (circle.isPresent()) {
        return circle;
      }
    }
    way.remove(way.size() - 1);
    return Optional.empty();
  }
}
