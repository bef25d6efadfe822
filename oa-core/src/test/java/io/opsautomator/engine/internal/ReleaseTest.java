package io.opsautomator.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.OpsAutomator;
import io.opsautomator.action.Action;
import io.opsautomator.action.ActionContext;
import io.opsautomator.action.Evidence;
import io.opsautomator.action.Outcome;
import io.opsautomator.action.TransientException;
import io.opsautomator.dispatch.Message;
import io.opsautomator.dispatch.WorkQueue;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Work that one process lets go of, and another on the same queue goes on with. */
final class ReleaseTest {
  private static final TaskName LIGHTS = new TaskName("lights");

  private final World world = new World();
  private final List<Waiting> waiting = new ArrayList<>();
  private final List<String> did = new ArrayList<>();
  private final Process first = new Process("first");
  private final Process second = new Process("second");

  private record Waiting(Message message, Instant from, int receipts) {}

  /** One of several processes on one queue. */
  private final class Process implements WorkQueue {
    private final String name;
    private boolean draining;
    private boolean keeps;
    private Consumer<Delivery> handler = delivery -> {};

    Process(String name) {
      this.name = name;
    }

    OpsAutomator engine(Action<?> action) {
      OpsAutomator engine =
          world.builder().withoutDiscovery().action(action).queue(this).worker(name).build();
      engine.standBy();
      return engine;
    }

    /** Is handed all that may be delivered by now, and what comes of it, until it drains. */
    void work() {
      while (!draining && due().isPresent()) {
        takeOne();
      }
    }

    void takeOne() {
      Waiting next = due().orElseThrow();
      waiting.remove(next);
      handler.accept(new InHand(next));
    }

    private Optional<Waiting> due() {
      return waiting.stream().filter(it -> !it.from().isAfter(world.instant())).findFirst();
    }

    @Override
    public void send(List<Message> messages, Duration delay) {
      messages.forEach(m -> waiting.add(new Waiting(m, world.instant().plus(delay), 1)));
    }

    @Override
    public void deliverTo(Consumer<Delivery> handler) {
      this.handler = handler;
    }

    @Override
    public boolean durable() {
      return true;
    }

    @Override
    public boolean draining() {
      return draining;
    }

    @Override
    public void close() {}

    private final class InHand implements Delivery {
      private final Waiting it;

      InHand(Waiting it) {
        this.it = it;
      }

      @Override
      public Message message() {
        return it.message();
      }

      @Override
      public int receipts() {
        return it.receipts();
      }

      @Override
      public void acknowledge() {}

      @Override
      public boolean returns(Duration after) {
        return keeps;
      }

      @Override
      public void again(Duration after) {
        Instant from = world.instant().plus(after);
        waiting.add(new Waiting(it.message(), from, it.receipts() + 1));
      }
    }
  }

  private Execution begin(Switch action) {
    world.lamps = 1;
    OpsAutomator engine = first.engine(action);
    second.engine(action);
    assertThat(engine.put(Task.named("lights").action("Switch").where("*").build())).isEmpty();
    engine.run(LIGHTS, "by hand");
    first.work();
    return execution(engine);
  }

  private Execution execution(OpsAutomator engine) {
    return engine.executions(engine.history(Optional.of(LIGHTS), 1).get(0).id()).get(0);
  }

  private Execution now() {
    return execution(world.engine(twoSteps()));
  }

  private Switch twoSteps() {
    return Switch.each(
        context -> {
          step(context, "one");
          first.draining = true;
          step(context, "two");
          return Outcome.of("x", Evidence.confirmed("done"));
        });
  }

  private void step(ActionContext<Switch.Params> context, String name) {
    context.effects().idempotent(name, Boolean.class, () -> did.add(name));
  }

  @Test
  void beforeItIsFrozenAProcessHandsBackAtTheNextEffectAndAnotherGoesOnAtOnce() {
    Execution handedBack = begin(twoSteps());

    assertThat(handedBack.status()).isEqualTo(Status.READY);
    assertThat(did).containsExactly("one");
    second.work();
    assertThat(did).containsExactly("one", "two");
    assertThat(now().status()).isEqualTo(Status.SUCCEEDED);
    assertThat(waiting).isEmpty();
  }

  @Test
  void whatHoldsASlotIsTakenOverInItWithinSecondsAndNotWhenTheLeaseWouldHaveEnded() {
    Execution handedBack = begin(twoSteps().atMost(1));

    assertThat(handedBack.status()).isEqualTo(Status.RUNNING);
    second.work();
    assertThat(did).containsExactly("one");
    world.pass(Duration.ofSeconds(6));
    second.work();
    assertThat(did).containsExactly("one", "two");
    assertThat(now().status()).isEqualTo(Status.SUCCEEDED);
    assertThat(waiting).isEmpty();
  }

  @Test
  void whoeverGoesOnWithACallThatGotNoAnswerLooksFirst() {
    Switch action = Switch.each(this::probe);

    begin(action);

    assertThat(did).containsExactly("called in vain");
    world.pass(Duration.ofSeconds(10));
    second.work();
    assertThat(did).containsExactly("called in vain", "looked");
    assertThat(now().status()).isEqualTo(Status.SUCCEEDED);
  }

  @Test
  void soDoesAnotherIfTheFirstHadMeantToAskAgainItself() {
    first.keeps = true;
    begin(Switch.each(this::probe));
    first.draining = true;
    world.pass(Duration.ofSeconds(10));
    first.takeOne();
    assertThat(did).containsExactly("called in vain");

    world.pass(Duration.ofSeconds(10));
    second.work();

    assertThat(did).containsExactly("called in vain", "looked");
    assertThat(now().status()).isEqualTo(Status.SUCCEEDED);
  }

  /** The call that got no answer has happened. */
  private Outcome probe(ActionContext<Switch.Params> context) {
    context
        .effects()
        .probed(
            "copy",
            String.class,
            token -> {
              did.add("looked");
              return Optional.of("copy-1");
            },
            token -> {
              did.add("called in vain");
              throw new TransientException(
                  TransientException.Kind.IN_DOUBT,
                  "ReadTimeout",
                  "no answer",
                  new IllegalStateException("timeout"));
            });
    return Outcome.of("x", Evidence.confirmed("done"));
  }

  @Test
  void aListingStopsBetweenTwoPages() {
    OpsAutomator engine = first.engine(twoSteps());
    engine.put(Task.named("lights").action("Switch").where("*").build());
    engine.run(LIGHTS, "by hand");
    first.takeOne();
    first.draining = true;

    first.takeOne();

    assertThat(world.queries).isEmpty();
    assertThat(waiting).hasSize(1).allMatch(it -> it.from().isAfter(world.instant()));
  }
}
