package io.opsautomator.testkit.internal;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A call as it arrives. Immutable.
 *
 * @param operation as the service's API names it, such as {@code StartInstances}
 * @param arguments what the ledger keeps of the request: {@code resources}, {@code clientToken},
 *     {@code tags} and what else matters to the operation
 */
public record Attempt(
    String operation, boolean mutating, boolean dryRun, Map<String, String> arguments) {
  public Attempt {
    arguments = Sorted.copy(arguments);
  }

  static Attempt read(String operation, @Nullable Boolean dryRun) {
    return new Attempt(operation, false, Boolean.TRUE.equals(dryRun), Map.of());
  }

  static Attempt change(String operation, @Nullable Boolean dryRun) {
    return new Attempt(operation, true, Boolean.TRUE.equals(dryRun), Map.of());
  }

  Attempt on(String resource) {
    return with("resources", resource);
  }

  Attempt on(Collection<String> resources) {
    return with("resources", String.join(",", resources));
  }

  /** Left as it is when there is no value. */
  Attempt with(String name, @Nullable String value) {
    if (value == null || value.isEmpty()) {
      return this;
    }
    Map<String, String> more = new TreeMap<>(arguments);
    more.put(name, value);
    return new Attempt(operation, mutating, dryRun, more);
  }

  boolean concerns(String resource) {
    for (String id : arguments.getOrDefault("resources", "").split(",")) {
      if (id.equals(resource)) {
        return true;
      }
    }
    return false;
  }
}
