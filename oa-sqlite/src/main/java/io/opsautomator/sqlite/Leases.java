package io.opsautomator.sqlite;

import io.opsautomator.store.Execution;
import io.opsautomator.store.Lease;
import io.opsautomator.store.Slice;
import java.time.Instant;
import java.util.Optional;

/**
 * Ends the leases of processes that are gone.
 *
 * <p>Only one process at a time may write the file, so whoever opens it has proof that no earlier
 * one is at work, and need not wait for a lease to run out. Every row names the process that wrote
 * it; a lease written by an earlier one is read as over. So opening costs the same whatever is
 * stored, and the epochs, which are the fence, stay as they are.
 */
final class Leases {
  private Leases() {}

  static Execution execution(Session session, String body, long process) {
    Execution stored = Bodies.read(Execution.class, body);
    if (stored.lease().isEmpty() || process >= session.process()) {
      return stored;
    }
    return new Execution(
        stored.id(),
        stored.origin(),
        stored.status(),
        stored.progress(),
        over(stored.lease()),
        stored.grants(),
        stored.journal());
  }

  static Slice slice(Session session, String body, long process) {
    Slice stored = Bodies.read(Slice.class, body);
    return stored.lease().isEmpty() || process >= session.process()
        ? stored
        : new Slice(stored.scope(), stored.epoch(), over(stored.lease()), stored.end());
  }

  private static Optional<Lease> over(Optional<Lease> lease) {
    return lease.map(was -> new Lease(was.worker(), was.epoch(), Instant.EPOCH));
  }
}
