package io.opsautomator.sqlite;

import io.opsautomator.store.Gate;
import io.opsautomator.store.GateKey;
import io.opsautomator.store.GateRules;
import io.opsautomator.store.Gates;
import io.opsautomator.store.Grant;
import io.opsautomator.store.Terms;
import io.opsautomator.store.Ticket;
import io.opsautomator.store.Write;
import io.opsautomator.task.ExecutionId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Gates, each with a queue of its own. */
final class SqliteGates implements Gates {
  private static final Session.Row<Gate> GATE = Bodies.of(Gate.class);

  private final Database database;

  SqliteGates(Database database) {
    this.database = database;
  }

  /** A ticket in the queue. */
  private record Waiting(String age, int place, Ticket ticket) {
    static Waiting read(ResultSet row) throws SQLException {
      Ticket ticket = new Ticket(new ExecutionId(row.getString(3)), row.getInt(4));
      return new Waiting(row.getString(1), row.getInt(2), ticket);
    }
  }

  @Override
  public Gate enqueue(
      GateKey key, Limit limit, Optional<Terms> terms, String order, List<Ticket> tickets) {
    List<Ticket> fresh = List.copyOf(tickets);
    return database.write(
        session -> {
          Gate gate = GateRules.limited(find(session, key), key, limit, terms);
          for (int i = 0; i < fresh.size(); i++) {
            add(session, key, new Waiting(order, i, fresh.get(i)));
          }
          return keep(session, GateRules.waiting(gate, !head(session, key, 1).isEmpty()));
        });
  }

  @Override
  public HandOver handOver(Grant grant, boolean failed) {
    return database.write(
        session -> {
          Gate gate = require(session, grant.gate());
          List<Waiting> head = head(session, grant.gate(), 2);
          Optional<Ticket> next = head.stream().findFirst().map(Waiting::ticket);
          HandOver done = GateRules.handOver(gate, grant, failed, next, head.size() > 1);
          if (done instanceof HandOver.Next) {
            remove(session, grant.gate(), head.get(0));
          }
          if (!(done instanceof HandOver.Stale)) {
            keep(session, done.now());
          }
          return done;
        });
  }

  @Override
  public Filled fill(GateKey key) {
    return database.write(
        session -> {
          Gate gate = require(session, key);
          int room = GateRules.room(gate);
          List<Waiting> head = head(session, key, room + 1);
          List<Waiting> next = head.subList(0, Math.min(room, head.size()));
          for (Waiting waiting : next) {
            remove(session, key, waiting);
          }
          Filled filled =
              GateRules.fill(
                  gate, next.stream().map(Waiting::ticket).toList(), head.size() > next.size());
          if (!filled.now().equals(gate)) {
            keep(session, filled.now());
          }
          return filled;
        });
  }

  @Override
  public Write<Gate> retune(GateKey key, Terms expected, Terms next) {
    return database.write(
        session -> {
          Optional<Gate> stored = find(session, key);
          if (stored.isEmpty()) {
            return new Write.Absent<>();
          }
          Write<Gate> write = GateRules.retune(stored.get(), expected, next);
          if (write instanceof Write.Applied<Gate> applied) {
            keep(session, applied.now());
          }
          return write;
        });
  }

  @Override
  public Optional<Gate> find(GateKey key) {
    return database.read(session -> find(session, key));
  }

  private static Gate require(Session session, GateKey key) throws SQLException {
    return find(session, key)
        .orElseThrow(
            () -> new IllegalArgumentException("no gate " + key.value() + " has been made"));
  }

  private static Optional<Gate> find(Session session, GateKey key) throws SQLException {
    return session.recall(
        Gate.class,
        key,
        within -> within.first(GATE, "SELECT body FROM gate WHERE key = ?", key.value()));
  }

  private static List<Waiting> head(Session session, GateKey key, int most) throws SQLException {
    return session.all(
        Waiting::read,
        "SELECT age, place, execution, ticket FROM waiting WHERE gate = ?"
            + " ORDER BY age, place LIMIT ?",
        key.value(),
        most);
  }

  private static void add(Session session, GateKey key, Waiting waiting) throws SQLException {
    session.write(
        "INSERT INTO waiting (gate, age, place, execution, ticket) VALUES (?, ?, ?, ?, ?)"
            + " ON CONFLICT DO NOTHING",
        key.value(),
        waiting.age(),
        waiting.place(),
        waiting.ticket().execution().value(),
        waiting.ticket().number());
  }

  private static void remove(Session session, GateKey key, Waiting waiting) throws SQLException {
    session.write(
        "DELETE FROM waiting WHERE gate = ? AND age = ? AND place = ?",
        key.value(),
        waiting.age(),
        waiting.place());
  }

  private static Gate keep(Session session, Gate gate) throws SQLException {
    session.keep(
        gate.key(),
        gate,
        () ->
            session.write(
                "INSERT INTO gate (key, body) VALUES (?, ?)"
                    + " ON CONFLICT (key) DO UPDATE SET body = excluded.body",
                gate.key().value(),
                Bodies.text(gate)));
    return gate;
  }
}
