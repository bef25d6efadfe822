package io.opsautomator.sqlite;

import io.opsautomator.store.Execution;
import io.opsautomator.store.ExecutionRules;
import io.opsautomator.store.Executions;
import io.opsautomator.store.Write;
import io.opsautomator.task.ExecutionId;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Executions by id. */
final class SqliteExecutions implements Executions {
  /** Characters of what an execution works on. */
  private static final int SMALL = 2_000;

  private final Database database;

  SqliteExecutions(Database database) {
    this.database = database;
  }

  @Override
  public List<Write<Execution>> create(List<Execution> fresh) {
    List<Execution> executions = List.copyOf(fresh);
    return database.write(
        session -> {
          List<Write<Execution>> writes = new ArrayList<>();
          for (Execution execution : executions) {
            writes.add(create(session, execution));
          }
          return writes;
        });
  }

  private static Write<Execution> create(Session session, Execution fresh) throws SQLException {
    int added =
        session.write(
            "INSERT INTO execution (id, run, status, process, body)"
                + " VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
            fresh.id().value(),
            fresh.origin().run().value(),
            fresh.status().name(),
            session.process(),
            Bodies.text(fresh));
    if (added == 1) {
      shelve(session, fresh);
    }
    return added == 1
        ? new Write.Applied<>(fresh)
        : new Write.Refused<>(find(session, fresh.id()).orElseThrow());
  }

  @Override
  public Write<Execution> claim(Claim claim) {
    return write(claim.id(), stored -> ExecutionRules.claim(stored, claim));
  }

  @Override
  public Write<Execution> advance(ExecutionId id, long epoch, Move move) {
    return write(id, stored -> ExecutionRules.advance(stored, epoch, move));
  }

  @Override
  public Write<Execution> cancel(ExecutionId id, Execution.Cancel cancel, boolean force) {
    return write(id, stored -> ExecutionRules.cancel(stored, cancel, force));
  }

  @Override
  public Write<Execution> drop(ExecutionId id, String why) {
    return write(id, stored -> ExecutionRules.drop(stored, why));
  }

  @Override
  public Write<Execution> redrive(ExecutionId id, int drive, boolean uncertainToo) {
    return write(id, stored -> ExecutionRules.redrive(stored, drive, uncertainToo));
  }

  @Override
  public List<Execution> find(Collection<ExecutionId> ids) {
    List<ExecutionId> wanted = List.copyOf(ids);
    return database.read(
        session -> {
          List<Execution> found = new ArrayList<>();
          for (ExecutionId id : wanted) {
            find(session, id).ifPresent(found::add);
          }
          return found;
        });
  }

  private Write<Execution> write(ExecutionId id, Function<Execution, Write<Execution>> rule) {
    return database.write(
        session -> {
          Optional<Execution> stored = find(session, id);
          if (stored.isEmpty()) {
            return new Write.Absent<>();
          }
          Write<Execution> write = rule.apply(stored.get());
          if (write instanceof Write.Applied<Execution> applied) {
            keep(session, applied.now());
          }
          return write;
        });
  }

  private static Optional<Execution> find(Session session, ExecutionId id) throws SQLException {
    return session.recall(Execution.class, id, within -> load(within, id));
  }

  private static Optional<Execution> load(Session session, ExecutionId id) throws SQLException {
    return session.first(
        row -> Leases.execution(session, row.getString(1), row.getLong(2)),
        "SELECT body, process FROM execution WHERE id = ?",
        id.value());
  }

  private static void keep(Session session, Execution execution) throws SQLException {
    session.write(
        "UPDATE execution SET status = ?, process = ?, body = ? WHERE id = ?",
        execution.status().name(),
        session.process(),
        Bodies.text(execution),
        execution.id().value());
    shelve(session, execution);
  }

  /** Thousands are kept at hand, so it is only small ones. */
  private static void shelve(Session session, Execution execution) {
    if (execution.status().ended() || execution.origin().payload().length() > SMALL) {
      session.putAway(execution.id());
    } else {
      session.written(execution.id(), execution);
    }
  }
}
