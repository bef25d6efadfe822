package io.opsautomator.actions.ec2;

import static java.util.stream.Collectors.joining;

import io.opsautomator.action.ActionException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Snapshot;

/** How far snapshots have come, by id. Immutable. */
record SnapshotProgress(Map<String, State> snapshots) {
  /** What was just made may not be described yet. Source: EC2's eventual consistency. */
  private static final Duration GRACE = Duration.ofMinutes(5);

  SnapshotProgress {
    snapshots = Map.copyOf(snapshots);
  }

  record State(String volumeId, String state, String progress) {}

  /**
   * Empty while any is pending, or missing within the grace.
   *
   * @throws ActionException naming those that failed, or are missing for good
   */
  static Optional<SnapshotProgress> look(
      Ec2Client ec2, Collection<CreatedSnapshot> made, Duration waited) {
    SnapshotProgress seen = describe(ec2, made);
    boolean isIncomplete =
        made.stream().anyMatch(snapshot -> !seen.snapshots().containsKey(snapshot.id()));
    boolean isEarly = waited.compareTo(GRACE) <= 0;
    if (isIncomplete && isEarly || !seen.where(SnapshotProgress::isUnderway).isEmpty()) {
      return Optional.empty();
    }
    seen.requireSuccess();
    if (isIncomplete) {
      throw new ActionException(
          "ERR_MISSING_SNAPSHOTS", "snapshots that cannot be found: " + seen.missing(made));
    }
    return Optional.of(seen);
  }

  private static SnapshotProgress describe(Ec2Client ec2, Collection<CreatedSnapshot> made) {
    TreeSet<String> ids = new TreeSet<>(made.stream().map(CreatedSnapshot::id).toList());
    Map<String, State> states = new TreeMap<>();
    ec2
        .describeSnapshotsPaginator(
            r -> r.ownerIds("self").filters(SnapshotSource.filter("snapshot-id", ids)))
        .snapshots()
        .stream()
        .forEach(snapshot -> states.put(snapshot.snapshotId(), state(snapshot)));
    return new SnapshotProgress(states);
  }

  private static State state(Snapshot snapshot) {
    return new State(
        snapshot.volumeId(),
        snapshot.stateAsString(),
        Optional.ofNullable(snapshot.progress()).orElse(""));
  }

  private static boolean isUnderway(State snapshot) {
    return !snapshot.state().equals("completed") && !snapshot.state().equals("error");
  }

  private void requireSuccess() {
    String failed = where(snapshot -> snapshot.state().equals("error"));
    if (!failed.isEmpty()) {
      String completed = where(snapshot -> snapshot.state().equals("completed"));
      throw new ActionException(
          "ERR_FAILED_SNAPSHOT",
          "snapshots that failed: "
              + failed
              + (completed.isEmpty() ? "" : "; completed: " + completed));
    }
  }

  private String where(Predicate<State> condition) {
    return new TreeMap<>(snapshots)
        .entrySet().stream()
            .filter(snapshot -> condition.test(snapshot.getValue()))
            .map(snapshot -> snapshot.getKey() + " of " + snapshot.getValue().volumeId())
            .collect(joining(", "));
  }

  private String missing(Collection<CreatedSnapshot> made) {
    return made.stream()
        .filter(snapshot -> !snapshots.containsKey(snapshot.id()))
        .map(snapshot -> snapshot.id() + " of " + snapshot.volumeId())
        .collect(joining(", "));
  }
}
