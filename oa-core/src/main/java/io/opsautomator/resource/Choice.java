package io.opsautomator.resource;

/**
 * Whether a resource stays in the selection; who is left out says why ({@code oa explain} prints
 * it). Immutable.
 */
public sealed interface Choice<R extends Record> {
  /** Stays, perhaps enriched. */
  record Kept<R extends Record>(Resource<R> resource) implements Choice<R> {}

  record LeftOut<R extends Record>(Exclusion why) implements Choice<R> {}

  static <R extends Record> Choice<R> keep(Resource<R> resource) {
    return new Kept<>(resource);
  }

  /**
   * What an action says of a resource it has no use for.
   *
   * @param why goes on after the resource's name and begins with a verb: {@code is stopped}. Runs
   *     count resources by it, so a word that differs from one resource to the next should not be
   *     in it
   */
  static <R extends Record> Choice<R> leaveOut(String why) {
    return leaveOut(Exclusion.of(Exclusion.Kind.ACTION, why));
  }

  static <R extends Record> Choice<R> leaveOut(Exclusion why) {
    return new LeftOut<>(why);
  }
}
