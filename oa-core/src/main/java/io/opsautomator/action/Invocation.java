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

  /**
   * The role to call under: what a task names, or {@link #as} asked for. Adapters without roles
   * ignore it.
   */
  default Role role() {
    return Role.DEFAULT;
  }

  /** The same caller under another role. */
  default Invocation as(Role role) {
    return new Assuming(this, role);
  }

  /** The name that marker tags carry, so that deployments in one account tell theirs apart. */
  default String deployment() {
    return "ops-automator";
  }

  /**
   * Whether it is for something that has begun, such as a check whether it has finished. Where not
   * everybody can be served, an adapter serves these before calls that begin something new.
   */
  default boolean underWay() {
    return false;
  }

  /** The same caller elsewhere: another region, or another account through its role. */
  Invocation in(Scope scope);
}
