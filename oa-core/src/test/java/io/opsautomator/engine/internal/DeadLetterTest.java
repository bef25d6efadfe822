package io.opsautomator.engine.internal;

import static io.opsautomator.action.Evidence.confirmed;
import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.OpsAutomator;
import io.opsautomator.action.Completion;
import io.opsautomator.action.Outcome;
import io.opsautomator.dispatch.Message;
import io.opsautomator.dispatch.WorkQueue;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.store.Run;
import io.opsautomator.task.RunId;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What a queue gives up ends in words, and stops nobody else. */
final class DeadLetterTest {
  private static final TaskName LIGHTS = new TaskName("lights");

  private final World world = new World();
  private final Letters letters = new Letters();
  private final List<String> did = new ArrayList<>();

  private record Waiting(Message message, Instant from, boolean dead) {}

  /** A queue that hands out one message when it is told to, as a dead letter if it is told so. */
  private final class Letters implements WorkQueue {
    private final List<Waiting> waiting = new ArrayList<>();
    private Consumer<Delivery> handler = delivery -> {};

    @Override
    public void send(List<Message> messages, Duration delay) {
      messages.forEach(m -> waiting.add(new Waiting(m, world.instant().plus(delay), false)));
    }

    void deliver(Predicate<Message> which, boolean dead) {
      Waiting next = waiting.stream().filter(it -> which.test(it.message())).findFirst().get();
      waiting.remove(next);
      handler.accept(new InHand(next, dead || next.dead()));
    }

    /** Whatever is due, until nothing is. */
    void deliverAll() {
      Optional<Waiting> next = due();
      while (next.isPresent()) {
        waiting.remove(next.get());
        handler.accept(new InHand(next.get(), next.get().dead()));
        next = due();
      }
    }

    private Optional<Waiting> due() {
      return waiting.stream().filter(it -> !it.from().isAfter(world.instant())).findFirst();
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
    public void close() {}

    private final class InHand implements Delivery {
      private final Waiting it;
      private final boolean dead;

      InHand(Waiting it, boolean dead) {
        this.it = it;
        this.dead = dead;
      }

      @Override
      public Message message() {
        return it.message();
      }

      @Override
      public int receipts() {
        return 21;
      }

      @Override
      public boolean dead() {
        return dead;
      }

      @Override
      public void acknowledge() {}

      @Override
      public void again(Duration after) {
        waiting.add(new Waiting(it.message(), world.instant().plus(after), dead));
      }
    }
  }

  private OpsAutomator engine(Switch action) {
    OpsAutomator engine =
        world.builder().withoutDiscovery().action(action).queue(letters).worker("w").build();
    engine.standBy();
    assertThat(engine.put(Task.named("lights").action("Switch").where("*").build())).isEmpty();
    return engine;
  }

  private Switch plain() {
    return Switch.each(
        context -> {
          did.add(context.execution().value());
          return Outcome.of("x", confirmed("done"));
        });
  }

  private static boolean runs(Message message) {
    return message instanceof Message.Select select && select.slice().isEmpty();
  }

  private static boolean slices(Message message) {
    return message instanceof Message.Select select && select.slice().isPresent();
  }

  private static boolean starts(Message message) {
    return message instanceof Message.Start;
  }

  private static boolean checks(Message message) {
    return message instanceof Message.Check;
  }

  private static void assertPoisoned(Execution execution) {
    assertThat(execution.status()).isEqualTo(Status.FAILED);
    assertThat(execution.progress().outcome())
        .hasValueSatisfying(json -> assertThat(json).contains("ERR_POISON").contains("given up"));
  }

  @Test
  void anExecutionWhoseStartDiedHasFailedAndItsSlotGoesToTheNext() {
    world.lamps = 2;
    OpsAutomator engine = engine(plain().atMost(1));
    RunId run = engine.run(LIGHTS, "r");
    letters.deliver(DeadLetterTest::runs, false);
    letters.deliver(DeadLetterTest::slices, false);
    letters.deliver(DeadLetterTest::starts, true);
    letters.deliverAll();

    assertThat(did).hasSize(1);
    List<Execution> all = engine.executions(run);
    assertThat(all)
        .extracting(Execution::status)
        .containsExactlyInAnyOrder(Status.FAILED, Status.SUCCEEDED);
    assertPoisoned(all.stream().filter(x -> x.status() == Status.FAILED).findFirst().get());
    assertThat(engine.history(Optional.of(LIGHTS), 1).get(0).state()).isEqualTo(Run.State.PARTIAL);
    assertThat(letters.waiting).isEmpty();
  }

