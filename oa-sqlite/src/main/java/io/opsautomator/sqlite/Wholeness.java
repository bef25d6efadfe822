package io.opsautomator.sqlite;

import io.opsautomator.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Whether the files of a store belong together, told from their bytes before SQLite touches them:
 * SQLite would take an empty file for a new database, and any log that lies beside a database for
 * its own.
 *
 * <p>May be asked while another process writes: mark and log are read before the database, which by
 * then has come at least as far.
 */
final class Wholeness {
  private static final byte[] TITLE = "SQLite format 3\0".getBytes(StandardCharsets.ISO_8859_1);
  private static final int HEADER = 100;

  private Wholeness() {}

  /**
   * @return where the mark says that the writer has been; empty if nothing is known of that
   * @throws StoreException if there was a store and is none, or its log is not its own
   */
  static Optional<Place> require(Path database) {
    try {
      Optional<Place> answered = Mark.read(database);
      Path log = log(database);
      boolean logged = Files.exists(log) && Files.size(log) > 0;
      Optional<Place> first = logged ? LogHead.read(log) : Optional.empty();
      boolean empty = !Files.exists(database) || Files.size(database) == 0;
      if (empty && (logged || answered.isPresent())) {
        throw gone(database, answered.isPresent() ? Mark.beside(database) : log);
      }
      if (first.isPresent()) {
        header(database).ifPresent(place -> place.requireLog(first.get(), database));
      }
      return answered;
    } catch (IOException e) {
      throw new StoreException("cannot open " + database + ": " + e, e);
    }
  }

  private static Path log(Path database) {
    return database.resolveSibling(database.getFileName() + "-wal");
  }

  private static StoreException gone(Path database, Path trace) {
    String what = Files.exists(database) ? " is empty" : " is missing";
    return new StoreException(
        database
            + what
            + ", though there was a store: restore it from a backup. To begin anew, remove "
            + trace);
  }

  private static Optional<Place> header(Path database) throws IOException {
    try (InputStream in = Files.newInputStream(database)) {
      byte[] bytes = in.readNBytes(HEADER);
      return bytes.length == HEADER && Arrays.equals(TITLE, Arrays.copyOf(bytes, TITLE.length))
          ? Optional.of(Place.of(ByteBuffer.wrap(bytes)))
          : Optional.empty();
    }
  }
}
