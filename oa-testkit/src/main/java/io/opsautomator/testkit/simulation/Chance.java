package io.opsautomator.testkit.simulation;

import java.util.List;
import java.util.SplittableRandom;

/** Dice that follow from a seed. Split by purpose, so that one use does not disturb another. */
final class Chance {
  private final SplittableRandom random;

  private Chance(SplittableRandom random) {
    this.random = random;
  }

  static Chance of(long seed) {
    return new Chance(new SplittableRandom(seed));
  }

  Chance split() {
    return new Chance(random.split());
  }

  SplittableRandom random() {
    return random;
  }

  boolean in(double probability) {
    return probability > 0 && random.nextDouble() < probability;
  }

  double share() {
    return random.nextDouble();
  }

  /** From 0, less than {@code bound}. */
  int below(int bound) {
    return random.nextInt(bound);
  }

  /** Both included. */
  int between(int least, int most) {
    return least + random.nextInt(most - least + 1);
  }

  /** Both included. */
  long between(long least, long most) {
    return random.nextLong(least, most + 1);
  }

  <T> T of(List<T> some) {
    return some.get(random.nextInt(some.size()));
  }

  @SafeVarargs
  final <T> T oneOf(T... some) {
    return some[random.nextInt(some.length)];
  }
}
