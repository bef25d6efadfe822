package io.opsautomator.testkit.simulation;

import io.opsautomator.audit.AuditEvent;

/**
 * Told of everything that happens in one world, in the order in which it takes effect, while
 * nothing else goes on; throws a {@link Violation} as soon as something must not be. One instance
 * serves one world. It may read {@link World#truth} at any time; it must not write.
 */
interface Watcher {
  /** Before anything happens. */
  default void begun(World world) {}

  /** Refused writes too. */
  default void written(StoreWrite write) {}

  default void called(CloudCall call) {}

  /** The cloud answered for one page of a listing; not told when it failed or refused. */
  default void listed(CloudListing page) {}

  default void passed(MessageEvent message) {}

  default void audited(Moment moment, AuditEvent event) {}

  default void erred(Moment moment, Fault fault, String detail) {}

  /** A process began, in place of a dead one or at the start. */
  default void joined(Moment moment, String process) {}

  /** A process is no more; what its workers were about to do will not happen. */
  default void left(Moment moment, String process, boolean inGoodOrder) {}

  /**
   * No more faults happen since {@link World#calmSince}; time has passed until all runs had ended,
   * or until patience was over ({@link World#idle} is false then).
   */
  default void ended(World world) {}
}
