package io.opsautomator.action;

import io.opsautomator.resource.Scope;

/** A caller under another role. */
record Assuming(Invocation caller, Role role) implements Invocation {
  @Override
  public Scope scope() {
    return caller.scope();
  }

  @Override
  public Deadline deadline() {
    return caller.deadline();
  }

  @Override
  public boolean mayMutate() {
    return caller.mayMutate();
  }

  @Override
  public String deployment() {
    return caller.deployment();
  }

  @Override
  public boolean underWay() {
    return caller.underWay();
  }

  @Override
  public Invocation in(Scope elsewhere) {
    return new Assuming(caller.in(elsewhere), role);
  }
}
