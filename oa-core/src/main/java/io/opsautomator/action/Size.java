package io.opsautomator.action;

/**
 * Memory that a phase may be given, in MiB; ECS means a container, sized by the task. Ops
 * Automator's names and numbers.
 */
public enum Size {
  STANDARD(128),
  MEDIUM(256),
  LARGE(512),
  XLARGE(1024),
  XXLARGE(2048),
  XXXLARGE(3008),
  ECS(0);

  public final int mebibytes;

  Size(int mebibytes) {
    this.mebibytes = mebibytes;
  }

  public enum Phase {
    SELECT,
    EXECUTE,
    COMPLETE
  }
}
