package io.opsautomator.testkit.simulation;

import java.util.function.Supplier;

/** All defects that can be planted, by name. */
enum Mutants implements Supplier<Mutant> {
  NONE(() -> Mutant.NONE);

  private final Supplier<Mutant> fresh;

  Mutants(Supplier<Mutant> fresh) {
    this.fresh = fresh;
  }

  /** One for a world of its own. */
  @Override
  public Mutant get() {
    return fresh.get();
  }
}
