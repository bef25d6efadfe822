package io.opsautomator.text;

import io.opsautomator.resource.Scope;
import java.time.Instant;
import java.time.ZoneId;

/** Placeholders as of 3:04:05.6 UTC on Thursday, 2 January 2020. */
final class TemplateFixtures {
  private static final Instant TIME = Instant.parse("2020-01-02T03:04:05.600Z");

  private TemplateFixtures() {}

  static Placeholders in(String zone) {
    return Placeholders.at(TIME, ZoneId.of(zone))
        .in(Scope.of("111122223333", "eu-west-1"))
        .stack("ops")
        .task("T1", "id-7");
  }

  static Placeholders utc() {
    return in("UTC");
  }
}
