package io.opsautomator.notify;

import io.opsautomator.internal.JsonLines;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/**
 * Appends each notification to a file, as one JSON object on a line of its own, for whatever sends
 * it on from there. A line survives the end of the process, and readers never see half of one; it
 * is not forced to the disk. A new file can be read by its owner only. Thread-safe.
 */
public final class JsonLinesNotifier implements Notifier, AutoCloseable {
  private final JsonLines lines;

  private JsonLinesNotifier(JsonLines lines) {
    this.lines = lines;
  }

  /**
   * Goes on at the end of this file, or makes it; its folder must exist.
   *
   * @throws IOException if it cannot be written
   */
  public static JsonLinesNotifier appendingTo(Path file) throws IOException {
    return new JsonLinesNotifier(JsonLines.appendingTo(file));
  }

  /**
   * Writes to a stream, such as the standard output of a process whose lines are collected. Closing
   * the notifier leaves the stream open.
   */
  public static JsonLinesNotifier to(OutputStream out) {
    return new JsonLinesNotifier(JsonLines.to(out));
  }

  @Override
  public void tell(Notification notification) throws IOException {
    lines.append(NotificationFields.of(notification));
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
