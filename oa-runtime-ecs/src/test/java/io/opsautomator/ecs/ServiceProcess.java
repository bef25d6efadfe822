package io.opsautomator.ecs;

import io.opsautomator.OpsAutomator;
import io.opsautomator.sqlite.SqliteStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A worker in a process of its own, whose executions take their time: each writes lines into one
 * file, a step each. Arguments: the folder, how many executions, how many steps each, how many
 * milliseconds a step takes, how many the process may take to stop.
 */
final class ServiceProcess {
  private ServiceProcess() {}

  /** The file that says what was done. */
  static Path ledger(Path folder) {
    return folder.resolve("ledger");
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path folder = Path.of(arguments[0]);
    try (SqliteStore store = SqliteStore.open(folder.resolve("store"));
        WorkerMetrics metrics = new WorkerMetrics()) {
      OpsAutomator engine =
          OpsAutomator.builder()
              .withoutDiscovery()
              .store(store)
              .audit(metrics)
              .action(
                  writing(
                      ledger(folder),
                      Integer.parseInt(arguments[2]),
                      Integer.parseInt(arguments[3])))
              .selector(new Papers(Integer.parseInt(arguments[1])))
              .task(Papers.task())
              .build();
      engine.run(Papers.TASK, "once");
      Service service =
          new Service(
              engine,
              store,
              metrics,
              new Service.Settings(
                  ListenAddress.parse("127.0.0.1:0"),
                  Duration.ofMillis(Long.parseLong(arguments[4])),
                  "test"));
      ExitStatus status = service.run();
      if (status == ExitStatus.CUT_SHORT) {
        Runtime.getRuntime().halt(status.code());
      }
    }
    System.exit(ExitStatus.DONE.code());
  }

  private static Papers.Writing writing(Path ledger, int steps, int millis) {
    return new Papers.Writing(
        context -> {
          for (int step = 0; step < steps; step++) {
            String line = Papers.id(context) + " " + step;
            context.effects().idempotent("step-" + step, () -> write(ledger, line, millis));
          }
        });
  }

  private static void write(Path ledger, String line, int millis) {
    try {
      new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
      Files.writeString(ledger, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
