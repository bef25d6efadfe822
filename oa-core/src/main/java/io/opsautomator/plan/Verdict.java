package io.opsautomator.plan;

import io.opsautomator.resource.Exclusion;
import io.opsautomator.resource.Resource;
import io.opsautomator.resource.Scope;

/**
 * One thing there is to say about what a task selects: of a resource that was listed, or of an
 * account and region as a whole. Immutable.
 */
public sealed interface Verdict {
  Scope scope();

  /** A run would work on it. */
  record Selected(Resource<?> resource) implements Verdict {
    @Override
    public Scope scope() {
      return resource.scope();
    }
  }

  /** A run would not, for the first reason that holds. */
  record LeftOut(Resource<?> resource, Exclusion why) implements Verdict {
    @Override
    public Scope scope() {
      return resource.scope();
    }
  }

  /** Everything there was has been listed; comes after its resources. */
  record Listed(Scope scope, int resources) implements Verdict {}

  /**
   * Not everything could be listed. Nothing follows from resources that are missing here.
   *
   * @param why code and message, or that the account is on the deny list
   */
  record Unreadable(Scope scope, String why) implements Verdict {}
}
