package io.opsautomator.audit;

import io.opsautomator.internal.JsonLines;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/**
 * Appends each event to a file or stream, as one JSON object on a line of its own. A line is handed
 * to the operating system in one piece before {@code accept} returns, so it survives the end of the
 * process, and readers never see half of one; it is not forced to the disk. A new file can be read
 * by its owner only. Thread-safe.
 */
public final class JsonLinesSink implements AuditSink, AutoCloseable {
  private final String where;
  private final JsonLines lines;

  private JsonLinesSink(String where, JsonLines lines) {
    this.where = where;
    this.lines = lines;
  }

  /**
   * Goes on at the end of this file, or makes it; its folder must exist.
   *
   * @throws IOException if it cannot be written
   */
  public static JsonLinesSink appendingTo(Path file) throws IOException {
    return new JsonLinesSink("file " + file, JsonLines.appendingTo(file));
  }

  /**
   * Writes to a stream, such as the standard output of a process whose lines are collected. Closing
   * the sink leaves the stream open.
   */
  public static JsonLinesSink to(OutputStream out) {
    return new JsonLinesSink("stream", JsonLines.to(out));
  }

  /** Throws IllegalStateException naming the file if it cannot be written. */
  @Override
  public void accept(AuditEvent event) {
    try {
      lines.append(AuditFields.of(event));
    } catch (IOException e) {
      throw new IllegalStateException("cannot write the audit " + where, e);
    }
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
