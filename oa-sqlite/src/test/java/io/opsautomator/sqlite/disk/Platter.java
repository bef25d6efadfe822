package io.opsautomator.sqlite.disk;

import io.opsautomator.sqlite.disk.Trace.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a disk holds while a {@link Trace} is played to it, and what is left of that when the power
 * goes.
 *
 * <p>Certain is only what was flushed: the bytes of a file as of its last flush, and the names in
 * the folder as of the folder's last flush. Of everything later any part may have reached the disk
 * or not, in any order: each sector of each write by itself, so writes may be torn; each change of
 * a length; each name that came or went. Sectors are {@value #SECTOR} bytes and are whole.
 */
public final class Platter {
  static final int SECTOR = 512;

  private final Map<String, Content> current = new TreeMap<>();
  private Map<String, Content> certain = new TreeMap<>();

  /** How much of what was not flushed survives. */
  public enum Luck {
    NOTHING,
    SOME,
    /** As after the end of the process alone. */
    EVERYTHING
  }

  /** The content of a file, whatever its name. */
  private static final class Content {
    private final Bytes flushed = new Bytes(new byte[0], 0);
    private final List<Event> later = new ArrayList<>();

    void flush() {
      later.forEach(change -> flushed.change(change, () -> true));
      later.clear();
    }

    byte[] after(BooleanSupplier survives) {
      Bytes bytes = flushed.copy();
      later.forEach(change -> bytes.change(change, survives));
      return Arrays.copyOf(bytes.array, bytes.length);
    }
  }

  /** An array that grows; behind the length it is zero. */
  private static final class Bytes {
    private byte[] array;
    private int length;

    Bytes(byte[] array, int length) {
      this.array = array;
      this.length = length;
    }

    Bytes copy() {
      return new Bytes(Arrays.copyOf(array, length), length);
    }

    void change(Event change, BooleanSupplier survives) {
      if (change.kind() == Trace.Kind.WRITTEN) {
        write(change, survives);
      } else if (survives.getAsBoolean()) {
        cut((int) change.offset());
      }
    }

    private void write(Event change, BooleanSupplier survives) {
      int from = (int) change.offset();
      int end = from + change.data().length;
      int next;
      for (int at = from; at < end; at = next) {
        next = Math.min(end, (at / SECTOR + 1) * SECTOR);
        if (survives.getAsBoolean()) {
          reach(next);
          System.arraycopy(change.data(), at - from, array, at, next - at);
        }
      }
    }

    private void reach(int end) {
      if (end > array.length) {
        array = Arrays.copyOf(array, Math.max(end, array.length * 2));
      }
      length = Math.max(length, end);
    }

    private void cut(int end) {
      reach(end);
      Arrays.fill(array, end, length, (byte) 0);
      length = end;
    }
  }

  /** Holds the files of a folder, all flushed. */
  public static Platter of(Path folder) throws IOException {
    Platter platter = new Platter();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        platter.play(new Event(Trace.Kind.WRITTEN, name, 0, Files.readAllBytes(file)));
        platter.play(new Event(Trace.Kind.FLUSHED, name, 0, new byte[0]));
      }
    }
    platter.play(new Event(Trace.Kind.FOLDER_FLUSHED, "", 0, new byte[0]));
    return platter;
  }

  /** Does what the process did. */
  public void play(Event event) {
    switch (event.kind()) {
      case CREATED -> current.put(event.file(), new Content());
      case WRITTEN, CUT -> content(event).later.add(event);
      case FLUSHED -> content(event).flush();
      case FOLDER_FLUSHED -> certain = new TreeMap<>(current);
      case REMOVED -> current.remove(event.file());
      case NOTED -> {} // Not of this disk.
    }
  }

  private Content content(Event event) {
    return current.computeIfAbsent(event.file(), name -> new Content());
  }

  /** Puts what is left when the power goes now into a folder, which should be empty. */
  public void powerCut(Path folder, Luck luck, RandomGenerator random) throws IOException {
    BooleanSupplier survives =
        switch (luck) {
          case NOTHING -> () -> false;
          case SOME -> random::nextBoolean;
          case EVERYTHING -> () -> true;
        };
    for (Map.Entry<String, Content> file : names(survives).entrySet()) {
      Files.write(folder.resolve(file.getKey()), file.getValue().after(survives));
    }
  }

  private Map<String, Content> names(BooleanSupplier survives) {
    Map<String, Content> names = new HashMap<>();
    Set<String> all = new HashSet<>(certain.keySet());
    all.addAll(current.keySet());
    for (String name : all) {
      @Nullable Content now = current.get(name);
      @Nullable Content before = certain.get(name);
      @Nullable Content left = now == before || survives.getAsBoolean() ? now : before;
      if (left != null) {
        names.put(name, left);
      }
    }
    return names;
  }
}
