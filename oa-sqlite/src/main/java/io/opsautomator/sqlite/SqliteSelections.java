package io.opsautomator.sqlite;

import io.opsautomator.resource.Scope;
import io.opsautomator.store.Batch;
import io.opsautomator.store.BatchId;
import io.opsautomator.store.Page;
import io.opsautomator.store.SelectionRules;
import io.opsautomator.store.Selections;
import io.opsautomator.store.Slice;
import io.opsautomator.store.Write;
import io.opsautomator.task.RunId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Slices, pages and batches of runs. */
final class SqliteSelections implements Selections {
  private static final Session.Row<Page> PAGE = Bodies.of(Page.class);
  private static final Session.Row<Batch> BATCH = Bodies.of(Batch.class);

  private final Database database;

  private record BatchKey(RunId run, BatchId batch) {}

  SqliteSelections(Database database) {
    this.database = database;
  }

  @Override
  public List<Slice> fanOut(RunId run, List<Scope> scopes) {
    List<Scope> wanted = List.copyOf(scopes);
    return database.write(
        session -> {
          for (Scope scope : wanted) {
            session.write(
                "INSERT INTO slice (run, scope, process, body) VALUES (?, ?, ?, ?)"
                    + " ON CONFLICT DO NOTHING",
                run.value(),
                scope.key(),
                session.process(),
                Bodies.text(Slice.listing(scope)));
          }
          return slices(session, run);
        });
  }

  @Override
  public Write<Slice> claim(RunId run, Scope scope, Claimant by) {
    return write(run, scope, stored -> SelectionRules.claim(stored, by));
  }

  @Override
  public Write<Slice> end(RunId run, Scope scope, long epoch, Slice.End end) {
    return write(run, scope, stored -> SelectionRules.end(stored, epoch, end));
  }

  private Write<Slice> write(RunId run, Scope scope, Function<Slice, Write<Slice>> rule) {
    return database.write(
        session -> {
          Optional<Slice> stored = slice(session, run, scope);
          if (stored.isEmpty()) {
            return new Write.Absent<>();
          }
          Write<Slice> write = rule.apply(stored.get());
          if (write instanceof Write.Applied<Slice> applied) {
            keep(session, run, applied.now());
          }
          return write;
        });
  }

  private static void keep(Session session, RunId run, Slice slice) throws SQLException {
    session.write(
        "UPDATE slice SET process = ?, body = ? WHERE run = ? AND scope = ?",
        session.process(),
        Bodies.text(slice),
        run.value(),
        slice.scope().key());
  }

  @Override
  public Write<Page> append(RunId run, Page page) {
    return database.write(
        session -> {
          String scope = page.slice().key();
          Optional<Page> there =
              session.first(
                  PAGE,
                  "SELECT body FROM page WHERE run = ? AND scope = ? AND number = ?",
                  run.value(),
                  scope,
                  page.number());
          if (there.isPresent()) {
            return new Write.Refused<>(there.get());
          }
          if (slice(session, run, page.slice()).flatMap(Slice::end).isPresent()) {
            return new Write.Absent<>();
          }
          requireNext(session, run, page);
          session.write(
              "INSERT INTO page (run, scope, number, body) VALUES (?, ?, ?, ?)",
              run.value(),
              scope,
              page.number(),
              Bodies.text(page));
          return new Write.Applied<>(page);
        });
  }

  private static void requireNext(Session session, RunId run, Page page) throws SQLException {
    int size =
        session
            .first(
                row -> row.getInt(1),
                "SELECT coalesce(max(number) + 1, 0) FROM page WHERE run = ? AND scope = ?",
                run.value(),
                page.slice().key())
            .orElse(0);
    if (page.number() != size) {
      throw new IllegalArgumentException(
          "page %d of %s comes before page %d".formatted(page.number(), page.slice().key(), size));
    }
  }

  @Override
  public Write<Batch> dispatched(RunId run, Batch batch) {
    return database.write(
        session -> {
          int added =
              session.write(
                  "INSERT INTO batch (run, grouping, number, open, last, body)"
                      + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                  run.value(),
                  batch.id().group(),
                  batch.id().number(),
                  batch.full() ? 0 : 1,
                  batch.last() ? 1 : 0,
                  Bodies.text(batch));
          return added == 1
              ? new Write.Applied<>(batch)
              : new Write.Refused<>(find(session, run, batch.id()).orElseThrow());
        });
  }

