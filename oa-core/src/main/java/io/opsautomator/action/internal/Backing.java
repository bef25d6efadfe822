package io.opsautomator.action.internal;

import io.opsautomator.audit.AuditEvent;
import io.opsautomator.store.Execution;
import io.opsautomator.store.JournalEntry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What stands behind the effects of one attempt: the store, the clock, the guard. Confined to the
 * thread of the attempt.
 */
public interface Backing {
  /** The same for the same step of the same execution, always. */
  String token(String step);

  /** Whether an earlier attempt may have made calls that the journal does not know of. */
  boolean inDoubt();

  /** Makes entries durable. Leaves when this worker has been overtaken. */
  void flush(List<JournalEntry> entries);

  /** Called before every call to the world. Leaves when cancelled, closing, or out of time. */
  void boundary();

  /** Runs a call that may change the world. */
  <T> T mutating(Supplier<T> call);

  Instant now();

  /** The wait whose check this attempt makes; empty when it goes forward. */
  Optional<Execution.Wait> checking();

  void tell(String step, AuditEvent.Stage stage, String detail);
}
