package io.opsautomator.audit;

import io.opsautomator.internal.JsonLines;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Appends each event to a file, as one JSON object on a line of its own. A line is handed to the
 * operating system in one piece before {@code accept} returns, so it survives the end of the
 * process, and readers never see half of one; it is not forced to the disk. A new file can be read
 * by its owner only. Thread-safe.
 */
public final class JsonLinesSink implements AuditSink, AutoCloseable {
  private final Path file;
  private final JsonLines lines;

  private JsonLinesSink(Path file, JsonLines lines) {
    this.file = file;
    this.lines = lines;
  }

  /**
   * Goes on at the end of this file, or makes it; its folder must exist.
   *
   * @throws IOException if it cannot be written
   */
  public static JsonLinesSink appendingTo(Path file) throws IOException {
    return new JsonLinesSink(file, JsonLines.appendingTo(file));
  }

  /** Throws IllegalStateException naming the file if it cannot be written. */
  @Override
  public void accept(AuditEvent event) {
    try {
      lines.append(AuditFields.of(event));
    } catch (IOException e) {
      throw new IllegalStateException("cannot write the audit file " + file, e);
    }
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
