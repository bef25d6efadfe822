package io.opsautomator.awstests;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.OpsAutomator;
import io.opsautomator.action.Action;
import io.opsautomator.action.ActionContext;
import io.opsautomator.action.ActionMetadata;
import io.opsautomator.action.Evidence;
import io.opsautomator.action.Invocation;
import io.opsautomator.action.Outcome;
import io.opsautomator.dispatch.WorkQueue;
import io.opsautomator.resource.Aggregation;
import io.opsautomator.resource.Resource;
import io.opsautomator.resource.ResourceSelector;
import io.opsautomator.resource.ResourceType;
import io.opsautomator.resource.Scope;
import io.opsautomator.resource.Territory;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.store.Run;
import io.opsautomator.store.Store;
import io.opsautomator.task.RunId;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Runs that touch so many lamps, each once and with a single effect, by an engine over a store and
 * a queue of the test's choice.
 */
final class LampRuns {
  static final int WORKERS = 8;

  private static final Scope HOME = Scope.of("111122223333", "eu-west-1");
  private static final TaskName TASK = new TaskName("touch");

  private final AtomicInteger working = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();

  /** Something to act on. */
  public record Lamp(boolean on) {
    static final ResourceType<Lamp> TYPE = new ResourceType<>("light", "Lamps", Lamp.class, true);
  }

  /** An action without parameters. */
  public record Nothing() {}

  /** An engine that has not begun, with the task. */
  OpsAutomator engine(Store store, Optional<WorkQueue> queue, int lamps, int limit) {
    OpsAutomator.Builder builder =
        OpsAutomator.builder()
            .withoutDiscovery()
            .territory(Territory.of(HOME, Set.of(HOME.region())))
            .store(store)
            .workers(WORKERS)
            .action(new Touch(limit))
            .selector(new Lamps(lamps))
            .task(Task.named(TASK.value()).action("Touch").where("*").build());
    queue.ifPresent(builder::queue);
    return builder.build();
  }

  /** How many were touched at the same time. */
  int most() {
    return most.get();
  }

  /**
   * @param queue closed with the engine; empty for one within the process
   * @param limit how many at once; 0 for as many as there are workers
   */
  Run run(Store store, Optional<WorkQueue> queue, int lamps, int limit)
      throws InterruptedException {
    try (OpsAutomator engine = engine(store, queue, lamps, limit)) {
      engine.work();
      RunId id = engine.run(TASK, "once");
      Run run = engine.await(id);
      assertThat(engine.executions(id)).extracting(Execution::status).allMatch(Status::ended);
      assertThat(run.summary().succeeded()).isEqualTo(lamps);
      return run;
    }
  }

  private final class Touch implements Action<Nothing> {
    private final int limit;

    Touch(int limit) {
      this.limit = limit;
    }

    @Override
    public ActionMetadata<Nothing> metadata() {
      return ActionMetadata.of("Touch", new Nothing())
          .titled("Touch", "Does nothing, once")
          .version("1.0", "0f0c6c0e-3c59-4a4e-9a53-5c8d7f6f0b14")
          .selects(Lamp.TYPE, Aggregation.RESOURCE)
          .limits(Duration.ofHours(1), Duration.ofMinutes(1), limit)
          .build();
    }

    @Override
    public Outcome execute(ActionContext<Nothing> context) {
      most.accumulateAndGet(working.incrementAndGet(), Math::max);
      try {
        context.effects().idempotent("touch", Thread::yield);
        return Outcome.of(context.unit().key(), Evidence.confirmed("touched"));
      } finally {
        working.decrementAndGet();
      }
    }
  }

  private record Lamps(int number) implements ResourceSelector<Lamp> {
    private static final int PAGE = 500;

    @Override
    public ResourceType<Lamp> type() {
      return Lamp.TYPE;
    }

    @Override
    public Listing<Lamp> list(Invocation caller, Query query, Optional<String> token) {
      int from = token.map(Integer::parseInt).orElse(0);
      int to = Math.min(number, from + PAGE);
      List<Resource<Lamp>> some =
          IntStream.range(from, to)
              .mapToObj(
                  i ->
                      new Resource<>(
                          Lamp.TYPE, "lamp-" + i, caller.scope(), Map.of("a", "b"), new Lamp(true)))
              .toList();
      return new Listing<>(some, to < number ? Optional.of("" + to) : Optional.empty());
    }
  }
}
