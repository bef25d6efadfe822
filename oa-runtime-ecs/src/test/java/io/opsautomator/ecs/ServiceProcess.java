package io.opsautomator.ecs;

import io.opsautomator.OpsAutomator;
import io.opsautomator.action.Action;
import io.opsautomator.action.ActionContext;
import io.opsautomator.action.ActionMetadata;
import io.opsautomator.action.Evidence;
import io.opsautomator.action.Invocation;
import io.opsautomator.action.Outcome;
import io.opsautomator.resource.Aggregation;
import io.opsautomator.resource.Resource;
import io.opsautomator.resource.ResourceSelector;
import io.opsautomator.resource.ResourceType;
import io.opsautomator.sqlite.SqliteStore;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * A worker in a process of its own, whose executions take their time: each writes lines into one
 * file, a step each. Arguments: the folder, how many executions, how many steps each, how many
 * milliseconds a step takes, how many the process may take to stop.
 */
final class ServiceProcess {
  static final TaskName SLOW = new TaskName("slow");
  private static final ResourceType<Line> TYPE =
      new ResourceType<>("paper", "Lines", Line.class, true);

  private ServiceProcess() {}

  private record Line(int number) {}

  /** The file that says what was done. */
  static Path ledger(Path folder) {
    return folder.resolve("ledger");
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path folder = Path.of(arguments[0]);
    int count = Integer.parseInt(arguments[1]);
    try (SqliteStore store = SqliteStore.open(folder.resolve("store"));
        WorkerMetrics metrics = new WorkerMetrics()) {
      OpsAutomator engine =
          OpsAutomator.builder()
              .withoutDiscovery()
              .store(store)
              .audit(metrics)
              .action(
                  new Writing(
                      ledger(folder),
                      Integer.parseInt(arguments[2]),
                      Integer.parseInt(arguments[3])))
              .selector(new Lines(count))
              .task(Task.named(SLOW.value()).action("Writing").where("*").build())
              .build();
      engine.run(SLOW, "once");
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

  private record Lines(int count) implements ResourceSelector<Line> {
    @Override
    public ResourceType<Line> type() {
      return TYPE;
    }

    @Override
    public Listing<Line> list(Invocation caller, Query query, Optional<String> token) {
      List<Resource<Line>> all =
          IntStream.range(0, count)
              .mapToObj(
                  i -> new Resource<>(TYPE, "line-" + i, caller.scope(), Map.of(), new Line(i)))
              .toList();
      return new Listing<>(all, Optional.empty());
    }
  }

  private record Writing(Path ledger, int steps, int millis) implements Action<Writing.Params> {
    record Params() {
      static final Params DEFAULTS = new Params();
    }

    @Override
    public ActionMetadata<Params> metadata() {
      return ActionMetadata.of("Writing", Params.DEFAULTS)
          .titled("Write", "Writes lines")
          .version("1.0", "0f0c6c0e-3c59-4a4e-9a53-5c8d7f6f0b19")
          .selects(TYPE, Aggregation.RESOURCE)
          .build();
    }

    @Override
    public Outcome execute(ActionContext<Params> context) {
      String key = context.resource(TYPE).id();
      for (int step = 0; step < steps; step++) {
        String line = key + " " + step;
        context.effects().idempotent("step-" + step, () -> write(line));
      }
      return Outcome.of(key, Evidence.confirmed("written"));
    }

    private void write(String line) {
      try {
        new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
        Files.writeString(
            ledger, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      }
    }
  }
}
