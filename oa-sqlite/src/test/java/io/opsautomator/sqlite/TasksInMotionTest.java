package io.opsautomator.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.OpsAutomator;
import io.opsautomator.action.Action;
import io.opsautomator.action.ActionContext;
import io.opsautomator.action.ActionException;
import io.opsautomator.action.ActionMetadata;
import io.opsautomator.action.Evidence;
import io.opsautomator.action.Invocation;
import io.opsautomator.action.Outcome;
import io.opsautomator.action.Param;
import io.opsautomator.audit.AuditEvent;
import io.opsautomator.audit.AuditSink;
import io.opsautomator.resource.Aggregation;
import io.opsautomator.resource.Resource;
import io.opsautomator.resource.ResourceSelector;
import io.opsautomator.resource.ResourceType;
import io.opsautomator.resource.Scope;
import io.opsautomator.resource.Territory;
import io.opsautomator.schedule.Schedule;
import io.opsautomator.store.InMemoryStore;
import io.opsautomator.store.Run;
import io.opsautomator.store.Store;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskName;
import io.opsautomator.testkit.VirtualTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many hands change tasks while these fire, each minute of virtual time. */
final class TasksInMotionTest {
  private static final Scope HOME = Scope.of("111122223333", "eu-west-1");
  private static final List<TaskName> NAMES =
      List.of(new TaskName("one"), new TaskName("two"), new TaskName("three"));
  private static final int HANDS = 4;
  private static final int MINUTES = 300;

  /** By task and revision. */
  private final Map<String, String> changes = new ConcurrentHashMap<>();

  private final VirtualTime time = VirtualTime.startingAt("2026-03-02T08:00:30Z");
  private final AtomicBoolean over = new AtomicBoolean();

  /** One for each change; time goes on when there have been some. */
  private final Semaphore changed = new Semaphore(0);

  record Bell() {
    static final ResourceType<Bell> TYPE = new ResourceType<>("bell", "Bells", Bell.class, true);
  }

  record Ring() implements Action<Ring.Params> {
    record Params(@Param(label = "Times") int times) {}

    @Override
    public ActionMetadata<Params> metadata() {
      return ActionMetadata.of("Ring", new Params(1))
          .titled("Ring", "Rings")
          .version("1.0", "3c1a6f4e-8f0e-4c80-9a39-0b9d3c0c7a55")
          .selects(Bell.TYPE, Aggregation.RESOURCE)
          .build();
    }

    @Override
    public Outcome execute(ActionContext<Params> context) {
      return Outcome.of("bell", Evidence.confirmed("rung"));
    }
  }

  record Bells() implements ResourceSelector<Bell> {
    @Override
    public ResourceType<Bell> type() {
      return Bell.TYPE;
    }

    @Override
    public Listing<Bell> list(Invocation caller, Query query, Optional<String> token) {
      Resource<Bell> bell = new Resource<>(Bell.TYPE, "bell", caller.scope(), Map.of(), new Bell());
      return new Listing<>(List.of(bell), Optional.empty());
    }
  }

  private OpsAutomator engine(Store store) {
    return OpsAutomator.builder()
        .withoutDiscovery()
        .action(new Ring())
        .selector(new Bells())
        .territory(Territory.of(HOME, Set.of(HOME.region())))
        .store(store)
        .clock(time)
        .timer(time)
        .executor(time)
        .random(new Random(3))
        .audit(AuditSink.on(AuditEvent.TaskChanged.class, this::changed))
        .build();
  }

  private void changed(AuditEvent.TaskChanged event) {
    changes.put(event.of().task().value() + "/" + event.revision(), event.change());
  }

  private static Task task(TaskName name, int edition) {
    return Task.named(name.value())
        .action("Ring")
        .where("*")
        .description("edition " + edition)
        .on(Schedule.cron("* * * * *", "UTC"))
        .build();
  }

  /** One of those who change tasks, until it is over. */
  private void change(OpsAutomator engine, Random dice) {
    for (int i = 1; !over.get(); i++) {
      changed.release();
      TaskName name = NAMES.get(dice.nextInt(NAMES.size()));
      try {
        switch (dice.nextInt(8)) {
          case 0, 1 -> engine.pause(name);
          case 2, 3, 4 -> engine.resume(name);
          case 5 -> engine.remove(name);
          case 6 -> engine.run(name, dice.nextInt() + "");
          default -> engine.put(task(name, i));
        }
      } catch (ActionException refused) {
        assertThat(refused.code()).isIn("ERR_TASK_DOES_NOT_EXIST", "ERR_TASK_PAUSED", "ERR_BUSY");
      }
    }
  }

  private void inMotion(Store store) throws InterruptedException, ExecutionException {
    ExecutorService hands = Executors.newFixedThreadPool(HANDS);
    try (OpsAutomator engine = engine(store)) {
      NAMES.forEach(name -> engine.put(task(name, 0)));
      engine.start();
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < HANDS; i++) {
        Random dice = new Random(i);
        all.add(hands.submit(() -> change(engine, dice)));
      }
      for (int i = 0; i < MINUTES; i++) {
        assertThat(changed.tryAcquire(HANDS, 10, TimeUnit.SECONDS)).isTrue();
        time.advance(Duration.ofMinutes(1));
      }
      over.set(true);
      for (Future<?> hand : all) {
        hand.get();
      }
      noneWasMadeOfAPausedTask(engine);
      allFireAgainOnceResumed(engine);
    } finally {
      over.set(true);
      hands.shutdownNow();
    }
  }

  private void noneWasMadeOfAPausedTask(OpsAutomator engine) {
    time.advance(Duration.ofMinutes(2));
    List<Run> runs = engine.history(Optional.empty(), Integer.MAX_VALUE);
    assertThat(runs)
        .isNotEmpty()
        .allSatisfy(
            run ->
                assertThat(changes.get(run.task().value() + "/" + run.cause().revision()))
                    .matches("created|changed|resumed.*"))
        .allSatisfy(run -> assertThat(run.state().ended()).isTrue());
    assertThat(changes).containsValues("paused", "removed");
  }

  private void allFireAgainOnceResumed(OpsAutomator engine) {
    for (TaskName name : NAMES) {
      engine.put(task(name, -1));
      engine.resume(name);
      int before = engine.history(Optional.of(name), Integer.MAX_VALUE).size();
      time.advance(Duration.ofMinutes(3));
      int after = engine.history(Optional.of(name), Integer.MAX_VALUE).size();
      assertThat(after - before).as(name.value()).isEqualTo(3);
    }
  }

  @Test
  void onTheStoreInMemory() throws InterruptedException, ExecutionException {
    inMotion(new InMemoryStore());
  }

  @Test
  void onTheDurableStore(@TempDir Path folder) throws InterruptedException, ExecutionException {
    try (Store store = SqliteStore.open(folder)) {
      inMotion(store);
    }
  }
}
