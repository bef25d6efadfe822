package io.opsautomator.sqlite.size;

import io.opsautomator.OpsAutomator;
import io.opsautomator.action.Action;
import io.opsautomator.action.ActionContext;
import io.opsautomator.action.ActionMetadata;
import io.opsautomator.action.Evidence;
import io.opsautomator.action.Invocation;
import io.opsautomator.action.Outcome;
import io.opsautomator.dispatch.KeyedLimiter.Bounds;
import io.opsautomator.resource.Aggregation;
import io.opsautomator.resource.Resource;
import io.opsautomator.resource.ResourceSelector;
import io.opsautomator.resource.ResourceType;
import io.opsautomator.resource.Scope;
import io.opsautomator.resource.Territory;
import io.opsautomator.store.Run;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskName;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/** One run over many resources, in a process of its own, whose heap is what the caller allows. */
public final class LargeRun {
  private static final int PAGE = 1_000;
  private static final LongAdder WORKED_ON = new LongAdder();

  private LargeRun() {}

  record Lamp(String kind, int watts) {
    static final ResourceType<Lamp> TYPE = new ResourceType<>("lamp", "Lamps", Lamp.class, true);
  }

  record Params() {}

  private record Dim(Aggregation aggregation) implements Action<Params> {
    @Override
    public ActionMetadata<Params> metadata() {
      return ActionMetadata.of("Dim", new Params())
          .titled("Dim", "Dims lamps")
          .version("1.0", "9a0c6c0e-3c59-4a4e-9a53-5c8d7f6f0b22")
          .selects(Lamp.TYPE, aggregation)
          .build();
    }

    @Override
    public Outcome execute(ActionContext<Params> context) {
      int some = context.resources(Lamp.TYPE).size();
      WORKED_ON.add(some);
      return Outcome.of("dimmed " + some, Evidence.confirmed("dimmed"));
    }
  }

  /** So many lamps in each account and region, a thousand a page. */
  private record Lamps(int each) implements ResourceSelector<Lamp> {
    @Override
    public ResourceType<Lamp> type() {
      return Lamp.TYPE;
    }

    @Override
    public Listing<Lamp> list(Invocation caller, Query query, Optional<String> token) {
      int from = token.map(Integer::parseInt).orElse(0);
      int to = Math.min(each, from + PAGE);
      List<Resource<Lamp>> page =
          IntStream.range(from, to).mapToObj(i -> lamp(caller.scope(), i)).toList();
      return new Listing<>(page, to < each ? Optional.of("" + to) : Optional.empty());
    }

    private static Resource<Lamp> lamp(Scope scope, int number) {
      return new Resource<>(
          Lamp.TYPE,
          String.format(Locale.ROOT, "lamp-%017x", number),
          scope,
          Map.of("Name", "lamp " + number, "Environment", "prod", "Team", "web"),
          new Lamp("led", 7));
    }
  }

  /**
   * @param args folder, aggregation, accounts, lamps of each, and how many make a unit, or 0
   */
  public static void main(String[] args) throws InterruptedException {
    int accounts = Integer.parseInt(args[2]);
    int each = Integer.parseInt(args[3]);
    Scope home = Scope.of("100000000000", "eu-west-1");
    List<String> all =
        IntStream.range(0, accounts).mapToObj(i -> Long.toString(100_000_000_000L + i)).toList();
    Task.Builder task =
        Task.named("dim")
            .action("Dim")
            .where("Environment=prod")
            .accounts(all.toArray(String[]::new));
    int batch = Integer.parseInt(args[4]);
    if (batch > 0) {
      task.batchSize(batch);
    }
    long start = System.nanoTime();
    try (OpsAutomator engine =
        OpsAutomator.builder()
            .withoutDiscovery()
            .action(new Dim(Aggregation.valueOf(args[1])))
            .selector(new Lamps(each))
            .territory(Territory.of(home, Set.of(home.region())))
            .store(Path.of(args[0]))
            .workers(8)
            .listing(Bounds.NONE)
            .build()) {
      engine.put(task.build());
      engine.work();
      Run run = engine.await(engine.run(new TaskName("dim"), "once"));
      System.out.printf(
          Locale.ROOT,
          "%s %d worked on, %d executions, %.1f s, %d MB%n",
          run.state(),
          WORKED_ON.sum(),
          run.summary().succeeded(),
          (System.nanoTime() - start) / 1e9,
          peak() >> 20);
    }
  }

  /** Of the whole heap, garbage included: an upper bound. */
  private static long peak() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .map(MemoryPoolMXBean::getPeakUsage)
        .mapToLong(usage -> usage.getUsed())
        .sum();
  }
}
