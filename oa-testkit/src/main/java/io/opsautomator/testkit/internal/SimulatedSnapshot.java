package io.opsautomator.testkit.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * An EBS snapshot.
 *
 * @param volumeId what it was taken of; {@code vol-ffffffff} for a copy
 * @param sharedWith account ids, and {@code all} for everybody
 */
public record SimulatedSnapshot(
    String id,
    Origin origin,
    String volumeId,
    int gibibytes,
    String description,
    Making making,
    Set<String> sharedWith)
    implements Simulated {
  public static final String EVERYBODY = "all";

  public SimulatedSnapshot {
    sharedWith = Sorted.copy(sharedWith);
  }

  /** {@code fault} is why it ends in error, or empty. */
  public record Making(Instant start, Instant end, String fault) {}

  String state(Instant now) {
    if (now.isBefore(making.end())) {
      return "pending";
    }
    return making.fault().isEmpty() ? "completed" : "error";
  }

  int percent(Instant now) {
    if (!now.isBefore(making.end())) {
      return making.fault().isEmpty() ? 100 : 0;
    }
    long all = Duration.between(making.start(), making.end()).toMillis();
    long done = Duration.between(making.start(), now).toMillis();
    return (int) Math.max(0, Math.min(99, done * 100 / Math.max(1, all)));
  }

  boolean owned(String account) {
    return origin.scope().account().value().equals(account);
  }

  boolean visibleTo(String account) {
    return owned(account) || sharedWith.contains(account) || sharedWith.contains(EVERYBODY);
  }

  SimulatedSnapshot sharedWith(Set<String> accounts) {
    return new SimulatedSnapshot(id, origin, volumeId, gibibytes, description, making, accounts);
  }
}
