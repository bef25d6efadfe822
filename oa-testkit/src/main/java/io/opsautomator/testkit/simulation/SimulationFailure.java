package io.opsautomator.testkit.simulation;

import java.util.List;

/** Something was violated in the world of a seed: what, how to replay it, and how it came about. */
final class SimulationFailure extends AssertionError {
  private static final long serialVersionUID = 1L;
  private static final int LAST = 60;

  private SimulationFailure(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * Runs the world once more, for its trace.
   *
   * @param failed one whose run has failed
   */
  static SimulationFailure of(Lane lane, Simulation failed) {
    WorldResult result = failed.withTrace().run(lane);
    Throwable cause = result.failure().orElseThrow();
    List<String> last = result.trace().last(LAST);
    String message =
        "seed %d violates %s%n  %s%n%s"
            .formatted(
                failed.seed(), cause.getMessage(), failed.command(), String.join("\n", last));
    return new SimulationFailure(message, cause);
  }
}
