package io.opsautomator.testkit;

import io.opsautomator.action.Deadline;
import io.opsautomator.action.Invocation;
import io.opsautomator.resource.Scope;
import java.time.Duration;
import java.time.InstantSource;

/** A caller inside an effect, with five minutes for each call. */
record Acting(Scope scope, InstantSource clock) implements Invocation {
  @Override
  public Deadline deadline() {
    return new Deadline(clock.instant().plus(Duration.ofMinutes(5)), clock);
  }

  @Override
  public boolean mayMutate() {
    return true;
  }

  @Override
  public Acting in(Scope elsewhere) {
    return new Acting(elsewhere, clock);
  }
}
