package io.opsautomator.testkit.internal;

import java.util.List;

/** A machine image: what keeps its snapshots from being deleted. */
public record SimulatedImage(String id, Origin origin, String name, List<String> snapshots)
    implements Simulated {
  public SimulatedImage {
    snapshots = List.copyOf(snapshots);
  }
}
