package io.opsautomator.cli;

import io.opsautomator.text.Cleaning;
import java.util.stream.Collectors;

/**
 * What others have said, made fit for a terminal: tags, resource ids, reasons and errors may hold
 * line ends that would pass for lines of ours, and escape sequences that the terminal would obey.
 */
final class Told {
  private Told() {}

  /** In one line. */
  static String line(String text) {
    return Cleaning.ONE_LINE.apply(text);
  }

  /** A message of ours that has lines, each of them made fit. */
  static String lines(String text) {
    return text.lines().map(Told::line).collect(Collectors.joining("\n"));
  }
}
