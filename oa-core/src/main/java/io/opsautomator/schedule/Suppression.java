package io.opsautomator.schedule;

import java.util.Optional;

/**
 * Why calendars keep a schedule from firing at an instant.
 *
 * @param calendar its name; of several that would each allow it, all names
 * @param event of a blackout calendar, that holds the instant; empty when no event of the allowing
 *     calendars does
 */
public record Suppression(String calendar, Optional<String> event) {

  /** Such as {@code inside 'Christmas' of holidays.ics}. */
  public String inWords() {
    return event
        .map(name -> "inside '" + name + "' of " + calendar)
        .orElse("outside all events of " + calendar);
  }
}
