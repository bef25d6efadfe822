package io.opsautomator.engine.internal;

import io.opsautomator.action.Deadline;
import io.opsautomator.action.Invocation;
import io.opsautomator.action.Role;
import io.opsautomator.resource.Scope;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Execution.Status;

/**
 * On whose behalf calls are made. Those derived for other scopes share the permission to change
 * things.
 */
final class Caller implements Invocation {
  private final Scope scope;
  private final Deadline deadline;
  private final Who who;
  private final Permit permit;

  private record Who(Role role, String deployment, boolean underWay) {}

  /** Confined to the thread of one attempt. */
  private static final class Permit {
    private boolean mutate;
  }

  private Caller(Scope scope, Deadline deadline, Who who, Permit permit) {
    this.scope = scope;
    this.deadline = deadline;
    this.who = who;
    this.permit = permit;
  }

  /** One that may only read, until {@link #permit} says otherwise. */
  static Caller reading(Scope scope, Deadline deadline, Role role) {
    return new Caller(scope, deadline, new Who(role, Settings.DEPLOYMENT, false), new Permit());
  }

  Caller deployedAs(String deployment) {
    return new Caller(scope, deadline, new Who(who.role(), deployment, who.underWay()), permit);
  }

  /** The same for an execution as it is stored: one that has begun goes before those to begin. */
  Caller of(Execution image) {
    boolean begun = image.status() == Status.COMPLETING || !image.journal().isEmpty();
    return new Caller(scope, deadline, new Who(who.role(), who.deployment(), begun), permit);
  }

  void permit(boolean mutate) {
    permit.mutate = mutate;
  }

  @Override
  public Scope scope() {
    return scope;
  }

  @Override
  public Deadline deadline() {
    return deadline;
  }

  @Override
  public boolean mayMutate() {
    return permit.mutate;
  }

  @Override
  public Role role() {
    return who.role();
  }

  @Override
  public String deployment() {
    return who.deployment();
  }

  @Override
  public boolean underWay() {
    return who.underWay();
  }

  @Override
  public Invocation in(Scope elsewhere) {
    return new Caller(elsewhere, deadline, who, permit);
  }
}
