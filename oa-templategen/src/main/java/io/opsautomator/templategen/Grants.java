package io.opsautomator.templategen;

import io.opsautomator.action.ActionMetadata;
import io.opsautomator.action.Permission;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What an action needs to be allowed, as few statements in an order of their own. */
final class Grants {
  private Grants() {}

  /**
   * One statement.
   *
   * @param operations in alphabetical order
   * @param resources {@code *}, or ARNs with the placeholders of {@link Permission}
   */
  record Grant(List<String> operations, List<String> resources) {
    boolean anywhere() {
      return resources.contains("*");
    }
  }

  /** Of what all of these actions need; what several need is there once. */
  static List<Grant> of(Collection<? extends ActionMetadata<?>> actions, Permission... besides) {
    List<Permission> all = new ArrayList<>(List.of(besides));
    actions.forEach(action -> all.addAll(action.permissions()));
    return grants(all);
  }

  private static List<Grant> grants(List<Permission> permissions) {
    SortedMap<String, SortedSet<String>> resourcesOf = new TreeMap<>();
    for (Permission permission : permissions) {
      for (String operation : permission.operations()) {
        resourcesOf.computeIfAbsent(operation, key -> new TreeSet<>()).add(permission.resource());
      }
    }
    Map<List<String>, List<String>> operationsOn = new LinkedHashMap<>();
    resourcesOf.forEach(
        (operation, resources) ->
            operationsOn
                .computeIfAbsent(narrowed(resources), key -> new ArrayList<>())
                .add(operation));
    return operationsOn.entrySet().stream()
        .map(entry -> new Grant(entry.getValue(), entry.getKey()))
        .sorted(
            Comparator.comparing((Grant grant) -> String.join(",", grant.resources()))
                .thenComparing(grant -> grant.operations().get(0)))
        .toList();
  }

  /** Beside everything, nothing else needs to be named. */
  private static List<String> narrowed(Set<String> resources) {
    return resources.contains("*") ? List.of("*") : List.copyOf(resources);
  }
}
