package io.opsautomator.ecs;

/** With what a worker's process ends, for those who read it in a stopped container. */
public enum ExitStatus {
  /** It was asked to, and has handed back what it had in hand; or the one execution succeeded. */
  DONE(0),
  /** It could not begin or go on; the log says why. The one execution failed. */
  FAILED(1),
  /** Its settings are wrong. */
  BAD_SETTINGS(2),
  /**
   * It was asked to, and something in hand did not come to an end in time: another worker takes
   * that over when its lease is over. The one execution has not ended, and goes on elsewhere.
   */
  CUT_SHORT(3),
  /** The one execution was cancelled. */
  CANCELLED(4),
  /** The one execution ran out of its time. */
  TIMED_OUT(5),
  /** The one execution is uncertain: a person has to look. */
  UNCERTAIN(6);

  private final int code;

  ExitStatus(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }
}
