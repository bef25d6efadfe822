package io.opsautomator.audit;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Appends each event to a file, as one JSON object on a line of its own. A line is handed to the
 * operating system in one piece before {@code accept} returns, so it survives the end of the
 * process, and readers never see half of one; it is not forced to the disk. A new file can be read
 * by its owner only. Thread-safe.
 */
public final class JsonLinesSink implements AuditSink, AutoCloseable {
  /** Not every reader agrees that only a line feed ends a line. */
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private final Path file;
  private final OutputStream out;

  private JsonLinesSink(Path file, OutputStream out) {
    this.file = file;
    this.out = out;
  }

  /**
   * Goes on at the end of this file, or makes it; its folder must exist.
   *
   * @throws IOException if it cannot be written
   */
  public static JsonLinesSink appendingTo(Path file) throws IOException {
    Set<StandardOpenOption> append = Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    SeekableByteChannel channel = Files.newByteChannel(file, append, owner(file));
    return new JsonLinesSink(file, Channels.newOutputStream(channel));
  }

  private static FileAttribute<?>[] owner(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  /** Throws IllegalStateException naming the file if it cannot be written. */
  @Override
  public void accept(AuditEvent event) {
    try {
      String line = JSON.writeValueAsString(AuditFields.of(event)) + "\n";
      write(line.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException("cannot write the audit file " + file, e);
    }
  }

  private synchronized void write(byte[] line) throws IOException {
    out.write(line);
  }

  @Override
  public synchronized void close() throws IOException {
    out.close();
  }
}
