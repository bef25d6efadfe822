package io.opsautomator.benchmarks.filter;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Resources with ten tags each, of which each question selects some and not others. */
final class Workload {
  private static final Map<String, List<String>> VALUES =
      Map.of(
          "Env", List.of("prod", "test", "dev", "qa"),
          "Name", List.of("web-1", "web-22", "db-main", "cache", "main-7", "batch"),
          "Tier", List.of("web", "db", "db-replica", "app"),
          "Stage", List.of("old", "new", "blue", "green"),
          "Zone", List.of("a", "b", "c"),
          "Team", List.of("x", "y", "z"),
          "App", List.of("shop", "billing", "search"),
          "Created", List.of("2026-01-01", "2026-05-17"));

  private Workload() {}

  /** As maps of the kind that a resource holds; the same for everybody who asks. */
  static List<Map<String, String>> resources(int count) {
    SplittableRandom random = new SplittableRandom(1);
    return Stream.generate(() -> tags(random)).limit(count).toList();
  }

  private static Map<String, String> tags(SplittableRandom random) {
    Map<String, String> tags = new HashMap<>();
    for (String name : new ArrayList<>(VALUES.keySet()).stream().sorted().toList()) {
      List<String> values = VALUES.get(name);
      tags.put(name, values.get(random.nextInt(values.size())));
    }
    tags.put(random.nextBoolean() ? "Owner" : "Contact", "ops");
    tags.put(random.nextBoolean() ? "CostCenter" : "Budget", "4711");
    return Map.copyOf(tags);
  }
}
