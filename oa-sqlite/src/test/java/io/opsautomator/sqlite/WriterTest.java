package io.opsautomator.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsautomator.store.StoreException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteCommitListener;
import org.sqlite.SQLiteConnection;

final class WriterTest {
  private static final String ADD = "INSERT INTO item (id, other) VALUES (?, ?)";

  @TempDir private Path folder;

  private final AtomicInteger commits = new AtomicInteger();
  private Session session;
  private Writer writer;

  @BeforeEach
  void makeATable() throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("x.db"));
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA foreign_keys = ON");
      statement.execute(
          "CREATE TABLE item (id INTEGER PRIMARY KEY, other INTEGER NOT NULL"
              + " REFERENCES item (id) DEFERRABLE INITIALLY DEFERRED)");
    }
    ((SQLiteConnection) connection)
        .addCommitListener(
            new SQLiteCommitListener() {
              @Override
              public void onCommit() {
                commits.incrementAndGet();
              }

              @Override
              public void onRollback() {
                // Only commits are counted.
              }
            });
    session = new Session(connection, 1);
    writer = new Writer(session, "x.db", 10, SqliteOptions.DEFAULTS.threads());
  }

  @AfterEach
  void close() throws SQLException {
    writer.close();
    session.close();
  }

  private static Work<Integer> add(int id) {
    return session -> session.write(ADD, id, id);
  }

  private List<Integer> stored() {
    return writer.write(session -> session.all(row -> row.getInt(1), "SELECT id FROM item"));
  }

  @Test
  void whatWaitsIsFlushedTogetherUpToTheLimit() {
    List<Pending<Integer>> waiting =
        IntStream.range(0, 25).mapToObj(i -> writer.submit(add(i))).toList();
    writer.start();
    waiting.forEach(pending -> assertThat(pending.await("write")).isEqualTo(1));
    assertThat(commits).hasValue(3);
    assertThat(stored()).hasSize(25);
  }

  @Test
  void eachSeesWhatThoseBeforeItDid() {
    Work<Integer> count =
        session -> session.first(row -> row.getInt(1), "SELECT count(*) FROM item").orElse(-1);
    writer.submit(add(1));
    Pending<Integer> after = writer.submit(count);
    writer.start();
    assertThat(after.await("count")).isEqualTo(1);
  }

  @Test
  void aMistakeIsItsCallersOnly() {
    Pending<Integer> before = writer.submit(add(1));
    Pending<Integer> mistake =
        writer.submit(
            session -> {
              throw new IllegalArgumentException("not so");
            });
    Pending<Integer> after = writer.submit(add(2));
    writer.start();
    assertThatThrownBy(() -> mistake.await("write"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("not so");
    assertThat(before.await("write") + after.await("write")).isEqualTo(2);
    assertThat(commits).hasValue(1);
    assertThat(stored()).containsExactly(1, 2);
  }

  @Test
  void whatFailsHalfWayLeavesNothingAndTheOthersAreDone() {
    Pending<Integer> before = writer.submit(add(1));
    Pending<Integer> failing =
        writer.submit(
            session -> {
              session.write(ADD, 7, 7);
              throw new IllegalStateException("half way");
            });
    Pending<Integer> refused = writer.submit(add(1));
    Pending<Integer> after = writer.submit(add(2));
    writer.start();
    assertThatThrownBy(() -> failing.await("write")).hasMessage("half way");
    assertThatThrownBy(() -> refused.await("write to x.db"))
        .isInstanceOf(StoreException.class)
        .hasMessageStartingWith("cannot write to x.db: ")
        .hasCauseInstanceOf(SQLException.class);
    assertThat(before.await("write") + after.await("write")).isEqualTo(2);
    assertThat(stored()).containsExactly(1, 2);
  }

  @Test
  void whenTheCommitFailsAllAreToldAndNothingIsWritten() {
    List<Pending<Integer>> waiting =
        List.of(
            writer.submit(add(1)),
            writer.submit(session -> session.write(ADD, 2, 99)),
            writer.submit(add(3)));
    writer.start();
    for (Pending<Integer> pending : waiting) {
      assertThatThrownBy(() -> pending.await("write to x.db"))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("FOREIGN KEY");
    }
    assertThat(stored()).isEmpty();
    assertThat(writer.write(add(4))).isEqualTo(1);
  }

  @Test
  void whenTheDiskIsFullNothingIsHalfWrittenAndLaterWritesGoOn() {
    Pending<Boolean> full =
        writer.submit(
            session -> {
              session.write("INSERT INTO item (id, other) VALUES (1, 1)");
              session.first(row -> row.getInt(1), "PRAGMA max_page_count = 1");
              session.write("CREATE TABLE large AS SELECT randomblob(1000000)");
              return true;
            });
    Pending<Integer> small = writer.submit(add(2));
    writer.start();
    assertThatThrownBy(() -> full.await("write"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("full");
    assertThat(small.await("write")).isEqualTo(1);
    assertThat(stored()).containsExactly(2);
  }

  @Test
  void anInterruptedCallerStillLearnsWhatBecameOfItsWrite() {
    writer.start();
    Thread.currentThread().interrupt();
    assertThat(writer.write(add(1))).isEqualTo(1);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void whenTheWriterItselfEndsNobodyWaitsForEver() throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("x.db"));
    try (Session failing = new Session(withoutRollback(connection), 1)) {
      Writer doomed = new Writer(failing, "x.db", 10, WriterTest::silentThread);
      Pending<Integer> first =
          doomed.submit(session -> session.write("INSERT INTO nowhere VALUES (1)"));
      Pending<Integer> second = doomed.submit(add(2));
      doomed.start();
      for (Pending<Integer> pending : List.of(first, second)) {
        assertThatThrownBy(() -> pending.await("write to x.db"))
            .isInstanceOf(StoreException.class)
            .hasMessageEndingWith("OutOfMemoryError: no more")
            .hasCauseInstanceOf(OutOfMemoryError.class);
      }
      assertThatThrownBy(() -> doomed.write(add(3)))
          .isInstanceOf(StoreException.class)
          .hasMessage("cannot write to x.db: its writer has failed; open it anew")
          .hasCauseInstanceOf(OutOfMemoryError.class);
      assertThatThrownBy(doomed::close).isInstanceOf(StoreException.class);
    }
    writer.start();
  }

  private static Thread silentThread(Runnable work) {
    Thread thread = new Thread(work, "doomed");
    thread.setUncaughtExceptionHandler((who, error) -> {});
    return thread;
  }

  private static Connection withoutRollback(Connection connection) {
    return (Connection)
        Proxy.newProxyInstance(
            WriterTest.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (arguments != null && arguments[0].equals("ROLLBACK")) {
                throw new OutOfMemoryError("no more");
              }
              try {
                return method.invoke(connection, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @Test
  void closingDoesWhatWasHandedInAndTakesNoMore() {
    Pending<Integer> last = writer.submit(add(1));
    writer.start();
    writer.close();
    writer.close();
    assertThat(last.await("write")).isEqualTo(1);
    assertThatThrownBy(() -> writer.write(add(2)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("cannot write to x.db: it is closed");
  }
}
