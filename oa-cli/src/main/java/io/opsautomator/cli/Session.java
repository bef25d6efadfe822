package io.opsautomator.cli;

import io.opsautomator.OpsAutomator;
import io.opsautomator.audit.AuditLog;
import io.opsautomator.audit.AuditSink;
import io.opsautomator.audit.JsonLinesSink;
import io.opsautomator.aws.AwsConnection;
import io.opsautomator.aws.CallMeter;
import io.opsautomator.notify.JsonLinesNotifier;
import io.opsautomator.sqlite.SqliteStore;
import io.opsautomator.store.Store;
import io.opsautomator.task.Safeguards;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * An engine over the durable store of a folder, from opening to closing.
 *
 * <p>What is open is closed once, in order and on whichever way the command ends, also when it is
 * interrupted: the engine first, which hands unfinished work back, then what it writes to.
 */
final class Session implements AutoCloseable {
  private final Surroundings world;
  private final Path folder;
  private final SqliteStore store;
  private final JsonLinesSink audit;
  private final CallMeter calls;
  private final JsonLinesNotifier notifications;
  private final OpsAutomator engine;
  private final Closeable inbox;
  private final Thread hook;
  private boolean closed;

  /**
   * What an engine is given.
   *
   * @param sinks hear what happens, besides those of every session
   */
  record Given(AwsConnection connection, Safeguards safeguards, List<AuditSink> sinks) {
    Given(AwsConnection connection, Safeguards safeguards) {
      this(connection, safeguards, List.of());
    }
  }

  /**
   * @throws IOException if a file beside the store cannot be written
   */
  Session(Surroundings world, StoreOption where, Given given, Progress progress)
      throws IOException {
    this.world = world;
    this.folder = where.folder();
    this.store = SqliteStore.open(where.folder());
    try {
      this.audit = JsonLinesSink.appendingTo(where.audit());
      this.calls = new CallMeter(world.clock(), audit);
      given.connection().listenedToBy(calls);
      this.notifications = JsonLinesNotifier.appendingTo(where.notifications());
      OpsAutomator.Builder builder =
          OpsAutomator.builder()
              .install(given.connection())
              .store(store)
              .safeguards(given.safeguards())
              .audit(audit)
              .audit(new AuditLog())
              .audit(progress)
              .notify(notifications);
      given.sinks().forEach(builder::audit);
      this.engine = builder.build();
      this.inbox = inbox(where.folder(), engine, progress);
    } catch (IOException | RuntimeException e) {
      store.close();
      throw e;
    }
    this.hook = new Thread(this::interrupted, "oa-interrupted");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Work goes on without: some systems have few watches to give. */
  private static Closeable inbox(Path folder, OpsAutomator engine, Progress progress) {
    try {
      return Inbox.open(folder, engine, progress);
    } catch (IOException e) {
      progress.note("What other commands ask does not reach this process: " + e.getMessage());
      return () -> {};
    }
  }

  OpsAutomator engine() {
    return engine;
  }

  Store store() {
    return store;
  }

  private void interrupted() {
    world.err().println();
    world.err().println("oa: stopping; what is unfinished is kept in " + folder);
    shut();
  }

  private synchronized void shut() {
    if (closed) {
      return;
    }
    closed = true;
    try (store;
        audit;
        calls;
        notifications;
        engine;
        inbox) {
      world.out().flush();
    } catch (IOException e) {
      world
          .err()
          .println(
              "oa: a file beside the store could not be closed: " + Told.line("" + e.getMessage()));
    }
  }

  @Override
  public void close() {
    shut();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException alreadyShuttingDown) {
      world.err().flush();
    }
  }
}
