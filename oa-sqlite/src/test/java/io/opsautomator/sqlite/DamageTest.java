package io.opsautomator.sqlite;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsautomator.store.Run;
import io.opsautomator.store.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever happens to the files of a store, it is told of, and nothing is made anew in silence. */
final class DamageTest {
  private static final Set<String> FILES = Set.of("store.db", "store.db-wal", "store.mark");

  @TempDir private Path parent;

  private Path folder() {
    return parent.resolve("store");
  }

  private Path file() {
    return folder().resolve("store.db");
  }

  private Path log() {
    return folder().resolve("store.db-wal");
  }

  private static AbstractThrowableAssert<?, ?> assertRefused(Path folder) throws IOException {
    Map<String, Integer> before = contents(folder);
    assertThatThrownBy(() -> SqliteStore.readOnly(folder)).isInstanceOf(StoreException.class);
    AbstractThrowableAssert<?, ?> refused =
        assertThatThrownBy(() -> SqliteStore.open(folder)).isInstanceOf(StoreException.class);
    assertThat(contents(folder)).as("left as it is").isEqualTo(before);
    return refused;
  }

  /** An empty log is as good as none. */
  private static Map<String, Integer> contents(Path folder) throws IOException {
    Map<String, Integer> contents = new LinkedHashMap<>();
    for (String name : FILES) {
      Path file = folder.resolve(name);
      if (Files.exists(file) && (name.equals("store.db") || Files.size(file) > 0)) {
        contents.put(name, Arrays.hashCode(Files.readAllBytes(file)));
      }
    }
    return contents;
  }

