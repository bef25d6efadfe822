package io.opsautomator.sqlite;

import io.opsautomator.store.Execution;
import io.opsautomator.store.Executions;
import io.opsautomator.store.Executions.Move;
import io.opsautomator.store.Run;
import io.opsautomator.store.Write;
import io.opsautomator.task.RunId;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Takes executions from their beginning to their end, with several threads, and notes what the
 * store has answered: the id, and the status it is in. Afterwards it leaves in good order.
 */
final class PowerLossVictim {
  private static final int THREADS = 4;

  /** Small, so that the log begins anew many times. */
  private static final int CHECKPOINT_PAGES = 60;

  private final Executions executions;
  private final OutputStream notes;

  private PowerLossVictim(Executions executions, OutputStream notes) {
    this.executions = executions;
    this.notes = notes;
  }

  /**
   * @param args the folder of the store; the file for the notes; what the store does when it
   *     commits, as SQLite calls it: FULL, or OFF for one that answers too early; how many
   *     executions
   */
  public static void main(String[] args) throws Exception {
    Folder folder = Folder.hold(Path.of(args[0]));
    try (OutputStream notes = new FileOutputStream(args[1]);
        Session session = Connections.writing(folder.file(), new Schema())) {
      if (!args[2].equals("FULL")) {
        session.execute("PRAGMA synchronous = " + args[2]);
      }
      session.execute("PRAGMA wal_autocheckpoint = " + CHECKPOINT_PAGES);
      Writer writer =
          new Writer(session, folder.file().toString(), 256, SqliteOptions.DEFAULTS.threads());
      writer.start();
      PowerLossVictim victim =
          new PowerLossVictim(new SqliteExecutions(new Writing(writer)), notes);
      victim.work(Integer.parseInt(args[3]));
      writer.close();
    }
    folder.close();
  }

  private record Writing(Writer writer) implements Database {
    @Override
    public <T> T read(Work<T> work) {
      return writer.write(work);
    }

    @Override
    public <T> T write(Work<T> work) {
      return writer.write(work);
    }
  }

  private void work(int count) throws InterruptedException {
    List<Thread> threads =
        Stream.iterate(0, i -> i + 1)
            .limit(THREADS)
            .map(i -> new Thread(() -> work(i, count / THREADS)))
            .toList();
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private void work(int thread, int count) {
    RunId run = SqliteStoreTest.run(thread, Run.State.SELECTING).id();
    for (int i = 0; i < count; i++) {
      Execution fresh = SqliteStoreTest.execution(run, i);
      note(executions.create(List.of(fresh)).get(0));
      note(executions.claim(SqliteStoreTest.claim(fresh, "victim")));
      String outcome = "\"" + "x".repeat(i * 37 % 5000) + "\"";
      Move.End end = new Move.End(Execution.Status.SUCCEEDED, outcome, List.of());
      note(executions.advance(fresh.id(), 1, end));
    }
  }

  private synchronized void note(Write<Execution> answer) {
    if (!(answer instanceof Write.Applied<Execution> applied)) {
      throw new IllegalStateException("refused: " + answer);
    }
    Execution now = applied.now();
    String line = String.format(Locale.ROOT, "%s %s%n", now.id().value(), now.status());
    try {
      notes.write(line.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
