package io.opsautomator.action;

import io.opsautomator.resource.Scope;

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

  /** The same caller elsewhere: another region, or another account through its role. */
  Invocation in(Scope scope);
}