  /** The files as a process leaves them that is killed now. */
  static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    for (String name : FILES) {
      Files.deleteIfExists(to.resolve(name));
      if (Files.exists(from.resolve(name))) {
        Files.copy(from.resolve(name), to.resolve(name));
      }
    }
  }

  static Run run(int number) {
    return SqliteStoreTest.run(number, Run.State.SELECTING);
  }

  /** A store whose process was killed, with so many runs; most of it is still in the log. */
  private void killed(int runs) throws IOException {
    Path alive = parent.resolve("alive");
    try (SqliteStore store = SqliteStore.open(alive)) {
      for (int i = 0; i < runs; i++) {
        store.runs().insert(run(i));
      }
      copy(alive, folder());
    }
  }

  @Test
  void whatIsNotDamagedIsThere() throws IOException {
    killed(3);
    try (SqliteStore store = SqliteStore.open(folder())) {
      assertThat(store.runs().history(Optional.empty(), 10)).hasSize(3);
    }
  }

  // -- The whole file -----------------------------------------------------------------------------

  @Test
  void anEmptyFileWhereAStoreWasIsNoNewStore() throws IOException {
    SqliteStore.open(folder()).close();
    Files.write(file(), new byte[0]);
    assertRefused(folder())
        .hasMessage(
            file()
                + " is empty, though there was a store: restore it from a backup."
                + " To begin anew, remove "
                + folder().resolve("store.mark"));
    Files.delete(folder().resolve("store.mark"));
    SqliteStore.open(folder()).close();
  }

  @Test
  void aMissingFileWhereAStoreWasIsNoNewStore() throws IOException {
    SqliteStore.open(folder()).close();
    Files.delete(file());
    assertThatThrownBy(() -> SqliteStore.open(folder()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("store.db is missing, though there was a store");
    assertThat(file()).doesNotExist();
  }

  @Test
  void aLogWithoutADatabaseIsNotThrownAway() throws IOException {
    killed(1);
    Files.delete(folder().resolve("store.mark"));
    Files.write(file(), new byte[0]);
    assertRefused(folder()).hasMessageContaining("To begin anew, remove " + log());
  }

  @Test
  void aFileThatWasCutIsToldOf() throws IOException {
    try (SqliteStore store = SqliteStore.open(folder())) {
      SqliteStoreTest.fill(store, 1);
    }
    cut(file(), Files.size(file()) / 2);
    assertRefused(folder()).hasMessageContaining("is damaged; it was left as it is");
  }

  @Test
  void anotherStoreIsNotTheOneThatWasHere() throws IOException {
    SqliteStore.open(folder()).close();
    Path other = parent.resolve("other");
    SqliteStore.open(other).close();
    Files.copy(other.resolve("store.db"), file(), REPLACE_EXISTING);
    assertRefused(folder()).hasMessageContaining("is not the store that was here");
  }

  static void cut(Path file, long size) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(size);
    }
  }

  static void flip(Path file, long at, int count) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    for (long i = at; i < Math.min(at + count, bytes.length); i++) {
      bytes[(int) i] ^= (byte) (0x11 + i % 7);
    }
    Files.write(file, bytes);
  }

  // -- The log ------------------------------------------------------------------------------------

  @Test
  void aLogThatIsMissingIsMissed() throws IOException {
    killed(3);
    Files.delete(log());
    assertRefused(folder())
        .hasMessageContaining(
            "its log store.db-wal was removed or cut, or the file is an older one");
  }

  @Test
  void aLogThatWasCutIsMissed() throws IOException {
    killed(3);
    cut(log(), Files.size(log()) - 1);
    assertRefused(folder()).hasMessageContaining("lacks the last 1 commits that were answered");
  }

  @Test
  void aByteOfTheLogThatHasChangedIsNoticed() throws IOException {
    killed(3);
    flip(log(), Files.size(log()) / 2, 1);
    assertRefused(folder()).hasMessageContaining("that were answered");
  }

  @Test
  void theLogOfAnotherStoreIsNotTaken() throws IOException {
    killed(3);
    Path other = parent.resolve("other");
    try (SqliteStore store = SqliteStore.open(other)) {
      store.runs().insert(run(7));
      Files.copy(other.resolve("store.db-wal"), log(), REPLACE_EXISTING);
    }
    assertRefused(folder())
        .hasMessageContaining(
            "store.db-wal is not the log of store.db: it belongs to another store");
  }

  /** Someone restores a backup, and leaves the log of the newer file beside it. */
  @Test
  void aLogThatBeginsAfterTheDatabaseEndsIsNotTaken() throws IOException {
    Path alive = parent.resolve("alive");
    SqliteStore.open(alive).close();
    copy(alive, folder());
    for (int i = 0; i < 3; i++) {
      try (SqliteStore store = SqliteStore.open(alive)) {
        store.runs().insert(run(i));
        Files.copy(alive.resolve("store.db-wal"), log(), REPLACE_EXISTING);
      }
    }
    assertRefused(folder()).hasMessageContaining("what is between them is lost");
    Files.delete(log());
    SqliteStore.open(folder()).close();
  }

  @Test
  void anOlderFileIsTakenOnceItsMarkIsRemoved() throws IOException {
    Path alive = parent.resolve("alive");
    SqliteStore.open(alive).close();
    copy(alive, folder());
    try (SqliteStore store = SqliteStore.open(alive)) {
      store.runs().insert(run(1));
    }
    Files.copy(alive.resolve("store.mark"), folder().resolve("store.mark"), REPLACE_EXISTING);
    assertRefused(folder())
        .hasMessageContaining("To go on with what is here, remove")
        .hasMessageContaining("store.mark");
    Files.delete(folder().resolve("store.mark"));
    SqliteStore.open(folder()).close();
  }

  @Test
  void aMarkThatCannotBeReadSaysNothing() throws IOException {
    killed(3);
    for (byte[] mark : List.of(new byte[0], new byte[40], "store x commit y".getBytes("UTF-8"))) {
      Files.write(folder().resolve("store.mark"), mark);
      try (SqliteStore store = SqliteStore.open(folder())) {
        assertThat(store.check().faults()).isEmpty();
      }
    }
  }

  /** Ordinary tools put the log into the database, and remove it, when they close a store. */
  @Test
  void whoLooksWithOrdinaryToolsAfterAKillDamagesNothing() throws Exception {
    killed(3);
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = connection.createStatement()) {
      assertThat(statement.executeQuery("SELECT count(*) FROM run").next()).isTrue();
    }
    assertThat(log()).doesNotExist();
    try (SqliteStore store = SqliteStore.open(folder())) {
      assertThat(store.runs().history(Optional.empty(), 10)).hasSize(3);
    }
  }

  /** Whoever looks on meets the files at any moment of a commit or a checkpoint. */
  @Test
  void whoLooksOnWhileAnotherWritesIsNotAlarmed() throws Exception {
    try (Folder held = Folder.hold(folder());
        Session session = Connections.writing(held.file(), new Schema())) {
      session.execute("PRAGMA wal_autocheckpoint = 10");
      Thread busy = new Thread(() -> commit(session, 1500));
      busy.start();
      int looks = 0;
      while (busy.isAlive()) {
        SqliteStore.readOnly(folder()).close();
        looks++;
      }
      busy.join();
      assertThat(looks).isGreaterThan(10);
      assertThat(Files.readString(folder().resolve("store.mark"))).endsWith("commit 000005dd\n");
    }
  }

  private static void commit(Session session, int times) {
    try {
      for (int i = 0; i < times; i++) {
        session.begin();
        session.write("UPDATE meta SET value = value + 0");
        session.write("INSERT INTO gate (key, body) VALUES (?, ?)", "gate-" + i, "x".repeat(900));
        session.commit();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  // -- Within the file ----------------------------------------------------------------------------

  @Test
  void aBodyThatHasChangedIsToldOfByWhoeverReadsIt() throws Exception {
    try (SqliteStore store = SqliteStore.open(folder())) {
      store.runs().insert(run(1));
      store.runs().insert(run(2));
    }
    Run damaged = run(1);
    sql(
        "UPDATE run SET body = replace(body, '\"SELECTING\"', '\"COMPLETE\"') WHERE id = '%s'",
        damaged);
    try (SqliteStore store = SqliteStore.open(folder())) {
      assertThatThrownBy(() -> store.runs().find(damaged.id()))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("cannot read from " + file().toRealPath())
          .hasMessageContaining("stored Run is damaged: it does not fit its checksum")
          .hasMessageContaining("'oa store check' tells what is damaged; restore a backup");
      assertThatThrownBy(() -> store.runs().watched(damaged.id(), damaged.watchAt(), Instant.MAX))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("cannot write to")
          .hasMessageContaining("it does not fit its checksum");
      assertThat(store.runs().find(run(2).id())).contains(run(2));
      assertThat(store.check().faults())
          .containsExactly(
              "run "
                  + damaged.id().value()
                  + ": stored Run is damaged: it does not fit its checksum");
    }
  }

  @Test
  void aBodyThatIsNoJsonIsToldOf() throws Exception {
    try (SqliteStore store = SqliteStore.open(folder())) {
      store.runs().insert(run(1));
    }
    for (String body :
        List.of("", "{\"v\":1", "{\"v\":2,\"id\":3}", "null", "\u0007\u0001", "{}")) {
      sql("UPDATE run SET body = '" + body + "' WHERE id = '%s'", run(1));
      try (SqliteStore store = SqliteStore.open(folder())) {
        assertThatThrownBy(() -> store.runs().find(run(1).id()))
            .as(body)
            .isInstanceOf(StoreException.class)
            .hasMessageContaining(file().toRealPath().toString());
        assertThat(store.check().faults()).as(body).hasSize(1);
      }
    }
  }

  @Test
  void aColumnThatIsNotWhatTheBodySaysIsAFault() throws Exception {
    try (SqliteStore store = SqliteStore.open(folder())) {
      store.runs().insert(run(1));
    }
    sql("UPDATE run SET watch = '2030-01-01T00:00:00.000000000Z' WHERE id = '%s'", run(1));
    try (SqliteStore store = SqliteStore.open(folder())) {
      assertThat(store.check().faults())
          .singleElement()
          .asString()
          .contains("its column watch is 2030-01-01T00:00:00.000000000Z, where its body says 2026");
    }
  }

  private void sql(String text, Run run) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = connection.createStatement()) {
      statement.execute(text.formatted(run.id().value()));
    }
  }

  @Test
  void aStoreOfAnEarlierVersionHasNoMarkAndNoNumberYet() throws Exception {
    SqliteStore.open(folder()).close();
    Files.delete(folder().resolve("store.mark"));
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA application_id = 0");
      statement.execute("PRAGMA user_version = 0");
    }
    assertThatCode(() -> SqliteStore.open(folder()).close()).doesNotThrowAnyException();
    assertThat(Files.readString(folder().resolve("store.mark")))
        .matches("store (?!00000000)[0-9a-f]{8} commit 00000001\n");
  }
}
