package io.opsautomator.resource;

/**
 * Whether a resource stays in the selection; who is left out says why ({@code oa explain} prints
 * it). Immutable.
 */
public sealed interface Choice<R extends Record> {
  /** Stays, perhaps enriched. */
  record Kept<R extends Record>(Resource<R> resource) implements Choice<R> {}

  record LeftOut<R extends Record>(String why) implements Choice<R> {}

  static <R extends Record> Choice<R> keep(Resource<R> resource) {
    return new Kept<>(resource);
  }

  static <R extends Record> Choice<R> leaveOut(String why) {
    return new LeftOut<>(why);
  }
}
