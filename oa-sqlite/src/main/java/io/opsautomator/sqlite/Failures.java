package io.opsautomator.sqlite;

import io.opsautomator.store.StoreException;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;

/** What went wrong, and what a person can do about it. */
final class Failures {
  private static final String DAMAGED =
      "'oa store check' tells what is damaged; restore a backup, and keep this one";

  private Failures() {}

  /**
   * @param what could not be done, such as {@code cannot write to /x/store.db}
   */
  static StoreException of(String what, SQLException e) {
    String remedy = remedy(e);
    return new StoreException(
        what + ": " + e.getMessage() + (remedy.isEmpty() ? "" : "; " + remedy), e);
  }

  /** Nothing can look into a file that cannot be opened. */
  static StoreException opening(String file, SQLException e) {
    String what =
        isForeign(e)
            ? file + " is not an SQLite database, or damaged"
            : isDamage(e) ? file + " is damaged" : "cannot open " + file;
    String remedy = isDamage(e) ? "restore a backup, and keep this one" : remedy(e);
    return new StoreException(
        what
            + "; it was left as it is: "
            + e.getMessage()
            + (remedy.isEmpty() ? "" : "; " + remedy),
        e);
  }

  /** What was read is not what was written. */
  static StoreException damaged(String what, StoreException e) {
    return new StoreException(what + ": " + e.getMessage() + "; " + DAMAGED, e);
  }

  private static boolean isDamage(SQLException e) {
    return is(e, SQLiteErrorCode.SQLITE_CORRUPT) || isForeign(e);
  }

  private static boolean isForeign(SQLException e) {
    return is(e, SQLiteErrorCode.SQLITE_NOTADB);
  }

  private static String remedy(SQLException e) {
    if (isDamage(e)) {
      return DAMAGED;
    }
    if (is(e, SQLiteErrorCode.SQLITE_FULL)) {
      return "nothing of it was written: make room on the disk, then it goes on by itself";
    }
    if (is(e, SQLiteErrorCode.SQLITE_IOERR)) {
      return "the disk is full or fails: make room on it, and look at what the system says of it";
    }
    boolean forbidden =
        is(e, SQLiteErrorCode.SQLITE_READONLY)
            || is(e, SQLiteErrorCode.SQLITE_CANTOPEN)
            || is(e, SQLiteErrorCode.SQLITE_PERM);
    return forbidden ? "who runs this must own the folder and be able to write to it" : "";
  }

  /** The lowest byte is the kind, those above it tell more. */
  private static boolean is(SQLException e, SQLiteErrorCode kind) {
    return (e.getErrorCode() & 0xff) == kind.code;
  }
}
