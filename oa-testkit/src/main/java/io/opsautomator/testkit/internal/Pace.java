package io.opsautomator.testkit.internal;

import java.time.Duration;

/** How long things take in the estate. */
public record Pace(
    Duration starting,
    Duration stopping,
    Duration terminating,
    Duration snapshot,
    Duration snapshotPerGibibyte,
    Duration lag) {
  public static final Pace USUAL =
      new Pace(
          Duration.ofSeconds(20),
          Duration.ofSeconds(30),
          Duration.ofSeconds(40),
          Duration.ofSeconds(30),
          Duration.ofSeconds(2),
          Duration.ZERO);

  public Pace starting(Duration takes) {
    return new Pace(takes, stopping, terminating, snapshot, snapshotPerGibibyte, lag);
  }

  public Pace stopping(Duration takes) {
    return new Pace(starting, takes, terminating, snapshot, snapshotPerGibibyte, lag);
  }

  public Pace snapshots(Duration takes, Duration perGibibyte) {
    return new Pace(starting, stopping, terminating, takes, perGibibyte, lag);
  }

  public Pace lagging(Duration by) {
    return new Pace(starting, stopping, terminating, snapshot, snapshotPerGibibyte, by);
  }

  Duration ofSnapshot(int gibibytes) {
    return snapshot.plus(snapshotPerGibibyte.multipliedBy(gibibytes));
  }
}
