package io.opsautomator.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Since when: {@code 36h}, {@code 7d}, {@code 2026-03-23}, {@code 2026-03-23T18:00}, or with a
 * zone.
 */
record Since(Instant now, ZoneId zone) {

  /**
   * @throws Failure if it is none of these
   */
  Instant read(String text) {
    List<Function<String, Instant>> forms =
        List.of(
            it -> LocalDate.parse(it).atStartOfDay(zone).toInstant(),
            it -> LocalDateTime.parse(it).atZone(zone).toInstant(),
            Instant::parse,
            it -> now.minus(length(it)));
    return forms.stream()
        .flatMap(form -> attempt(form, text).stream())
        .findFirst()
        .orElseThrow(
            () ->
                Failure.badInput(
                    "--since is '"
                        + text
                        + "', not a length such as 24h or 7d, nor a date such as "
                        + now.atZone(zone).toLocalDate()));
  }

  private static Optional<Instant> attempt(Function<String, Instant> form, String text) {
    try {
      return Optional.of(form.apply(text));
    } catch (DateTimeException | ArithmeticException notThis) {
      return Optional.empty();
    }
  }

  private static Duration length(String text) {
    String iso = text.toUpperCase(java.util.Locale.ROOT);
    Duration length = Duration.parse(iso.endsWith("D") ? "P" + iso : "PT" + iso);
    if (length.isNegative()) {
      throw new DateTimeException("negative");
    }
    return length;
  }
}
