package io.opsautomator.schedule;

import io.opsautomator.InvalidExpressionException;
import io.opsautomator.internal.Nearest;
import java.time.DateTimeException;
import java.time.ZoneId;

/** Finds a zone by the name a user wrote. */
final class ZoneNames {
  private ZoneNames() {}

  static ZoneId parse(String name) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      String hint = Nearest.hint(name, ZoneId.getAvailableZoneIds());
      throw new InvalidExpressionException(
          name, 0, "\"" + name + "\" is no time zone such as Europe/Amsterdam or UTC" + hint, e);
    }
  }
}
