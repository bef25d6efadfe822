package io.opsautomator.store;

/**
 * What may hold a gate shut whatever its limit: failures that were counted, and the terms on which
 * slots are granted. Immutable.
 *
 * @param failed holders whose slot was taken with a failure; each grant counts once, in the write
 *     that takes its slot
 */
public record Brake(int failed, Terms terms) {

  /** Nothing counted yet. */
  public static Brake on(Terms terms) {
    return new Brake(0, terms);
  }

  /** Whether another slot may be granted after {@code serial} grants in all. */
  public boolean open(long serial) {
    return !spent() && serial < terms.allowance();
  }

  /** Whether nothing is granted any more: too many have failed, or somebody has stopped it. */
  public boolean spent() {
    return terms.stopped() || terms.maxFailed() > 0 && failed >= terms.maxFailed();
  }

  Brake failedOnce() {
    return new Brake(failed + 1, terms);
  }

  Brake with(Terms next) {
    return new Brake(failed, next);
  }
}
