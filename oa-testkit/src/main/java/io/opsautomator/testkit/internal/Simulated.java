package io.opsautomator.testkit.internal;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.opsautomator.resource.Scope;
import java.time.Instant;

/**
 * Something that exists in the estate. Immutable, and free of timers: what changes by itself (a
 * pending instance, a snapshot's progress) is a function of the value and the present instant.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
@JsonSubTypes({
  @JsonSubTypes.Type(value = SimulatedInstance.class, name = "instance"),
  @JsonSubTypes.Type(value = SimulatedVolume.class, name = "volume"),
  @JsonSubTypes.Type(value = SimulatedSnapshot.class, name = "snapshot"),
  @JsonSubTypes.Type(value = SimulatedImage.class, name = "image")
})
public sealed interface Simulated
    permits SimulatedInstance, SimulatedVolume, SimulatedSnapshot, SimulatedImage {
  String id();

  Origin origin();

  /** Whether it is there at all; a terminated instance's volume may be gone at a later instant. */
  default boolean existsAt(Instant now) {
    return true;
  }

  /**
   * Where it belongs, since when, and how it came to be.
   *
   * @param visible when descriptions begin to show it
   * @param generated whether the estate made up the id
   */
  record Origin(Scope scope, Instant at, Instant visible, boolean generated) {}
}
