package io.opsautomator.architecture.bad.ring.right;

import io.opsautomator.architecture.bad.ring.left.Left;

public interface Right {
  Left other();
}
