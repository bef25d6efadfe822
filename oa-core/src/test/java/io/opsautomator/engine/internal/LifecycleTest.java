package io.opsautomator.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsautomator.OpsAutomator;
import io.opsautomator.action.ActionContext;
import io.opsautomator.action.Evidence;
import io.opsautomator.action.Outcome;
import io.opsautomator.audit.AuditEvent;
import io.opsautomator.audit.AuditSink;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.store.InMemoryStore;
import io.opsautomator.store.Run;
import io.opsautomator.task.RunId;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Starting and closing, on real threads and the real clock. */
final class LifecycleTest {
  private static final TaskName LIGHTS = new TaskName("lights");
  private final InMemoryStore store = new InMemoryStore();
  private final World world = new World();

  private OpsAutomator.Builder builder(Function<ActionContext<Switch.Params>, Outcome> body) {
    return OpsAutomator.builder()
        .withoutDiscovery()
        .action(Switch.each(body))
        .selector(world.lamps())
        .task(Task.named("lights").action("Switch").where("*").build());
  }

  private static Outcome switched(ActionContext<Switch.Params> context) {
    String key = context.unit().key();
    context.effects().idempotent("switch", () -> {});
    return Outcome.of(key, Evidence.confirmed("switched"));
  }

  private static Set<Thread> threads() {
    Thread[] all = new Thread[Thread.activeCount() + 100];
    int count = Thread.enumerate(all);
    Set<Thread> ours = ConcurrentHashMap.newKeySet();
    IntStream.range(0, count)
        .mapToObj(i -> all[i])
        .filter(thread -> thread.getName().startsWith("oa-"))
        .forEach(ours::add);
    return ours;
  }

  @Test
  void aClosedEngineLeavesNoThreadBehind() throws InterruptedException {
    Set<Thread> before = threads();
    Set<Thread> mine = ConcurrentHashMap.newKeySet();
    try (OpsAutomator ops = builder(LifecycleTest::switched).store(store).build()) {
      ops.start();
      ops.await(ops.run(LIGHTS, "once"));
      mine.addAll(threads());
    }

    mine.removeAll(before);
    for (Thread thread : mine) {
      thread.join(TimeUnit.SECONDS.toMillis(10));
      assertThat(thread.isAlive()).as(thread.getName()).isFalse();
    }
  }

  @Test
  void closingTwiceIsClosingOnce() {
    OpsAutomator ops = builder(LifecycleTest::switched).build();
    ops.start();

    ops.close();
    ops.close();
  }

  /** What was not done is handed back, and the next engine on the store does it. */
  @Test
  void closingDuringWorkHandsItBack() throws InterruptedException {
    CountDownLatch within = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    OpsAutomator first =
        builder(
                context -> {
                  within.countDown();
                  awaited(goOn);
                  return switched(context);
                })
            .store(store)
            .worker("first")
            .workers(1)
            .build();
    first.work();
    RunId run = first.run(LIGHTS, "once");
    within.await();
    Thread closing = closing(first);
    goOn.countDown();
    closing.join();
    assertThat(store.runs().find(run).orElseThrow().state().ended()).isFalse();

    try (OpsAutomator second =
        builder(LifecycleTest::switched).store(store).worker("second").build()) {
      second.work();
      Run ended = second.await(run);

      assertThat(ended.state()).isEqualTo(Run.State.COMPLETE);
      assertThat(second.executions(run)).hasSize(3).allMatch(x -> x.status() == Status.SUCCEEDED);
    }
  }

  /** A thread that closes the engine, and waits by now for the worker that is at work. */
  private static Thread closing(OpsAutomator engine) {
    Thread closing = new Thread(engine::close);
    closing.start();
    while (closing.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    return closing;
  }

  private static void awaited(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Test
  void whoWaitsForARunIsToldThatTheEngineWasClosed() throws InterruptedException {
    CountDownLatch within = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    OpsAutomator ops =
        builder(
                context -> {
                  within.countDown();
                  awaited(goOn);
                  return switched(context);
                })
            .store(store)
            .workers(1)
            .build();
    ops.work();
    RunId run = ops.run(LIGHTS, "once");
    within.await();
    ExecutorService waiting = Executors.newSingleThreadExecutor();
    try {
      Future<Run> ended = waiting.submit(() -> ops.await(run));
      Thread closing = closing(ops);
      goOn.countDown();
      closing.join();

      assertThatThrownBy(ended::get)
          .isInstanceOf(ExecutionException.class)
          .cause()
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("closed");
    } finally {
      waiting.shutdownNow();
    }
  }

  @Test
  void aListenerMayCloseTheEngine() throws InterruptedException {
    AtomicReference<OpsAutomator> ops = new AtomicReference<>();
    CountDownLatch closed = new CountDownLatch(1);
    ops.set(
        builder(LifecycleTest::switched)
            .store(store)
            .audit(
                AuditSink.on(
                    AuditEvent.RunEnded.class,
                    event -> {
                      ops.get().close();
                      closed.countDown();
                    }))
            .build());
    ops.get().work();
    RunId run = ops.get().run(LIGHTS, "once");

    assertThat(closed.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(store.runs().find(run).orElseThrow().state()).isEqualTo(Run.State.COMPLETE);
  }

  @Test
  void severalEnginesOfOneProcessShareAStoreAndItsWork() throws InterruptedException {
    Set<String> done = ConcurrentHashMap.newKeySet();
    Function<ActionContext<Switch.Params>, Outcome> once =
        context -> {
          context
              .effects()
              .atMostOnce(
                  "switch", () -> assertThat(done.add(context.execution().value())).isTrue());
          return Outcome.of(context.unit().key(), Evidence.confirmed("switched"));
        };
    List<OpsAutomator> engines =
        IntStream.range(0, 3)
            .mapToObj(i -> builder(once).store(store).worker("worker-" + i).build())
            .toList();
    engines.forEach(OpsAutomator::start);

    for (int i = 0; i < 30; i++) {
      OpsAutomator asked = engines.get(i % engines.size());
      assertThat(asked.await(asked.run(LIGHTS, "request-" + i)).state())
          .isEqualTo(Run.State.COMPLETE);
    }

    engines.forEach(OpsAutomator::close);
    assertThat(done).hasSize(30 * 3);
  }

  /** Whoever waits need not be who works. */
  @Test
  void aRunThatAnotherEngineEndsIsAwaited() throws InterruptedException {
    try (OpsAutomator asks = builder(LifecycleTest::switched).store(store).worker("asks").build();
        OpsAutomator works =
            builder(LifecycleTest::switched).store(store).worker("works").build()) {
      RunId run = asks.run(LIGHTS, "once");
      works.work();

      assertThat(asks.await(run).state()).isEqualTo(Run.State.COMPLETE);
      asks.close();
      assertThatThrownBy(() -> asks.await(run))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("closed");
    }
  }

  @Test
  void enginesOfDifferentStoresKnowNothingOfEachOther() throws InterruptedException {
    try (OpsAutomator one = builder(LifecycleTest::switched).build();
        OpsAutomator other = builder(LifecycleTest::switched).build()) {
      one.work();
      other.work();
      one.await(one.run(LIGHTS, "once"));

      assertThat(one.history(Optional.empty(), 10)).hasSize(1);
      assertThat(other.history(Optional.empty(), 10)).isEmpty();
    }
  }
}
