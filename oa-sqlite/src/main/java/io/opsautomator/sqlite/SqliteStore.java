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
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A store in one SQLite file, {@code store.db} in a folder of its own. What has been answered
 * survives the end of the process and of the power; what is read is what was written, or an
 * exception; and a file that is not what was left here, or lacks what was answered, is refused and
 * left as it is. One process writes, under a lock on the file {@code lock} beside it; others may
 * {@linkplain #readOnly look on}. Items are JSON in ordinary tables, for anybody's tools to read.
 *
 * <p>Since only one process writes, opening the store is proof that none before it is at work: all
 * leases of earlier processes are over at once, and what they had begun can be taken over.
 *
 * <p>Writes of all threads are done by one thread and share flushes to the disk; a caller waits for
 * the flush that holds its write, and cannot be interrupted in that. Thread-safe. Everything throws
 * {@link StoreException} when the disk is full or does not do what it should, with nothing
 * half-applied and with words for what to do, and {@link IllegalStateException} after {@link
 * #close}.
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
    Wholeness.require(folder.resolve(Folder.FILE));
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

  @Override
  public <T> Optional<T> together(Supplier<T> writes) {
    return Optional.of(database.together(writes));
  }

  /**
   * Removes runs that ended before an instant, with all that belongs to them, in many small writes;
   * returns how many. Windows of budgets that ended before it go, too. A trigger that comes again
   * after its run was removed makes a new one, so keep them for longer than any event can be late;
   * 15 days is safe with every AWS service.
   */
  @Override
  public int purge(Instant endedBefore, int atMost) {
    return new History(database).purge(endedBefore, atMost);
  }

  /** How many runs {@link #purge} would remove. */
  public long purgeable(Instant endedBefore) {
    return database.read(session -> History.purgeable(session, endedBefore));
  }

  /** As below, without looking at leases. */
  public Check check() {
    return check(Instant.MIN);
  }

  /**
   * Reads the whole file and holds its parts against each other; may take minutes when it is large.
   * What is damaged is in the result, and not thrown.
   *
   * @param now leases that end before it count as over
   */
  public Check check(Instant now) {
    return database.read(session -> Inspection.of(session, now));
  }

  /**
   * Hands out everything that is stored, as of one moment, with the secrets that are in it. Items
   * come by kind, then by key, one at a time; {@code to} must not use this store.
   */
  public void export(Consumer<Item> to) {
    database.read(
        session -> {
          Items.all(session, to);
          return true;
        });
  }

  @Override
  public void close() {
    database.close();
  }

  /**
   * What a check has found, in words for an operator. Immutable.
   *
   * @param schema the version of the tables
   * @param items how many of each kind are stored
   * @param faults what is damaged: a backup has to be restored
   * @param stray what refers to something that is missing or over, and will not be mended
   * @param pending what the next engine that works on the store will mend, such as the work of one
   *     that was killed
   */
  public record Check(
      int schema,
      Map<String, Long> items,
      List<String> faults,
      List<String> stray,
      List<String> pending) {
    public Check {
      items = Collections.unmodifiableMap(new LinkedHashMap<>(items));
      faults = List.copyOf(faults);
      stray = List.copyOf(stray);
      pending = List.copyOf(pending);
    }
  }

  /**
   * One thing that is stored. Immutable.
   *
   * @param kind task, run, slice, page, batch, execution, gate, waiting or budget
   * @param key what it is found by, in order
   * @param json as {@link io.opsautomator.store.StoreCodec} writes it; empty when it is damaged
   */
  public record Item(String kind, Map<String, String> key, Optional<String> json) {
    public Item {
      key = Collections.unmodifiableMap(new LinkedHashMap<>(key));
    }
  }
}
