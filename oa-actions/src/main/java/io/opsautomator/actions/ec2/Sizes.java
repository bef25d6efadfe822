package io.opsautomator.actions.ec2;

import io.opsautomator.action.Size;

/** Sizes that several actions offer. */
final class Sizes {
  private Sizes() {}

  static Size[] fromMedium() {
    return new Size[] {Size.MEDIUM, Size.LARGE, Size.XLARGE, Size.XXLARGE, Size.XXXLARGE, Size.ECS};
  }
}
