package io.opsautomator.testkit.simulation;

import java.util.stream.Stream;

/** What can go wrong in a world. Each is counted, so that a simulator that never errs shows. */
enum Fault {
  /** A process dies before it writes, sends or calls. */
  CRASH_BEFORE,
  /** A process dies after it has written, sent or called, and never learns of it. */
  CRASH_AFTER,
  /** A process dies while none of its workers is at a seam. */
  CRASH_BETWEEN,
  /** A process closes in good order and is replaced. */
  RESTART,
  /** All of a process stops for a while, and goes on as if nothing had been. */
  FREEZE_PROCESS,
  /** One worker of a process stops for a while. */
  FREEZE_WORKER,
  /** A clock is off by more than the margin allows. */
  CLOCK_SKEW,
  /** The store fails and has written nothing. */
  STORE_FAILED,
  /** The store fails and has written. */
  STORE_ANSWER_LOST,
  /** Somebody else is let go first at a conditional write. */
  RACE,
  MESSAGE_DUPLICATED,
  MESSAGE_LATE,
  MESSAGE_REORDERED,
  /** Lost on the way to its handler; it comes again when its invisibility is over. */
  MESSAGE_DELIVERY_LOST,
  /** Lost for good. */
  MESSAGE_LOST,
  CALL_THROTTLED,
  /** Nothing happened, and the caller cannot know. */
  CALL_FAILED,
  /** It happened, and the caller cannot know. */
  CALL_ANSWER_LOST,
  /** A service turns away everybody for a while. */
  STORM,
  /** A page of a listing fails. */
  LISTING_FAILED,
  /** The token of a listing has expired. */
  LISTING_TOKEN_EXPIRED,
  /** A listing may not be read at all. */
  LISTING_REFUSED,
  /** A read does not show the latest write. */
  STALE_READ,
  /** A call of the table is made, and made again by the client, which heard no answer. */
  TABLE_CALL_REPEATED(true),
  /** A call of the table meets a transaction. */
  TABLE_CONFLICT(true),
  /** The table leaves some of a batch undone. */
  TABLE_BATCH_CUT(true),
  /** The index does not show what was written a moment ago. */
  TABLE_INDEX_STALE(true);

  private final boolean ofTables;

  Fault() {
    this(false);
  }

  Fault(boolean ofTables) {
    this.ofTables = ofTables;
  }

  /** Whether it happens only where the store is in tables. */
  boolean ofTables() {
    return ofTables;
  }

  /** Those that happen wherever the store is. */
  static Fault[] ofAll() {
    return Stream.of(values()).filter(fault -> !fault.ofTables).toArray(Fault[]::new);
  }

  static Fault[] onlyOfTables() {
    return Stream.of(values()).filter(fault -> fault.ofTables).toArray(Fault[]::new);
  }
}
