package io.opsautomator.architecture.bad;

import io.opsautomator.architecture.bad.internal.Hidden;

public final class UsesInternal {
  private UsesInternal() {}

  public static int leaked() {
    return Hidden.secret();
  }
}
