package io.opsautomator.internal;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.Closeable;
import java.io.FilterOutputStream;
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
import java.util.Map;
import java.util.Set;

/**
 * A file or stream of JSON objects, one a line. A line is handed to the operating system in one
 * piece before {@code append} returns, so it survives the end of the process, and readers never see
 * half of one; it is not forced to the disk. A new file can be read by its owner only. Thread-safe.
 */
public final class JsonLines implements Closeable {
  /** Not every reader agrees that only a line feed ends a line. */
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private final OutputStream out;

  private JsonLines(OutputStream out) {
    this.out = out;
  }

  /**
   * Goes on at the end of this file, or makes it; its folder must exist.
   *
   * @throws IOException if it cannot be written
   */
  public static JsonLines appendingTo(Path file) throws IOException {
    Set<StandardOpenOption> append = Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    SeekableByteChannel channel = Files.newByteChannel(file, append, owner(file));
    return new JsonLines(Channels.newOutputStream(channel));
  }

  /** To a stream that stays open: each line is flushed, and closing leaves the stream alone. */
  public static JsonLines to(OutputStream out) {
    return new JsonLines(
        new FilterOutputStream(out) {
          @Override
          public void write(byte[] line) throws IOException {
            out.write(line);
            out.flush();
          }

          @Override
          public void close() throws IOException {
            out.flush();
          }
        });
  }

  private static FileAttribute<?>[] owner(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  public void append(Map<String, Object> object) throws IOException {
    write((JSON.writeValueAsString(object) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private synchronized void write(byte[] line) throws IOException {
    out.write(line);
  }

  @Override
  public synchronized void close() throws IOException {
    out.close();
  }
}