  @Test
  void whoIsStillAtWorkIsNotCutShortByADeadLetter() {
    world.lamps = 1;
    OpsAutomator[] engine = new OpsAutomator[1];
    Message[] start = new Message[1];
    engine[0] =
        engine(
            Switch.each(
                context -> {
                  letters.send(List.of(start[0]), Duration.ZERO);
                  letters.deliver(DeadLetterTest::starts, true);
                  did.add("went on");
                  return Outcome.of("x", confirmed("done"));
                }));
    RunId run = engine[0].run(LIGHTS, "r");
    letters.deliver(DeadLetterTest::runs, false);
    letters.deliver(DeadLetterTest::slices, false);
    start[0] = letters.waiting.get(0).message();
    letters.deliver(DeadLetterTest::starts, false);

    assertThat(letters.waiting).singleElement().matches(it -> it.from().isAfter(world.instant()));
    world.pass(Settings.LEASE.plus(Settings.MARGIN).plusSeconds(1));
    letters.deliverAll();
    assertThat(did).containsExactly("went on");
    assertThat(engine[0].executions(run).get(0).status()).isEqualTo(Status.SUCCEEDED);
  }

  @Test
  void aWaitWhoseCheckDiedHasFailed() {
    world.lamps = 1;
    OpsAutomator engine =
        engine(
            Switch.each(
                context -> {
                  context.effects().await(Completion.when("dark", waited -> false));
                  return Outcome.of("x", confirmed("done"));
                }));
    RunId run = engine.run(LIGHTS, "r");
    letters.deliverAll();
    assertThat(engine.executions(run).get(0).status()).isEqualTo(Status.COMPLETING);

    letters.deliver(DeadLetterTest::checks, true);
    letters.deliverAll();
    assertPoisoned(engine.executions(run).get(0));
  }

  @Test
  void w15_aRunWhoseSelectionDiedEndsInWords() {
    OpsAutomator engine = engine(plain());
    RunId run = engine.run(LIGHTS, "r");
    letters.deliver(DeadLetterTest::runs, true);

    Run ended = engine.history(Optional.of(LIGHTS), 1).get(0);
    assertThat(ended.id()).isEqualTo(run);
    assertThat(ended.state()).isEqualTo(Run.State.FAILED);
    assertThat(ended.summary().reason()).contains("ERR_POISON");
  }

  @Test
  void aListingWhoseMessageDiedHasFailedAndItsRunSaysSo() {
    OpsAutomator engine = engine(plain());
    engine.run(LIGHTS, "r");
    letters.deliver(DeadLetterTest::runs, false);
    letters.deliver(DeadLetterTest::slices, true);
    letters.deliverAll();

    Run ended = engine.history(Optional.of(LIGHTS), 1).get(0);
    assertThat(ended.state().ended()).isTrue();
    assertThat(ended.summary().reason()).contains("could not be listed").contains("ERR_POISON");
    assertThat(world.queries).isEmpty();
  }

  @Test
  void whatSomebodyElseHasDoneIsNotUndoneByADeadLetter() {
    world.lamps = 1;
    OpsAutomator engine = engine(plain());
    RunId run = engine.run(LIGHTS, "r");
    Message select = letters.waiting.get(0).message();
    letters.deliver(DeadLetterTest::runs, false);
    letters.send(List.of(select, new Message.Watch(run)), Duration.ZERO);
    letters.deliver(DeadLetterTest::runs, true);
    letters.deliver(Message.Watch.class::isInstance, true);
    letters.deliverAll();
    letters.send(List.of(select), Duration.ZERO);
    letters.deliver(DeadLetterTest::runs, true);

    assertThat(engine.history(Optional.of(LIGHTS), 1).get(0).state()).isEqualTo(Run.State.COMPLETE);
    assertThat(did).hasSize(1);
  }
}
