package io.opsautomator.sqlite;

import io.opsautomator.store.Budgets;
import io.opsautomator.store.Executions;
import io.opsautomator.store.Gates;
import io.opsautomator.store.Runs;
import io.opsautomator.store.Selections;
import io.opsautomator.store.Store;
import io.opsautomator.store.StoreException;
import io.opsautomator.store.Tasks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A store in one SQLite file, {@code store.db} in a folder of its own. What has been answered
 * survives the end of the process and of the power. One process writes, under a lock on the file
 * {@code lock} beside it; others may {@linkplain #readOnly look on}. Items are JSON in ordinary
 * tables, for anybody's tools to read.
 *
 * <p>Since only one process writes, opening the store is proof that none before it is at work: all
 * leases of earlier processes are over at once, and what they had begun can be taken over.
 *
 * <p>Writes of all threads are done by one thread and share flushes to the disk; a caller waits for
 * the flush that holds its write, and cannot be interrupted in that. Thread-safe. Everything throws
 * {@link StoreException} when the disk does not do what it should, with nothing half-applied, and
 * {@link IllegalStateException} after {@link #close}.
 */
public final class SqliteStore implements Store {
  private final Embedded database;
  private final SqliteTasks tasks;
  private final SqliteRuns runs;
  private final SqliteSelections selections;
  private final SqliteExecutions executions;
  private final SqliteGates gates;
  private final SqliteBudgets budgets;

  private SqliteStore(Embedded database) {
    this.database = database;
    this.tasks = new SqliteTasks(database);
    this.runs = new SqliteRuns(database);
    this.selections = new SqliteSelections(database);
    this.executions = new SqliteExecutions(database);
    this.gates = new SqliteGates(database);
    this.budgets = new SqliteBudgets(database);
  }

  /** As below, with {@link SqliteOptions#DEFAULTS}. */
  public static SqliteStore open(Path folder) {
    return open(folder, SqliteOptions.DEFAULTS);
  }

  /**
   * Opens the store in {@code folder} for reading and writing, and makes what is not there. A file
   * that an earlier version wrote is brought forward.
   *
   * @throws StoreException if another process has it open (the message says which), a later version
   *     wrote it, or it is damaged; it is left as it is
   */
  public static SqliteStore open(Path folder, SqliteOptions options) {
    return new SqliteStore(Embedded.open(folder, options, new Schema()));
  }

  /**
   * Opens the store in {@code folder} for looking on, beside a process that may be writing. Sees
   * what is committed; its writes throw {@link UnsupportedOperationException}.
   *
   * @throws StoreException if there is none, or one of another version
   */
  public static SqliteStore readOnly(Path folder) {
    if (!Files.isRegularFile(folder.resolve(Folder.FILE))) {
      throw new StoreException("no store in " + folder + ": it has no file " + Folder.FILE);
    }
    return new SqliteStore(Embedded.lookOn(folder.resolve(Folder.FILE), new Schema()));
  }

  /**
   * Whether some process, perhaps this one, has the store in {@code folder} open for writing at
   * this moment.
   *
   * @throws StoreException if the folder cannot be looked at
   */
  public static boolean isOpen(Path folder) {
    return Folder.isHeld(folder);
  }

  @Override
  public Tasks tasks() {
    return tasks;
  }

  @Override
  public Runs runs() {
    return runs;
  }

  @Override
  public Selections selections() {
    return selections;
  }

  @Override
  public Executions executions() {
    return executions;
  }

  @Override
  public Gates gates() {
    return gates;
  }

  @Override
  public Budgets budgets() {
    return budgets;
  }

  /**
   * Removes runs that ended before an instant, with all that belongs to them, in many small writes;
   * returns how many. Windows of budgets that ended before it go, too. A trigger that comes again
   * after its run was removed makes a new one, so keep them for longer than any event can be late;
   * 15 days is safe with every AWS service.
   */
  @Override
  public int purge(Instant endedBefore) {
    return new History(database).purge(endedBefore);
  }

  /** Reads the whole file and compares its parts; may take minutes when it is large. */
  public Check check() {
    return database.read(SqliteStore::check);
  }

  private static Check check(Session session) throws SQLException {
    List<String> faults =
        new ArrayList<>(session.all(row -> row.getString(1), "PRAGMA integrity_check"));
    faults.remove("ok");
    Map<String, Long> items = new LinkedHashMap<>();
    for (String table :
        List.of("task", "run", "slice", "page", "batch", "execution", "gate", "budget")) {
      items.put(
          table, session.first(row -> row.getLong(1), "SELECT count(*) FROM " + table).orElse(0L));
    }
    return new Check(faults, items);
  }

  @Override
  public void close() {
    database.close();
  }

  /**
   * What a check has found. Immutable.
   *
   * @param faults in SQLite's words; empty when all is well
   * @param items how many of each kind are stored
   */
  public record Check(List<String> faults, Map<String, Long> items) {
    public Check {
      faults = List.copyOf(faults);
      items = Map.copyOf(items);
    }
  }
}
