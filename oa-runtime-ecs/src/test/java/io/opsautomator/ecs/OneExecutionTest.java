package io.opsautomator.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.OpsAutomator;
import io.opsautomator.Vitals;
import io.opsautomator.action.ActionContext;
import io.opsautomator.action.ActionException;
import io.opsautomator.action.Completion;
import io.opsautomator.dispatch.Message;
import io.opsautomator.dispatch.WorkQueue;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.store.InMemoryStore;
import io.opsautomator.task.ExecutionId;
import io.opsautomator.task.RunId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class OneExecutionTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  private final InMemoryStore store = new InMemoryStore();
  private final Shared shared = new Shared();
  private final AtomicInteger written = new AtomicInteger();
  private RunId run = new RunId("none");

  /** The queue that other workers share: what is sent lies there. */
  private static final class Shared implements WorkQueue {
    private final List<Message> sent = new ArrayList<>();
    private Consumer<Delivery> handler = delivery -> {};

    @Override
    public void send(List<Message> messages, Duration delay) {
      sent.addAll(messages);
    }

    @Override
    public void deliverTo(Consumer<Delivery> to) {
      handler = to;
    }

    @Override
    public boolean durable() {
      return true;
    }

    /** Delivers selections, and nothing else. */
    void select() {
      while (sent.stream().anyMatch(Message.Select.class::isInstance)) {
        List<Message> all = List.copyOf(sent);
        sent.clear();
        for (Message message : all) {
          if (message instanceof Message.Select) {
            handler.accept(new Handed(message));
          } else {
            sent.add(message);
          }
        }
      }
    }

    @Override
    public void close() {}

    private record Handed(Message message) implements Delivery {
      @Override
      public int receipts() {
        return 1;
      }

      @Override
      public void acknowledge() {}

      @Override
      public void again(Duration after) {
        throw new AssertionError(message + " was put back");
      }
    }
  }

  private OpsAutomator engine(
      String name, WorkQueue queue, Consumer<ActionContext<Papers.Writing.Params>> body) {
    return OpsAutomator.builder()
        .withoutDiscovery()
        .store(store)
        .queue(queue)
        .worker(name)
        .selector(new Papers(3))
        .action(new Papers.Writing(body))
        .task(Papers.task())
        .build();
  }

  @BeforeEach
  void threeAreReady() {
    try (OpsAutomator other = engine("other", shared, context -> {})) {
      other.standBy();
      run = other.run(Papers.TASK, "once");
      shared.select();
    }
    assertThat(executions()).extracting(Execution::status).containsOnly(Status.READY).hasSize(3);
  }

  private List<Execution> executions() {
    return store.selections().batches(run).stream()
        .flatMap(batch -> store.executions().find(batch.executions()).stream())
        .toList();
  }

  private ExitStatus once(ExecutionId id, Consumer<ActionContext<Papers.Writing.Params>> body)
      throws InterruptedException {
    SingleQueue queue = new SingleQueue(id, shared, InstantSource.system());
    return new OneExecution(id, store, queue).work(engine("one", queue, body), SOON);
  }

  private void write(ActionContext<Papers.Writing.Params> context) {
    context.effects().idempotent("write", () -> written.incrementAndGet());
  }

  @Test
  void worksOnThatOneAndLeavesTheOthers() throws InterruptedException {
    ExecutionId id = executions().get(1).id();

    assertThat(once(id, this::write)).isEqualTo(ExitStatus.DONE);
    assertThat(written).hasValue(1);
    assertThat(executions())
        .extracting(Execution::status)
        .containsExactly(Status.READY, Status.SUCCEEDED, Status.READY);
  }

  @Test
  void whatItWaitsForItWaitsForItself() throws InterruptedException {
    AtomicInteger looks = new AtomicInteger();
    ExitStatus status =
        once(
            executions().get(0).id(),
            context -> {
              write(context);
              context
                  .effects()
                  .await(
                      Completion.when("dry", waited -> looks.incrementAndGet() == 3)
                          .every(Duration.ofMillis(5), Duration.ofMillis(10)));
            });

    assertThat(status).isEqualTo(ExitStatus.DONE);
    assertThat(written).hasValue(1);
    assertThat(looks).hasValue(3);
    assertThat(shared.sent).noneMatch(Message.Check.class::isInstance);
  }

  @Test
  void theStatusSaysHowItEnded() throws InterruptedException {
    ExitStatus status =
        once(
            executions().get(0).id(),
            context -> {
              throw new ActionException("ERR_TORN", "the paper is torn");
            });

    assertThat(status).isEqualTo(ExitStatus.FAILED);
  }

  @Test
  void oneThatHasEndedIsNotDoneAgain() throws InterruptedException {
    ExecutionId id = executions().get(0).id();
    once(id, this::write);

    assertThat(once(id, this::write)).isEqualTo(ExitStatus.DONE);
    assertThat(written).hasValue(1);
  }

  @Test
  void oneThatIsNotThereIsAWrongSetting() throws InterruptedException {
    assertThat(once(new ExecutionId("nobody"), this::write)).isEqualTo(ExitStatus.BAD_SETTINGS);
  }

  @Test
  void whatTheHandlerThrowsBringsTheMessageAgain() throws InterruptedException {
    Instant begin = Instant.EPOCH;
    AtomicInteger asked = new AtomicInteger();
    ExecutionId id = executions().get(0).id();
    SingleQueue queue =
        new SingleQueue(id, shared, () -> begin.plusSeconds(60L * asked.incrementAndGet()));
    List<Integer> receipts = new ArrayList<>();
    queue.deliverTo(
        delivery -> {
          receipts.add(delivery.receipts());
          if (delivery.receipts() < 3) {
            throw new IllegalStateException("the store is away");
          }
        });
    queue.send(List.of(new Message.Start(id, 1, Optional.empty())), Duration.ZERO);
    queue.workOff();

    assertThat(receipts).containsExactly(1, 2, 3);
  }

  /** As when a signal comes in the middle of the action. */
  @Test
  void closingHandsItToTheOthers() throws InterruptedException {
    ExecutionId id = executions().get(0).id();
    shared.sent.clear();
    SingleQueue queue = new SingleQueue(id, shared, InstantSource.system());
    AtomicInteger steps = new AtomicInteger();
    List<Thread> closing = new ArrayList<>();
    List<OpsAutomator> engines = new ArrayList<>();
    engines.add(
        engine(
            "one",
            queue,
            context -> {
              context.effects().idempotent("first", () -> steps.incrementAndGet());
              closing.add(new Thread(engines.get(0)::close));
              closing.get(0).start();
              untilClosing(engines.get(0));
              context.effects().idempotent("second", () -> steps.incrementAndGet());
            }));

    ExitStatus status = new OneExecution(id, store, queue).work(engines.get(0), SOON);
    closing.get(0).join();

    assertThat(status).isEqualTo(ExitStatus.CUT_SHORT);
    assertThat(steps).hasValue(1);
    Execution left = store.executions().find(List.of(id)).get(0);
    assertThat(left.status()).isEqualTo(Status.READY);
    assertThat(shared.sent)
        .containsExactly(new Message.Start(id, left.progress().ticket(), Optional.empty()));
  }

  private static void untilClosing(OpsAutomator engine) {
    while (engine.vitals().state() != Vitals.State.CLOSING) {
      Thread.onSpinWait();
    }
  }
}
