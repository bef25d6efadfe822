package io.opsautomator.architecture.bad.ring.left;

import io.opsautomator.architecture.bad.ring.right.Right;

public interface Left {
  Right other();
}
