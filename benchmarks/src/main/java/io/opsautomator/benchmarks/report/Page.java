package io.opsautomator.benchmarks.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A page written by hand that holds a part which is not: what stands between two comments, {@code
 * <!-- generated: NAME -->} and {@code <!-- end -->}, each on a line of its own.
 */
final class Page {
  private static final String END = "<!-- end -->";

  private final Path file;
  private String text;

  private Page(Path file, String text) {
    this.file = file;
    this.text = text;
  }

  static Page read(Path file) {
    try {
      return new Page(file, Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /** Puts this in the place of that part. */
  Page with(String name, String part) {
    String begin = "<!-- generated: " + name + " -->\n";
    int start = text.indexOf(begin);
    int end = text.indexOf(END, Math.max(0, start));
    if (start < 0 || end < 0) {
      throw new IllegalStateException(
          file + " has no part between " + begin.strip() + " and " + END);
    }
    text = text.substring(0, start + begin.length()) + part + text.substring(end);
    return this;
  }

  void write() {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}
