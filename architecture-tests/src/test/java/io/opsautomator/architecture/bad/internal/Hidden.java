package io.opsautomator.architecture.bad.internal;

/** Meant for its own module; its package is not null-marked either. */
public final class Hidden {
  private Hidden() {}

  public static int secret() {
    return 42;
  }
}
