package io.opsautomator.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsautomator.sqlite.disk.Children;
import io.opsautomator.sqlite.disk.WatchedDisk;
import io.opsautomator.store.Run;
import io.opsautomator.store.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file: what is refused, what is brought forward, who may read it. */
final class SqliteFileTest {
  @TempDir private Path parent;

  private Path folder() {
    return parent.resolve("deep/store");
  }

  private SqliteStore open() {
    return SqliteStore.open(folder());
  }

  @Test
  void aFileThatIsNoDatabaseIsLeftAsItIs() throws IOException {
    Files.createDirectories(folder());
    Path file = folder().resolve("store.db");
    Files.writeString(file, "precious ".repeat(1000));
    assertThatThrownBy(this::open)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("is not an SQLite database, or damaged; it was left as it is");
    assertThat(file).hasContent("precious ".repeat(1000));
    assertThatThrownBy(this::open).hasMessageContaining("not an SQLite database");
  }

  @Test
  void aDamagedFileIsToldOfAndNeverEmptied() throws IOException {
    try (SqliteStore store = open()) {
      SqliteStoreTest.fill(store, 1);
    }
    Path file = folder().resolve("store.db");
    byte[] bytes = Files.readAllBytes(file);
    for (int at = 100; at < 4096 * 8; at++) {
      bytes[at] = 0x55;
    }
    Files.write(file, bytes);
    assertThatThrownBy(this::open)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("damaged; it was left as it is");
    assertThat(file).hasBinaryContent(bytes);
  }

  @Test
  void aDatabaseOfSomebodyElseIsRefused() throws Exception {
    Files.createDirectories(folder());
    sql("CREATE TABLE song (title TEXT)");
    byte[] before = Files.readAllBytes(folder().resolve("store.db"));
    assertThatThrownBy(this::open)
        .isInstanceOf(StoreException.class)
        .hasMessageEndingWith("is an SQLite database, but not one of this program");
    assertThat(folder().resolve("store.db")).hasBinaryContent(before);
  }

  @Test
  void aLaterSchemaIsRefused() throws SQLException {
    open().close();
    sql("UPDATE meta SET value = 9 WHERE key = 'schema'");
    assertThatThrownBy(this::open)
        .isInstanceOf(StoreException.class)
        .hasMessageEndingWith("has schema 9; this program knows schemas up to 2: use a newer one");
    assertThatThrownBy(() -> SqliteStore.readOnly(folder())).hasMessageContaining("schema 9");
  }

  @Test
  void anEarlierSchemaIsBroughtForwardScriptByScriptOnce() {
    open().close();
    Schema later = new Schema(List.of("schema-1.sql", "schema-2.sql", "schema-test-3.sql"));
    Path file = folder().resolve("store.db");
    assertThatThrownBy(() -> Embedded.lookOn(file, later))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("has schema 2, older than 3");
    for (int i = 0; i < 2; i++) {
      try (Embedded database = Embedded.open(folder(), SqliteOptions.DEFAULTS, later)) {
        List<String> added =
            database.read(
                session -> session.all(row -> row.getString(1), "SELECT text FROM added"));
        assertThat(added).containsExactly("one; two");
      }
    }
  }

  @Test
  void aScriptThatFailsLeavesTheSchemaBeforeIt() {
    Schema broken = new Schema(List.of("schema-1.sql", "schema-2.sql", "schema-test-broken.sql"));
    assertThatThrownBy(() -> Embedded.open(folder(), SqliteOptions.DEFAULTS, broken))
        .isInstanceOf(StoreException.class);
    try (SqliteStore store = open()) {
      assertThat(store.check().faults()).isEmpty();
    }
  }

  @Test
  void filesAreForTheirOwnerOnly() throws IOException {
    try (SqliteStore store = open()) {
      store.runs().insert(SqliteStoreTest.run(1, Run.State.SELECTING));
      assertThat(permissions(folder())).isEqualTo("rwx------");
      for (String file : List.of("store.db", "store.db-wal", "store.db-shm", "lock")) {
        assertThat(permissions(folder().resolve(file))).isEqualTo("rw-------");
      }
    }
  }

  /** The store of a process that lets everybody read what it makes, unless it says otherwise. */
  @Test
  void filesAreForTheirOwnerOnlyWhateverTheProcessIsUsedTo() throws Exception {
    Path folder = parent.resolve("store");
    List<String> command =
        Children.command(
            PowerLossVictim.class, List.of(folder.toString(), "/dev/null", "FULL", "8"));
    List<String> lax = new ArrayList<>(List.of("sh", "-c", "umask 000; exec \"$@\"", "sh"));
    lax.addAll(command);
    WatchedDisk dying = WatchedDisk.of(folder).killingAt(40);
    ProcessBuilder builder = new ProcessBuilder(lax);
    builder.environment().putAll(dying.environment());
    assertThat(builder.inheritIO().start().waitFor()).isEqualTo(128 + 9);
    assertThat(permissions(folder)).isEqualTo("rwx------");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files)
          .hasSizeGreaterThanOrEqualTo(4)
          .allSatisfy(file -> assertThat(permissions(file)).isEqualTo("rw-------"));
    }
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void theLockNamesTheProcess() throws IOException {
    try (SqliteStore store = open()) {
      assertThat(store.tasks().all()).isEmpty();
      assertThat(Files.readString(folder().resolve("lock"), StandardCharsets.UTF_8))
          .isEqualTo(ProcessHandle.current().pid() + "\n");
    }
  }

  @Test
  void ordinaryToolsCanReadIt() throws SQLException {
    try (SqliteStore store = open()) {
      SqliteStoreTest.fill(store, 1);
      try (Connection connection = connection();
          Statement statement = connection.createStatement();
          var rows =
              statement.executeQuery(
                  "SELECT task, state, body ->> '$.cause.trigger.due' AS due FROM run")) {
        assertThat(rows.next()).isTrue();
        assertThat(List.of(rows.getString(1), rows.getString(2), rows.getString(3)))
            .containsExactly("nightly", "COMPLETE", "2026-03-01T12:00:01Z");
      }
    }
  }

  private Connection connection() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + folder().resolve("store.db"));
  }

  private void sql(String text) throws SQLException {
    try (Connection connection = connection();
        Statement statement = connection.createStatement()) {
      statement.execute(text);
    }
  }
}
