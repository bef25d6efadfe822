package io.opsautomator.testkit.simulation;

import io.opsautomator.resource.Scope;
import java.util.List;
import java.util.Optional;

/**
 * What the simulated cloud answered when a page of resources was listed.
 *
 * @param token where this page began; empty for the first
 * @param keys of the resources on it, before any filter, as {@code scope/id}
 * @param next where the listing goes on; empty only when it has reached its end
 */
record CloudListing(
    Moment moment, Scope scope, Optional<String> token, List<String> keys, Optional<String> next) {
  CloudListing {
    keys = List.copyOf(keys);
  }
}
