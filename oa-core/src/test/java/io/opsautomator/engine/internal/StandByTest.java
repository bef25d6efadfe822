package io.opsautomator.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.OpsAutomator;
import io.opsautomator.action.Evidence;
import io.opsautomator.action.Outcome;
import io.opsautomator.dispatch.Message;
import io.opsautomator.dispatch.WorkQueue;
import io.opsautomator.schedule.Schedule;
import io.opsautomator.store.Run;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** An engine that is woken from outside, and one whose queue outlives it. */
final class StandByTest {
  private static final TaskName LIGHTS = new TaskName("lights");
  private final World world = new World();
  private final Outside queue = new Outside();

  /** Keeps what was sent until somebody hands it in. */
  private static final class Outside implements WorkQueue {
    final Queue<Message> sent = new ArrayDeque<>();
    Optional<Consumer<Delivery>> handler = Optional.empty();

    @Override
    public void send(List<Message> messages, Duration delay) {
      sent.addAll(messages);
    }

    @Override
    public void deliverTo(Consumer<Delivery> handler) {
      this.handler = Optional.of(handler);
    }

    @Override
    public boolean durable() {
      return true;
    }

    @Override
    public void close() {}

    /** Hands in what was sent, and what comes of it. */
    void handIn() {
      for (Message next = sent.poll(); next != null; next = sent.poll()) {
        handler.orElseThrow().accept(new InHand(next));
      }
    }

    private final class InHand implements Delivery {
      private final Message message;

      InHand(Message message) {
        this.message = message;
      }

      @Override
      public Message message() {
        return message;
      }

      @Override
      public int receipts() {
        return 1;
      }

      @Override
      public void acknowledge() {}

      @Override
      public void again(Duration after) {
        sent.add(message);
      }
    }
  }

  private OpsAutomator engine() {
    return world
        .builder()
        .withoutDiscovery()
        .action(Switch.each(context -> Outcome.of("on", Evidence.confirmed("switched"))))
        .queue(queue)
        .task(
            Task.named("lights")
                .action("Switch")
                .where("*")
                .on(Schedule.cron("*/15 * * * *", "UTC"))
                .build())
        .build();
  }

  private List<Run> runs(OpsAutomator ops) {
    return ops.history(Optional.of(LIGHTS), 10);
  }

  @Test
  void nothingIsDueUntilTheHostSaysSo() {
    OpsAutomator ops = engine();
    ops.standBy();

    world.pass(Duration.ofHours(2));

    assertThat(runs(ops)).isEmpty();
    assertThat(queue.sent).isEmpty();
  }

  @Test
  void aTickFiresAndSaysWhenToLookNext() {
    OpsAutomator ops = engine();
    ops.standBy();
    world.pass(Duration.ofMinutes(15));

    Instant next = ops.tick();

    assertThat(runs(ops)).extracting(Run::state).containsExactly(Run.State.SELECTING);
    assertThat(next).isAfter(world.instant()).isBeforeOrEqualTo(world.instant().plusSeconds(60));
    queue.handIn();
    assertThat(runs(ops)).extracting(Run::state).containsExactly(Run.State.COMPLETE);
  }

  @Test
  void whatIsAskedForWhileStandingByIsDoneByWhoeverTakesTheMessages() {
    OpsAutomator ops = engine();
    ops.standBy();

    ops.run(LIGHTS, "by hand");
    queue.handIn();

    assertThat(runs(ops)).extracting(Run::state).containsExactly(Run.State.COMPLETE);
  }

  @Test
  void anEngineOnAQueueThatOutlivedAnotherSendsNothingAgain() {
    OpsAutomator first = engine();
    first.standBy();
    first.run(LIGHTS, "by hand");
    int sent = queue.sent.size();

    OpsAutomator second = engine();
    second.work();

    assertThat(sent).isPositive();
    assertThat(queue.sent).hasSize(sent);
    queue.handIn();
    assertThat(runs(second)).extracting(Run::state).containsExactly(Run.State.COMPLETE);
  }
}
