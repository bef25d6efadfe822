package io.opsautomator.task;

import io.opsautomator.resource.Scope;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/** Where a task looks for resources. Immutable. */
public sealed interface Regions {
  /** The region the engine is at home in. */
  record Home() implements Regions {}

  /** {@code *}: all regions that the account has, found anew for each run. */
  record Every() implements Regions {}

  /** At least one, in the order given. */
  record Named(Set<Scope.Region> regions) implements Regions {
    public Named {
      regions = Collections.unmodifiableSet(new LinkedHashSet<>(regions));
      if (regions.isEmpty()) {
        throw new IllegalArgumentException("no region");
      }
    }
  }
}
