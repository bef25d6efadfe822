package io.opsautomator.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.sqlite.SqliteStore;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.store.Run;
import io.opsautomator.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Real processes, and the signals that a platform stops them with. */
@DisabledOnOs(OS.WINDOWS)
final class ServiceProcessTest {
  private static final int EXECUTIONS = 3;
  private static final int STEPS = 8;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir Path folder;
  private final List<Process> processes = new ArrayList<>();

  private Process start(int stepMillis, long stopMillis) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                ServiceProcess.class.getName(),
                folder.toString(),
                "" + EXECUTIONS,
                "" + STEPS,
                "" + stepMillis,
                "" + stopMillis)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log-" + processes.size()).toFile())
            .start();
    processes.add(process);
    return process;
  }

  @AfterEach
  void nobodyStaysBehind() {
    processes.forEach(Process::destroyForcibly);
  }

  private List<String> written() throws IOException {
    Path ledger = ServiceProcess.ledger(folder);
    return Files.exists(ledger) ? Files.readAllLines(ledger) : List.of();
  }

  /** Waits for what the last process is to do, as long as it lives. */
  private void until(BooleanSupplier done) throws IOException, InterruptedException {
    Process process = processes.get(processes.size() - 1);
    Instant end = Instant.now().plus(PATIENCE);
    for (boolean alive = true; !done.getAsBoolean(); alive = process.isAlive()) {
      assertThat(alive).as(log()).isTrue();
      assertThat(Instant.now()).as(log()).isBefore(end);
      new CountDownLatch(1)
          .await(20, TimeUnit.MILLISECONDS); // Other processes cannot wake this one.
    }
  }

  private String log() throws IOException {
    return Files.readString(folder.resolve("log-" + (processes.size() - 1)));
  }

  private void untilSomeIsWritten() throws IOException, InterruptedException {
    until(
        () -> {
          try {
            return written().size() >= EXECUTIONS;
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  /** SIGTERM: {@code Process.destroy} sends it on this platform. */
  private int exitAfterTerm(Process process) throws IOException, InterruptedException {
    process.destroy();
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as(log()).isTrue();
    return process.exitValue();
  }

  private Optional<Run> run() {
    try (Store store = SqliteStore.readOnly(folder.resolve("store"))) {
      return store.runs().history(Optional.of(Papers.TASK), 1).stream().findFirst();
    }
  }

  private void assertEachStepWrittenOnce() throws IOException {
    assertThat(written())
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, EXECUTIONS * STEPS)
                .mapToObj(i -> "paper-" + i / STEPS + " " + i % STEPS)
                .toList());
  }

  @Test
  void atTermWhatIsInHandIsHandedBackAndDoneByTheNextProcessAtOnce()
      throws IOException, InterruptedException {
    Process first = start(150, 20_000);
    untilSomeIsWritten();
    assertThat(exitAfterTerm(first)).as(log()).isEqualTo(ExitStatus.DONE.code());
    assertThat(written()).hasSizeLessThan(EXECUTIONS * STEPS);
    assertThat(log()).contains("handed back");

    Instant begin = Instant.now();
    Process second = start(1, 20_000);
    until(() -> run().filter(run -> run.state().ended()).isPresent());
    assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(30));
    assertThat(run().orElseThrow().state()).isEqualTo(Run.State.COMPLETE);
    assertEachStepWrittenOnce();
    assertThat(exitAfterTerm(second)).isZero();
  }

  @Test
  void whatHangsIsNotWaitedForAndTheStatusSaysSo() throws IOException, InterruptedException {
    Process process = start(600_000, 300);
    untilAtWork();

    assertThat(exitAfterTerm(process)).as(log()).isEqualTo(ExitStatus.CUT_SHORT.code());
    assertThat(log()).contains("still in hand");
  }

  @Test
  void aSecondSignalEndsItAtOnce() throws IOException, InterruptedException {
    Process process = start(600_000, 600_000);
    untilAtWork();
    process.destroy();
    untilLogged("Asked to stop");

    assertThat(exitAfterTerm(process)).as(log()).isEqualTo(128 + 15);
  }

  private void untilAtWork() throws IOException, InterruptedException {
    untilLogged("Serving");
    until(() -> run().filter(run -> run.state() == Run.State.DISPATCHING).isPresent());
    until(() -> executions().stream().anyMatch(it -> it.status() == Status.RUNNING));
  }

  private List<Execution> executions() {
    try (Store store = SqliteStore.readOnly(folder.resolve("store"))) {
      return store.selections().batches(run().orElseThrow().id()).stream()
          .flatMap(batch -> store.executions().find(batch.executions()).stream())
          .toList();
    }
  }

  private void untilLogged(String words) throws IOException, InterruptedException {
    until(
        () -> {
          try {
            return log().contains(words);
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        });
  }
}
