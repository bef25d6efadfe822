package io.opsautomator.testkit.simulation;

/** Ends a worker of a process that is no more. Nothing but the simulator catches it. */
final class Death extends Error {
  private static final long serialVersionUID = 1L;

  Death() {
    super("a simulated process has died", null, false, false);
  }
}
