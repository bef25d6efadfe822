package io.opsautomator.sqlite;

import io.opsautomator.store.StoreException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * Which store, and which commit of it. Both are in the first page of the database, in fields that
 * SQLite leaves to its users, so every commit brings them along and they can be read from the bytes
 * alone. Immutable.
 *
 * @param store a number that a store draws when it is made; 0 in those of versions that did not
 * @param commit counts on by one with every commit, and after the largest number begins anew
 */
record Place(int store, int commit) {
  private static final int COMMIT = 60;
  private static final int STORE = 68;

  /** From the first page. */
  static Place of(ByteBuffer page) {
    return new Place(page.getInt(STORE), page.getInt(COMMIT));
  }

  Place next() {
    return new Place(store, commit + 1);
  }

  /** By how many commits this is ahead of another place in the same store; negative if behind. */
  private int aheadOf(Place other) {
    return commit - other.commit;
  }

  private boolean elsewhere(Place other) {
    return store != 0 && other.store != 0 && store != other.store;
  }

  /**
   * This is what the database and its log have come to.
   *
   * @param answered where the mark says that the writer has been
   * @throws StoreException if that is another store, or further on
   */
  void requireReached(Place answered, Path file) {
    String accept =
        "; it was left as it is. To go on with what is here, remove " + Mark.beside(file);
    if (elsewhere(answered)) {
      throw new StoreException(
          file + " is not the store that was here: put that back, or another backup" + accept);
    }
    int missing = answered.aheadOf(this);
    if (missing > 0) {
      throw new StoreException(
          ("%s lacks the last %d commits that were answered: its log %s-wal was removed or cut, or"
                  + " the file is an older one. Put the newer ones back%s")
              .formatted(file, missing, file.getFileName(), accept));
    }
  }

  /**
   * This is the database without its log.
   *
   * @param log the first commit in the log
   * @throws StoreException if the log is another store's, or begins later than the database ends
   */
  void requireLog(Place log, Path file) {
    boolean gap = store != 0 && log.store != 0 && log.aheadOf(this) > 1;
    if (elsewhere(log) || gap) {
      throw new StoreException(
          ("%s-wal is not the log of %s: %s. Both were left as they are. Put back the one that"
                  + " belongs to the file; if the file was restored from a backup, remove the log")
              .formatted(
                  file,
                  file.getFileName(),
                  elsewhere(log) ? "it belongs to another store" : "what is between them is lost"));
    }
  }
}
