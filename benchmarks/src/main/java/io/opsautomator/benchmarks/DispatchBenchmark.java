package io.opsautomator.benchmarks;

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
import io.opsautomator.resource.Territory;
import io.opsautomator.sqlite.SqliteStore;
import io.opsautomator.store.InMemoryStore;
import io.opsautomator.store.Run;
import io.opsautomator.store.Store;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The whole way of a run: select 10,000 resources, make their executions, claim, execute and end
 * each, close the run.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class DispatchBenchmark {
  private static final int EXECUTIONS = 10_000;
  private static final int PAGE = 500;
  private static final io.opsautomator.resource.Scope HOME =
      io.opsautomator.resource.Scope.of("111122223333", "eu-west-1");

  /** Something to act on. */
  public record Lamp(boolean on) {
    static final ResourceType<Lamp> TYPE = new ResourceType<>("light", "Lamps", Lamp.class, true);
  }

  /** An action without parameters. */
  public record Nothing() {
    static final Nothing DEFAULTS = new Nothing();
  }

  @Param({"memory", "sqlite"})
  public String store = "";

  @Param({"0", "8"})
  public int limit;

  private Optional<Path> folder = Optional.empty();
  private Optional<Store> opened = Optional.empty();
  private Optional<OpsAutomator> engine = Optional.empty();
  private int request;

  @Setup(Level.Iteration)
  public void open() throws IOException {
    if (store.equals("sqlite")) {
      folder = Optional.of(Files.createTempDirectory("oa-benchmark"));
    }
    Store fresh = folder.<Store>map(SqliteStore::open).orElseGet(InMemoryStore::new);
    opened = Optional.of(fresh);
    OpsAutomator built =
        OpsAutomator.builder()
            .withoutDiscovery()
            .territory(Territory.of(HOME, Set.of(HOME.region())))
            .store(fresh)
            .action(new Touch(limit))
            .selector(new Lamps())
            .task(Task.named("touch").action("Touch").where("*").build())
            .build();
    built.work();
    engine = Optional.of(built);
  }

  @Benchmark
  @OperationsPerInvocation(EXECUTIONS)
  public Run run() throws InterruptedException {
    OpsAutomator running = engine.orElseThrow();
    return running.await(running.run(new TaskName("touch"), "r" + request++));
  }

  @TearDown(Level.Iteration)
  public void close() throws IOException {
    engine.ifPresent(OpsAutomator::close);
    opened.ifPresent(Store::close);
    if (folder.isPresent()) {
      try (Stream<Path> files = Files.walk(folder.get())) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private record Touch(int limit) implements Action<Nothing> {
    @Override
    public ActionMetadata<Nothing> metadata() {
      return ActionMetadata.of("Touch", Nothing.DEFAULTS)
          .titled("Touch", "Does nothing, once")
          .version("1.0", "0f0c6c0e-3c59-4a4e-9a53-5c8d7f6f0b13")
          .selects(Lamp.TYPE, Aggregation.RESOURCE)
          .limits(Duration.ofHours(1), Duration.ofMinutes(1), limit)
          .build();
    }

    @Override
    public Outcome execute(ActionContext<Nothing> context) {
      context.effects().idempotent("touch", () -> {});
      return Outcome.of(context.unit().key(), Evidence.confirmed("touched"));
    }
  }

  private record Lamps() implements ResourceSelector<Lamp> {
    @Override
    public ResourceType<Lamp> type() {
      return Lamp.TYPE;
    }

    @Override
    public Listing<Lamp> list(Invocation caller, Query query, Optional<String> token) {
      int from = token.map(Integer::parseInt).orElse(0);
      List<Resource<Lamp>> page =
          IntStream.range(from, from + PAGE)
              .mapToObj(
                  i ->
                      new Resource<>(
                          Lamp.TYPE, "lamp-" + i, caller.scope(), Map.of("a", "b"), new Lamp(true)))
              .toList();
      int next = from + PAGE;
      return new Listing<>(page, next < EXECUTIONS ? Optional.of("" + next) : Optional.empty());
    }
  }
}
