package io.opsautomator.sqlite;

import static io.opsautomator.sqlite.Bodies.sortable;

import io.opsautomator.store.RunRules;
import io.opsautomator.store.StoredTask;
import io.opsautomator.store.Tasks;
import io.opsautomator.store.Write;
import io.opsautomator.task.TaskName;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/** Tasks by name, indexed by their next firing. */
final class SqliteTasks implements Tasks {
  private static final Session.Row<StoredTask> TASK = Bodies.of(StoredTask.class);
  private static final String CLOCKED = "FROM task WHERE next IS NOT NULL";

  private final Database database;

  /** Those that follow any task, or did. */
  private final Set<TaskName> followers =
      new ConcurrentSkipListSet<>(Comparator.comparing(TaskName::value));

  private volatile boolean searched;

  SqliteTasks(Database database) {
    this.database = database;
  }

  @Override
  public Optional<StoredTask> find(TaskName name) {
    return database.read(session -> find(session, name));
  }

  @Override
  public List<StoredTask> all() {
    List<StoredTask> all =
        database.read(session -> session.all(TASK, "SELECT body FROM task ORDER BY name"));
    return all.stream().filter(task -> task.state() != StoredTask.State.DELETED).toList();
  }

  /**
   * Asked at the end of every run: the text of all tasks is searched once, and then only those are
   * read that may follow any. One process at a time writes to a file, so it knows of all.
   */
  @Override
  public List<StoredTask> following(TaskName task) {
    return database.read(
        session -> {
          List<StoredTask> following = new ArrayList<>();
          for (TaskName name : followers(session)) {
            find(session, name)
                .filter(each -> each.state() != StoredTask.State.DELETED)
                .filter(each -> each.follows().contains(task))
                .ifPresent(following::add);
          }
          return following;
        });
  }

  private Set<TaskName> followers(Session session) throws SQLException {
    if (!searched) {
      session
          .all(TASK, "SELECT body FROM task WHERE instr(body, 'after') > 0")
          .forEach(this::noteFollower);
      searched = true;
    }
    return followers;
  }

  private void noteFollower(StoredTask task) {
    if (!task.follows().isEmpty()) {
      followers.add(task.name());
    }
  }

  @Override
  public List<StoredTask> due(Instant upTo, int limit) {
    return database.read(
        session ->
            session.all(
                TASK,
                "SELECT body " + CLOCKED + " AND next <= ? ORDER BY next, name LIMIT ?",
                sortable(upTo),
                limit));
  }

  @Override
  public Optional<Instant> nextDue() {
    Optional<StoredTask> first =
        database.read(
            session ->
                session.first(TASK, "SELECT body " + CLOCKED + " ORDER BY next, name LIMIT 1"));
    return first.flatMap(task -> task.clock().next());
  }

  @Override
  public Write<StoredTask> put(StoredTask task, long expected) {
    noteFollower(task);
    return database.write(
        session -> {
          Write<StoredTask> write = RunRules.put(find(session, task.name()), task, expected);
          if (write instanceof Write.Applied<StoredTask> applied) {
            keep(session, applied.now());
          }
          return write;
        });
  }

  static Optional<StoredTask> find(Session session, TaskName name) throws SQLException {
    return session.first(TASK, "SELECT body FROM task WHERE name = ?", name.value());
  }

  static StoredTask keep(Session session, StoredTask task) throws SQLException {
    boolean enabled = task.state() == StoredTask.State.ENABLED;
    session.write(
        "INSERT INTO task (name, next, body) VALUES (?, ?, ?)"
            + " ON CONFLICT (name) DO UPDATE SET next = excluded.next, body = excluded.body",
        task.name().value(),
        sortable(task.clock().next().filter(next -> enabled)),
        Bodies.text(task));
    return task;
  }
}
