package io.opsautomator.aws;

import io.opsautomator.action.Deadline;
import io.opsautomator.action.Invocation;
import io.opsautomator.action.Role;
import io.opsautomator.resource.Scope;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Callers as the engine makes them, at a fixed time. */
record Callers(Scope scope, Duration left, boolean mayMutate, Role role) implements Invocation {
  static final String ACCOUNT = "111122223333";
  static final String OTHER_ACCOUNT = "444455556666";
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  static Callers outsideOfEffects() {
    return new Callers(Scope.of(ACCOUNT, "eu-west-1"), Duration.ofMinutes(10), false, Role.DEFAULT);
  }

  static Callers insideAnEffect() {
    return new Callers(Scope.of(ACCOUNT, "eu-west-1"), Duration.ofMinutes(10), true, Role.DEFAULT);
  }

  Callers withLeft(Duration time) {
    return new Callers(scope, time, mayMutate, role);
  }

  Callers withRole(String name) {
    return new Callers(scope, left, mayMutate, Role.named(name));
  }

  Callers in(String account, String region) {
    return in(Scope.of(account, region));
  }

  @Override
  public Callers in(Scope elsewhere) {
    return new Callers(elsewhere, left, mayMutate, role);
  }

  @Override
  public Deadline deadline() {
    return new Deadline(NOW.plus(left), InstantSource.fixed(NOW));
  }
}
