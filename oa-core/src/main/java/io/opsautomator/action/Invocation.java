package io.opsautomator.action;

import io.opsautomator.resource.Scope;
import java.util.Optional;

/**
 * On whose behalf, where and until when a call is made: all that an adapter may know of its caller.
 */
public interface Invocation {
  Scope scope();

  Deadline deadline();

  /**
   * True only while an effect is running its call: an adapter refuses every other call that is not
   * a read. So planning, selecting and checking cannot change anything, and nothing is changed that
   * the journal does not know of.
   */
  boolean mayMutate();

  /**
   * The role that the task names for the accounts it works in; empty when it names none, and the
   * adapter's own default holds. {@link #in} keeps it.
   */
  default Optional<String> role() {
    return Optional.empty();
  }

  /** The same caller elsewhere: another region, or another account through its role. */
  Invocation in(Scope scope);
}
