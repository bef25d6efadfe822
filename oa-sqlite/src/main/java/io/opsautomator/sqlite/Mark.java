package io.opsautomator.sqlite;

import io.opsautomator.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far the writer had come, in the file {@code store.mark} beside the database: which store it
 * is, and the number of a commit that was answered. So a file that was put here instead, and a log
 * that was cut or removed, are noticed.
 *
 * <p>It is written after each commit and never flushed, which costs next to nothing: after the end
 * of the power it may be older than the store, never newer. For the same reason it does not matter
 * when it cannot be written.
 */
final class Mark implements AutoCloseable {
  static final String FILE = "store.mark";

  private static final Pattern TEXT = Pattern.compile("store ([0-9a-f]{8}) commit ([0-9a-f]{8})\n");

  private static final int TRIES = 10;

  private final FileChannel channel;

  private Mark(FileChannel channel) {
    this.channel = channel;
  }

  static Path beside(Path database) {
    return database.resolveSibling(FILE);
  }

  /** Empty when there is none, or one that was not finished. */
  static Optional<Place> read(Path database) {
    Path file = beside(database);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      Matcher text = TEXT.matcher(settled(file));
      return text.lookingAt()
          ? Optional.of(new Place(number(text.group(1)), number(text.group(2))))
          : Optional.empty();
    } catch (IOException e) {
      throw new StoreException("cannot read " + file + ": " + e, e);
    }
  }

  /** The same twice: a writer may be in the middle of it. */
  private static String settled(Path file) throws IOException {
    String before = "";
    for (int i = 0; i < TRIES; i++) {
      String now = Files.readString(file, StandardCharsets.ISO_8859_1);
      if (now.equals(before)) {
        return now;
      }
      before = now;
    }
    return "";
  }

  private static int number(String hex) {
    return Integer.parseUnsignedInt(hex, 16);
  }

  /** Goes on with the one that is there, or makes one. */
  static Mark open(Path database) throws IOException {
    Path file = Folder.createIfMissing(beside(database));
    return new Mark(FileChannel.open(file, StandardOpenOption.WRITE));
  }

  void put(Place place) {
    String text =
        String.format(Locale.ROOT, "store %08x commit %08x\n", place.store(), place.commit());
    try {
      channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)), 0);
    } catch (IOException e) {
      // An older mark is as true as a newer one; it only tells less.
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new StoreException("cannot close the mark beside a store: " + e, e);
    }
  }
}
