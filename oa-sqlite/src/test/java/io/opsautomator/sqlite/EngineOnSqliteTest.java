package io.opsautomator.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.OpsAutomator;
import io.opsautomator.action.Action;
import io.opsautomator.action.ActionContext;
import io.opsautomator.action.ActionMetadata;
import io.opsautomator.action.Evidence;
import io.opsautomator.action.Invocation;
import io.opsautomator.action.Outcome;
import io.opsautomator.audit.AuditEvent;
import io.opsautomator.audit.AuditSink;
import io.opsautomator.resource.Aggregation;
import io.opsautomator.resource.Resource;
import io.opsautomator.resource.ResourceSelector;
import io.opsautomator.resource.ResourceType;
import io.opsautomator.resource.Scope;
import io.opsautomator.resource.Territory;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.store.Run;
import io.opsautomator.task.RunId;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * An engine whose workers end one execution and begin the next in one write, since the store lets
 * them.
 */
@Timeout(120)
final class EngineOnSqliteTest {
  private static final int LAMPS = 250;
  private static final Scope HOME = Scope.of("111122223333", "eu-west-1");
  private static final TaskName TASK = new TaskName("touch");

  @TempDir private Path folder;

  private final AtomicInteger working = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private final Set<String> failed = ConcurrentHashMap.newKeySet();
  private final List<AuditEvent.Moved> moves = Collections.synchronizedList(new ArrayList<>());

  /** Something to act on. */
  public record Lamp(boolean on) {
    static final ResourceType<Lamp> TYPE = new ResourceType<>("light", "Lamps", Lamp.class, true);
  }

  /** An action without parameters. */
  public record Nothing() {
    static final Nothing DEFAULTS = new Nothing();
  }

  @Test
  void aLimitHoldsWhenWorkersGoOnWithWhomTheirSlotWasGrantedTo() throws InterruptedException {
    Run run = run(3, 8, false);

    assertThat(run.state()).isEqualTo(Run.State.COMPLETE);
    assertThat(run.summary().succeeded()).isEqualTo(LAMPS);
    assertThat(most.get()).isBetween(1, 3);
    everyExecutionIsToldToHaveBegunAndEndedOnce(Status.WAITING);
  }

  @Test
  void oneWorkerDoesAllThatLiesReadyAndNothingTwice() throws InterruptedException {
    Run run = run(0, 1, false);

    assertThat(run.summary().succeeded()).isEqualTo(LAMPS);
    assertThat(most).hasValue(1);
    everyExecutionIsToldToHaveBegunAndEndedOnce(Status.READY);
  }

  @Test
  void whatFailsUnexpectedlyFailsAloneAndPassesItsSlotOn() throws InterruptedException {
    Run run = run(2, 4, true);

    assertThat(run.state()).isEqualTo(Run.State.PARTIAL);
    assertThat(run.summary().failed()).isEqualTo(failed.size()).isPositive();
    assertThat(run.summary().succeeded()).isEqualTo(LAMPS - failed.size());
  }

  private void everyExecutionIsToldToHaveBegunAndEndedOnce(Status initial) {
    assertThat(moves).filteredOn(moved -> moved.from() == initial).hasSize(LAMPS);
    assertThat(moves).filteredOn(moved -> moved.to() == Status.SUCCEEDED).hasSize(LAMPS);
    assertThat(moves).hasSize(2 * LAMPS);
  }

  private Run run(int limit, int workers, boolean faulty) throws InterruptedException {
    try (SqliteStore store = SqliteStore.open(folder);
        OpsAutomator engine =
            OpsAutomator.builder()
                .withoutDiscovery()
                .territory(Territory.of(HOME, Set.of(HOME.region())))
                .store(store)
                .workers(workers)
                .action(new Touch(limit, faulty))
                .selector(new Lamps())
                .audit(AuditSink.on(AuditEvent.Moved.class, moves::add))
                .task(Task.named(TASK.value()).action("Touch").where("*").build())
                .build()) {
      engine.work();
      RunId id = engine.run(TASK, "once");
      Run run = engine.await(id);
      assertThat(engine.executions(id)).extracting(Execution::status).allMatch(Status::ended);
      assertThat(store.check().stray()).isEmpty();
      return run;
    }
  }

  private final class Touch implements Action<Nothing> {
    private final int limit;
    private final boolean faulty;

    Touch(int limit, boolean faulty) {
      this.limit = limit;
      this.faulty = faulty;
    }

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
      most.accumulateAndGet(working.incrementAndGet(), Math::max);
      try {
        context.effects().idempotent("touch", Thread::yield);
        if (faulty && context.unit().key().endsWith("7")) {
          failed.add(context.unit().key());
          throw new IllegalStateException("a bad bulb");
        }
        return Outcome.of(context.unit().key(), Evidence.confirmed("touched"));
      } finally {
        working.decrementAndGet();
      }
    }
  }

  private record Lamps() implements ResourceSelector<Lamp> {
    @Override
    public ResourceType<Lamp> type() {
      return Lamp.TYPE;
    }

    @Override
    public Listing<Lamp> list(Invocation caller, Query query, Optional<String> token) {
      List<Resource<Lamp>> all =
          IntStream.range(0, LAMPS)
              .mapToObj(
                  i ->
                      new Resource<>(
                          Lamp.TYPE, "lamp-" + i, caller.scope(), Map.of("a", "b"), new Lamp(true)))
              .toList();
      return new Listing<>(all, Optional.empty());
    }
  }
}
