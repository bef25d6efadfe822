package io.opsautomator.sqlite;

import io.opsautomator.store.GateKey;
import io.opsautomator.task.RunId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/**
 * Removes old runs with all that belongs to them, in steps of bounded size, so that others' writes
 * get through. The run itself goes last: a purge that was cut short goes on with the next one. From
 * the first step on it counts as {@link #GOING}, so that nobody drives again what is half gone.
 */
final class History {
  /** Instead of when it ended; sorts before every instant. */
  static final String GOING = "";

  private static final int STEP = 1000;
  private static final Session.Row<String> TEXT = row -> row.getString(1);

  private final Database database;

  History(Database database) {
    this.database = database;
  }

  private record Progress(int runs, boolean more) {}

  int purge(Instant endedBefore, int atMost) {
    String before = Bodies.sortable(endedBefore);
    database.write(session -> session.write("DELETE FROM budget WHERE ends < ?", before));
    int runs = 0;
    Progress progress = new Progress(0, true);
    while (progress.more() && runs < atMost) {
      int most = atMost - runs;
      progress = database.write(session -> step(session, before, most));
      runs += progress.runs();
    }
    return runs;
  }

  static long purgeable(Session session, Instant endedBefore) throws SQLException {
    return session
        .first(
            row -> row.getLong(1),
            "SELECT count(*) FROM run WHERE ended < ?",
            Bodies.sortable(endedBefore))
        .orElse(0L);
  }

  private static Progress step(Session session, String before, int most) throws SQLException {
    session.emptyShelf();
    int left = STEP;
    int runs = 0;
    Optional<String> run = oldest(session, before);
    while (run.isPresent() && left > 0 && runs < most) {
      left -= clear(session, run.get(), left);
      if (left > 0) {
        left -= session.write("DELETE FROM run WHERE id = ?", run.get());
        runs++;
        run = oldest(session, before);
      } else {
        session.write("UPDATE run SET ended = ? WHERE id = ?", GOING, run.get());
      }
    }
    return new Progress(runs, run.isPresent());
  }

  private static Optional<String> oldest(Session session, String before) throws SQLException {
    return session.first(TEXT, "SELECT id FROM run WHERE ended < ? ORDER BY ended LIMIT 1", before);
  }

  /** Returns how many rows went; less than {@code most} when none is left. */
  private static int clear(Session session, String run, int most) throws SQLException {
    int gone = 0;
    for (String table : new String[] {"execution", "page", "batch", "slice"}) {
      String some = "SELECT rowid FROM " + table + " WHERE run = ? LIMIT ?";
      gone +=
          session.write(
              "DELETE FROM " + table + " WHERE rowid IN (" + some + ")", run, most - gone);
    }
    return gone < most ? gone + clearGates(session, run, most - gone) : gone;
  }

  /** The run had a gate for each of its drives, and for each account and region, at most. */
  private static int clearGates(Session session, String run, int most) throws SQLException {
    String from = GateKey.ofRuns(new RunId(run));
    String to = from + "~";
    int gone =
        session.write(
            "DELETE FROM waiting WHERE (gate, age, place) IN"
                + " (SELECT gate, age, place FROM waiting WHERE gate > ? AND gate < ? LIMIT ?)",
            from,
            to,
            most);
    return gone < most
        ? gone
            + session.write(
                "DELETE FROM gate WHERE key IN"
                    + " (SELECT key FROM gate WHERE key > ? AND key < ? LIMIT ?)",
                from,
                to,
                most - gone)
        : gone;
  }
}
