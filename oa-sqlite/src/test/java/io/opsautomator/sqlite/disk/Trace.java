package io.opsautomator.sqlite.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a process did to the files of a folder, in the order in which it was done. Immutable. */
public record Trace(List<Event> events) {
  private static final int HEAD = 16;

  public Trace {
    events = List.copyOf(events);
  }

  public enum Kind {
    CREATED,
    WRITTEN,
    CUT,
    FLUSHED,
    FOLDER_FLUSHED,
    REMOVED,
    NOTED
  }

  /**
   * @param file its name within the folder; empty for the folder and for notes
   * @param offset of what was written, or the new length
   */
  public record Event(Kind kind, String file, long offset, byte[] data) {
    /** Of notes. */
    public String text() {
      return new String(data, StandardCharsets.UTF_8);
    }

    boolean changes() {
      return kind != Kind.FLUSHED && kind != Kind.FOLDER_FLUSHED && kind != Kind.NOTED;
    }
  }

  /** Reads what {@link WatchedDisk#tracing} has recorded. */
  public static Trace read(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.nativeOrder());
    List<Event> events = new ArrayList<>();
    while (bytes.remaining() >= HEAD) {
      events.add(event(bytes));
    }
    return new Trace(events);
  }

  private static Event event(ByteBuffer bytes) {
    Kind kind = kind((char) bytes.get());
    byte[] name = new byte[Byte.toUnsignedInt(bytes.get())];
    bytes.getShort();
    byte[] data = new byte[bytes.getInt()];
    long offset = bytes.getLong();
    bytes.get(name).get(data);
    return new Event(kind, new String(name, StandardCharsets.UTF_8), offset, data);
  }

  private static Kind kind(char letter) {
    return switch (letter) {
      case 'C' -> Kind.CREATED;
      case 'W' -> Kind.WRITTEN;
      case 'T' -> Kind.CUT;
      case 'S' -> Kind.FLUSHED;
      case 'D' -> Kind.FOLDER_FLUSHED;
      case 'U' -> Kind.REMOVED;
      case 'N' -> Kind.NOTED;
      default -> throw new IllegalArgumentException("no kind of event: " + letter);
    };
  }

  /** How often something of this kind happened. */
  public long count(Kind kind) {
    return events.stream().filter(event -> event.kind() == kind).count();
  }
}
