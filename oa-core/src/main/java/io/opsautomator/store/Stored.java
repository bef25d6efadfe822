package io.opsautomator.store;

import io.opsautomator.task.ExecutionId;
import io.opsautomator.task.RunId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An execution as stored. Status is what the protocol knows of it; what the action said is data
 * inside {@code outcome} and {@code effects}.
 *
 * @param lease empty unless RUNNING
 * @param grant the slot it runs in, kept after the end so that anybody can hand it on
 */
public record Stored(
    ExecutionId id,
    Origin origin,
    Status status,
    Progress progress,
    Optional<Lease> lease,
    Optional<Grant> grant,
    Map<String, Effect> effects) {

  public Stored {
    effects = Map.copyOf(effects);
  }

  public enum Status {
    READY,
    WAITING,
    RUNNING,
    COMPLETING,
    SUCCEEDED,
    FAILED,
    TIMED_OUT,
    CANCELLED,
    UNCERTAIN,
    NOT_STARTED;

    public boolean ended() {
      return compareTo(COMPLETING) > 0;
    }
  }

  /** Never changes. {@code payload} is the unit, or a reference to it. */
  public record Origin(RunId run, PageId page, int ordinal, List<GateKey> gates, String payload) {
    public Origin {
      gates = List.copyOf(gates);
    }
  }

  /**
   * {@code epoch} outlives the lease; {@code ticket} numbers the tries; {@code drive} counts
   * redrives. {@code waitingFor} and {@code deadline} are set while COMPLETING.
   */
  public record Progress(
      long epoch,
      int ticket,
      int attempts,
      int drive,
      Optional<String> waitingFor,
      Optional<Instant> deadline,
      Optional<String> outcome,
      boolean cancel) {}

  /**
   * A journal entry: an intent while {@code result} is empty. Only at-most-once effects have
   * intents.
   */
  public record Effect(String name, long epoch, Optional<String> result) {}
}
