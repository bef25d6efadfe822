package io.opsautomator.resource;

import java.util.List;

/**
 * What one execution works on. Immutable; {@code key} is stable across a repeated selection, so
 * that a repeated selection creates the same executions. Resources carry their own scope; {@code
 * scope} is where the action runs.
 */
public record Unit(String key, Aggregation aggregation, Scope scope, List<Resource<?>> resources) {
  public Unit {
    resources = List.copyOf(resources);
  }

  public <R extends Record> List<Resource<R>> resources(ResourceType<R> type) {
    return resources.stream().<Resource<R>>map(r -> r.as(type)).toList();
  }
}
