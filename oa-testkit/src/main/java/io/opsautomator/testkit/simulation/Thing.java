package io.opsautomator.testkit.simulation;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.opsautomator.resource.ResourceType;

/**
 * What there is in the simulated cloud.
 *
 * @param number its place in its account and region
 */
record Thing(@JsonProperty("number") int number) {
  static final ResourceType<Thing> TYPE = new ResourceType<>("sim", "Things", Thing.class, true);
}
