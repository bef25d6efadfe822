package io.opsautomator.sqlite;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/**
 * Removes old runs with all that belongs to them, in small steps, so that others' writes get
 * through. The run itself goes last: a purge that was cut short goes on with the next one.
 */
final class History {
  private static final int STEP = 1000;
  private static final Session.Row<String> TEXT = row -> row.getString(1);

  private final Database database;

  History(Database database) {
    this.database = database;
  }

  int purge(Instant endedBefore) {
    int runs = 0;
    Optional<String> run = oldest(endedBefore);
    while (run.isPresent()) {
      remove(run.get());
      runs++;
      run = oldest(endedBefore);
    }
    return runs;
  }

  private Optional<String> oldest(Instant endedBefore) {
    return database.read(
        session ->
            session.first(
                TEXT,
                "SELECT id FROM run WHERE ended < ? ORDER BY ended LIMIT 1",
                Bodies.sortable(endedBefore)));
  }

  private void remove(String run) {
    for (String table : new String[] {"execution", "page", "batch", "slice"}) {
      boolean more = true;
      while (more) {
        more = database.write(session -> step(session, table, run));
      }
    }
    database.write(session -> session.write("DELETE FROM run WHERE id = ?", run));
  }

  private static boolean step(Session session, String table, String run) throws SQLException {
    String some = "SELECT rowid FROM " + table + " WHERE run = ? LIMIT " + STEP;
    return session.write("DELETE FROM " + table + " WHERE rowid IN (" + some + ")", run) == STEP;
  }
}
