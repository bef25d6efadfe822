package io.opsautomator.testkit.internal;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every call in order, and what it changed: JSON lines. With a file, a line has been handed to the
 * operating system before its call answers, so it outlives the death of this process (though not of
 * the machine). A last line that was cut short belongs to a call that nobody got an answer to, and
 * is dropped when the file is opened again.
 *
 * <p>Not thread-safe: the {@link Gateway} lets in one call at a time.
 */
public final class Ledger implements AutoCloseable {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addModule(
              new SimpleModule()
                  .addSerializer(Instant.class, ToStringSerializer.instance)
                  .addDeserializer(Instant.class, new InstantReader()))
          .build();

  private final List<LoggedCall> calls = new ArrayList<>();
  private @Nullable FileChannel file;

  /** {@code ids} is how many ids the estate has made up so far. */
  public record Line(LoggedCall call, List<Change> changes, long ids) {}

  private static final class InstantReader extends StdDeserializer<Instant> {
    private static final long serialVersionUID = 1L;

    InstantReader() {
      super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      return Instant.parse(parser.getText());
    }
  }

  void add(Line line) {
    write(line);
    remember(line.call());
  }

  private void remember(LoggedCall call) {
    if (!call.operation().equals(LoggedCall.SETUP)) {
      calls.add(call);
    }
  }

  List<LoggedCall> calls() {
    return List.copyOf(calls);
  }

  private void write(Line line) {
    FileChannel channel = file;
    if (channel == null) {
      return;
    }
    try {
      ByteBuffer bytes =
          ByteBuffer.wrap((JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the estate's ledger cannot be written", e);
    }
  }

  /** From now on to this file, which must not exist yet; {@code first} is what there is so far. */
  void createFile(Path path, Line first) {
    append(path, StandardOpenOption.CREATE_NEW);
    write(first);
  }

  /** Reads the file's lines, remembers their calls, and goes on writing behind them. */
  List<Line> openFile(Path path) {
    List<Line> lines = read(path);
    lines.forEach(line -> remember(line.call()));
    append(path, StandardOpenOption.WRITE);
    return lines;
  }

  private void append(Path path, StandardOpenOption way) {
    if (file != null) {
      throw new IllegalStateException("the estate has a ledger file already");
    }
    try {
      file = FileChannel.open(path, way, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot open the estate's ledger " + path, e);
    }
  }

  private static List<Line> read(Path path) {
    try {
      byte[] bytes = Files.readAllBytes(path);
      int end = wholeLines(bytes);
      if (end < bytes.length) {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
          channel.truncate(end);
        }
      }
      return parse(path, new String(bytes, 0, end, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the estate's ledger " + path, e);
    }
  }

  private static int wholeLines(byte[] bytes) {
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] != '\n') {
      end--;
    }
    return end;
  }

  private static List<Line> parse(Path path, String text) {
    List<Line> lines = new ArrayList<>();
    for (String line : text.lines().toList()) {
      try {
        lines.add(JSON.readValue(line, Line.class));
      } catch (JsonProcessingException e) {
        throw new IllegalArgumentException(
            path + " line " + (lines.size() + 1) + " is not a line of an estate's ledger", e);
      }
    }
    return lines;
  }

  @Override
  public void close() {
    if (file != null) {
      try {
        file.close();
      } catch (IOException e) {
        throw new UncheckedIOException("the estate's ledger cannot be closed", e);
      }
    }
  }
}
