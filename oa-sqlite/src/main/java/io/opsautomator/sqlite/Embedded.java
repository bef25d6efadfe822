package io.opsautomator.sqlite;

import io.opsautomator.store.StoreException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The database of this process: one connection to write, one to read. A read begins after all
 * commits that were answered, so it sees them; it never waits for a flush.
 */
final class Embedded implements Database, AutoCloseable {
  private final Path file;
  private final Session reading;
  private final Optional<Writing> writing;
  private boolean closed;

  /** What only the writing process holds. */
  private record Writing(Writer writer, Session session, Folder folder) {}

  private Embedded(Path file, Session reading, Optional<Writing> writing) {
    this.file = file;
    this.reading = reading;
    this.writing = writing;
  }

  static Embedded open(Path path, SqliteOptions options, Schema schema) {
    Folder folder = Folder.hold(path);
    try {
      return open(folder, options, schema);
    } catch (RuntimeException | Error e) {
      closeAfter(folder, e);
      throw e;
    }
  }

  private static Embedded open(Folder folder, SqliteOptions options, Schema schema) {
    Path file = folder.file();
    Session session = Connections.writing(file, schema);
    try {
      Session reading = Connections.reading(file, session.process());
      Writer writer = new Writer(session, file.toString(), options.batch(), options.threads());
      writer.start();
      return new Embedded(file, reading, Optional.of(new Writing(writer, session, folder)));
    } catch (RuntimeException | Error e) {
      closeAfter(session, e);
      throw e;
    }
  }

  static Embedded lookOn(Path file, Schema schema) {
    return new Embedded(file, Connections.lookingOn(file, schema), Optional.empty());
  }

  @Override
  public <T> T read(Work<T> work) {
    if (writing.isPresent() && writing.get().writer().isCurrent()) {
      return within(
          writing.get(),
          session -> {
            session.settle();
            return work.run(session);
          });
    }
    synchronized (reading) {
      if (closed) {
        throw new IllegalStateException("cannot read from " + file + ": it is closed");
      }
      try {
        return work.run(reading);
      } catch (SQLException e) {
        reading.forget();
        throw Failures.of("cannot read from " + file, e);
      } catch (StoreException e) {
        throw Failures.damaged("cannot read from " + file, e);
      }
    }
  }

  @Override
  public <T> T write(Work<T> work) {
    Writing held = writing();
    return held.writer().isCurrent() ? within(held, work) : held.writer().write(work);
  }

  private Writing writing() {
    return writing.orElseThrow(
        () -> new UnsupportedOperationException(file + " is open for looking on only"));
  }

  /** Many pieces of work as one; whoever does them calls this database as usual. */
  <T> T together(Supplier<T> pieces) {
    return write(
        session -> {
          try {
            return pieces.get();
          } catch (Within e) {
            throw e.failure;
          }
        });
  }

  /** What is asked for while work is done is part of it. */
  private static <T> T within(Writing held, Work<T> work) {
    try {
      return work.run(held.session());
    } catch (SQLException e) {
      throw new Within(e);
    }
  }

  /** Carries a failure through code that knows nothing of databases. */
  private static final class Within extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final SQLException failure;

    Within(SQLException failure) {
      super(failure);
      this.failure = failure;
    }
  }

  @Override
  public void close() {
    try {
      writing.ifPresent(held -> held.writer().close());
    } finally {
      synchronized (reading) {
        if (!closed) {
          closed = true;
          letGo();
        }
      }
    }
  }

  /** The writing connection goes last: it puts everything into the one file. */
  private void letGo() {
    try (AutoCloseable last = writing.<AutoCloseable>map(Writing::session).orElse(() -> {})) {
      reading.close();
    } catch (Exception e) {
      throw new StoreException("cannot close " + file + ": " + e.getMessage(), e);
    } finally {
      writing.ifPresent(held -> held.folder().close());
    }
  }

  private static void closeAfter(AutoCloseable opened, Throwable reason) {
    try {
      opened.close();
    } catch (Exception e) {
      reason.addSuppressed(e);
    }
  }
}