  @Override
  public Tally ended(RunId run, BatchId id, int drive, Ends ends) {
    return database.write(
        session -> {
          Optional<Batch> stored = find(session, run, id);
          if (stored.isEmpty()) {
            return new Tally(false, false);
          }
          Batch batch = SelectionRules.ended(stored.get(), drive, ends);
          if (!batch.equals(stored.get())) {
            keep(session, run, batch);
          }
          return new Tally(batch.full(), batch.full() && groupFull(session, run, id.group()));
        });
  }

  @Override
  public Batch reopen(RunId run, BatchId id, int drive) {
    return database.write(
        session -> {
          Batch stored = find(session, run, id).orElseThrow(() -> SelectionRules.noBatch(run, id));
          Batch batch = SelectionRules.reopened(stored, drive);
          if (!batch.equals(stored)) {
            keep(session, run, batch);
          }
          return batch;
        });
  }

  private static void keep(Session session, RunId run, Batch batch) throws SQLException {
    session.keep(
        new BatchKey(run, batch.id()),
        batch,
        () ->
            session.write(
                "UPDATE batch SET open = ?, body = ? WHERE run = ? AND grouping = ? AND number = ?",
                batch.full() ? 0 : 1,
                Bodies.text(batch),
                run.value(),
                batch.id().group(),
                batch.id().number()));
  }

  /** Two looks into partial indexes, however many batches the group has. */
  private static boolean groupFull(Session session, RunId run, String group) throws SQLException {
    session.settle();
    return session.exists(
            "SELECT 1 FROM batch WHERE run = ? AND grouping = ? AND last = 1 LIMIT 1",
            run.value(),
            group)
        && !session.exists(
            "SELECT 1 FROM batch WHERE run = ? AND grouping = ? AND open = 1 LIMIT 1",
            run.value(),
            group);
  }

  @Override
  public List<Slice> slices(RunId run) {
    return database.read(session -> slices(session, run));
  }

  @Override
  public List<Page> pages(RunId run, Scope scope, int from, int limit) {
    return database.read(
        session ->
            session.all(
                PAGE,
                "SELECT body FROM page WHERE run = ? AND scope = ? AND number >= ?"
                    + " ORDER BY number LIMIT ?",
                run.value(),
                scope.key(),
                from,
                limit));
  }

  @Override
  public List<Batch> batches(RunId run) {
    return database.read(
        session ->
            session.all(
                BATCH,
                "SELECT body FROM batch WHERE run = ? ORDER BY grouping, number",
                run.value()));
  }

  @Override
  public Optional<Slice> slice(RunId run, Scope scope) {
    return database.read(session -> slice(session, run, scope));
  }

  @Override
  public List<Batch> batches(RunId run, Optional<BatchId> after, int limit) {
    return database.read(
        session ->
            session.all(
                BATCH,
                "SELECT body FROM batch WHERE run = ? AND (grouping, number) > (?, ?)"
                    + " ORDER BY grouping, number LIMIT ?",
                run.value(),
                after.map(BatchId::group).orElse(""),
                after.map(BatchId::number).orElse(-1),
                limit));
  }

  @Override
  public boolean anyOpen(RunId run) {
    return database.read(
        session ->
            session.exists("SELECT 1 FROM batch WHERE run = ? AND open = 1 LIMIT 1", run.value()));
  }

  @Override
  public Set<String> wholeGroups(RunId run) {
    return database.read(
        session ->
            Set.copyOf(
                session.all(
                    row -> row.getString(1),
                    "SELECT DISTINCT grouping FROM batch WHERE run = ? AND last = 1",
                    run.value())));
  }

  private static Optional<Batch> find(Session session, RunId run, BatchId id) throws SQLException {
    return session.recall(
        Batch.class,
        new BatchKey(run, id),
        within ->
            within.first(
                BATCH,
                "SELECT body FROM batch WHERE run = ? AND grouping = ? AND number = ?",
                run.value(),
                id.group(),
                id.number()));
  }

  private static Optional<Slice> slice(Session session, RunId run, Scope scope)
      throws SQLException {
    return session.first(
        slice(session),
        "SELECT body, process FROM slice WHERE run = ? AND scope = ?",
        run.value(),
        scope.key());
  }

  /** In the order in which they were fanned out. */
  private static List<Slice> slices(Session session, RunId run) throws SQLException {
    return session.all(
        slice(session),
        "SELECT body, process FROM slice WHERE run = ? ORDER BY rowid",
        run.value());
  }

  private static Session.Row<Slice> slice(Session session) {
    return (ResultSet row) -> Leases.slice(session, row.getString(1), row.getLong(2));
  }
}
