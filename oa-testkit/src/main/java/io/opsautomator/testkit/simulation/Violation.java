package io.opsautomator.testkit.simulation;

/**
 * A watcher saw what must not be. An Error, since the engine survives every exception; it ends the
 * world at once.
 */
final class Violation extends Error {
  private static final long serialVersionUID = 1L;
  private final String invariant;

  /**
   * @param invariant its number, such as {@code I4}
   * @param item what it is about, and what was expected of it
   */
  Violation(String invariant, String item) {
    super(invariant + ": " + item);
    this.invariant = invariant;
  }

  String invariant() {
    return invariant;
  }
}
