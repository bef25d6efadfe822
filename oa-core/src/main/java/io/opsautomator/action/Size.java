package io.opsautomator.action;

/**
 * Memory that a phase may be given; ECS means a container, sized by the task. Ops Automator's names
 * and numbers.
 */
public enum Size {
  STANDARD("Standard", 128),
  MEDIUM("Medium", 256),
  LARGE("Large", 512),
  XLARGE("XLarge", 1024),
  XXLARGE("XXLarge", 2048),
  XXXLARGE("XXXLarge", 3008),
  ECS("ECS", 0);

  private final String wireName;
  private final int mebibytes;

  Size(String wireName, int mebibytes) {
    this.wireName = wireName;
    this.mebibytes = mebibytes;
  }

  /** In MiB; 0 if the task says. */
  public int mebibytes() {
    return mebibytes;
  }

  /** The name in templates and stored tasks. */
  @Override
  public String toString() {
    return wireName;
  }

  /** The steps of a task that can be sized. */
  public enum Phase {
    SELECT,
    EXECUTE,
    COMPLETE
  }
}
