package io.opsautomator.engine.internal;

import static io.opsautomator.action.Evidence.confirmed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsautomator.OpsAutomator;
import io.opsautomator.action.ActionException;
import io.opsautomator.action.Outcome;
import io.opsautomator.action.ParameterSchema.Violation;
import io.opsautomator.audit.AuditEvent;
import io.opsautomator.schedule.OverlapPolicy;
import io.opsautomator.store.Run;
import io.opsautomator.store.Run.State;
import io.opsautomator.task.After.End;
import io.opsautomator.task.RunId;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskName;
import io.opsautomator.task.Trigger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tasks that run after others. */
final class FollowersTest {
  private final World world = new World();
  private final List<String> texts = new ArrayList<>();
  private final Set<String> failing = new HashSet<>();

  /** Fails where it is told to, and notes a text of its task's. */
  private final Switch action =
      Switch.each(
          ctx -> {
            String lamp = ctx.unit().resources().get(0).id();
            if (failing.contains(ctx.task().value() + "/" + lamp)) {
              throw new ActionException("ERR_BROKEN", "the bulb is gone");
            }
            texts.add(ctx.texts().text(ctx.parameters().key()));
            return Outcome.of("x", confirmed("done")).with("switched", "on").with("lamp", lamp);
          });

  private OpsAutomator engine = world.engine(action);

  @BeforeEach
  void start() {
    engine.start();
    engine.put(task("first").build());
  }

  private static Task.Builder task(String name) {
    return Task.named(name).action("Switch").where("*").regions("eu-west-1");
  }

  private RunId run(String task) {
    RunId run = engine.run(new TaskName(task), "request");
    world.pass(Duration.ofMinutes(5));
    return run;
  }

  private List<Run> runs(String task) {
    return engine.history(Optional.of(new TaskName(task)), 10);
  }

  private void fails(String task, int lamps) {
    for (int i = 0; i < lamps; i++) {
      failing.add(task + "/lamp-" + i);
    }
  }

  @Test
  void aTaskRunsOnceAfterEachRunThatItFollows() {
    engine.put(task("second").after("first").build());
    engine.put(task("third").after("second").build());

    RunId first = run("first");

    assertThat(runs("second")).singleElement().extracting(Run::state).isEqualTo(State.COMPLETE);
    assertThat(runs("second").get(0).cause().trigger().key()).isEqualTo("after/" + first.value());
    assertThat(runs("third")).singleElement().extracting(Run::state).isEqualTo(State.COMPLETE);
    assertThat(engine.run(new TaskName("first"), "request")).isEqualTo(first);
    world.pass(Duration.ofMinutes(5));
    assertThat(runs("second")).hasSize(1);
  }

  @Test
  void itFollowsOnlyTheEndsThatItNames() {
    engine.put(task("on success").after("first").build());
    engine.put(task("on trouble").after("first", End.FAILED, End.PARTIAL).build());
    engine.put(task("on any").after("first", End.values()).build());
    engine.put(task("on cancel").after("first", End.CANCELLED).build());

    fails("first", 1);
    run("first");

    assertThat(runs("first")).extracting(Run::state).containsExactly(State.PARTIAL);
    assertThat(runs("on success")).isEmpty();
    assertThat(runs("on trouble")).hasSize(1);
    assertThat(runs("on any")).hasSize(1);
    assertThat(runs("on cancel")).isEmpty();
  }

  @Test
  void aRunThatIsDrivenAgainIsFollowedAgain() {
    engine.put(task("on success").after("first").build());
    engine.put(task("on trouble").after("first", End.FAILED).build());
    fails("first", 3);
    RunId first = run("first");
    failing.clear();

    engine.redrive(first, Set.of());
    world.pass(Duration.ofMinutes(5));

    assertThat(runs("on trouble"))
        .singleElement()
        .satisfies(
            run -> assertThat(run.cause().trigger().key()).isEqualTo("after/" + first.value()));
    assertThat(runs("on success"))
        .singleElement()
        .satisfies(
            run ->
                assertThat(run.cause().trigger().key()).isEqualTo("after/" + first.value() + "/1"));
  }

  @Test
  void textsMaySayWhatTheRunBeforeCameTo() {
    String text =
        "{after.task} {after.state}: {after.succeeded}/{after.failed}/{after.not-started},"
            + " {after.result.switched} {after.result.lamp} {after.run}";
    engine.put(task("second").after("first", End.PARTIAL).with("Key", text).build());
    fails("first", 1);
    texts.clear();

    RunId first = run("first");

    assertThat(texts).contains("first partial: 2/1/0, on {after.result.lamp} " + first.value());
  }

  @Test
  void inARunThatFollowsNoneTheseTextsAreEmpty() {
    engine.put(task("second").after("first").with("Key", "<{after.run}{after.state}>").build());
    run("second");
    assertThat(texts).containsOnly("<>");
  }

  @Test
  void aTaskThatIsHeldDoesNotFollowAndTheAuditSaysSo() {
    engine.put(task("paused").after("first").build());
    engine.put(task("off").after("first").disabled().build());
    engine.pause(new TaskName("paused"));

    run("first");

    assertThat(runs("paused")).isEmpty();
    assertThat(runs("off")).isEmpty();
    assertThat(world.events(AuditEvent.HeldBack.class))
        .extracting(event -> event.of().task().value() + ": " + event.why())
        .containsExactlyInAnyOrder("paused: the task is paused", "off: the task is disabled");
    assertThat(world.events(AuditEvent.HeldBack.class))
        .allMatch(event -> event.trigger() instanceof Trigger.Chained);
  }

  @Test
  void whatFollowsIsMadeWhateverCallOfTheStoreItsProcessDiesAfter() {
    for (String call :
        List.of(
            "Runs.move", "Tasks.following", "Selections.batches", "Runs.fire", "Runs.settled")) {
      engine.put(task("after " + call).after("first", End.values()).build());
      RunId run = engine.run(new TaskName("first"), call);
      dies(call);
      engine = world.engine(action);
      engine.start();
      world.pass(Duration.ofMinutes(20));

      assertThat(runs("after " + call))
          .as(call)
          .singleElement()
          .satisfies(it -> assertThat(it.cause().trigger().key()).endsWith(run.value()));
      assertThat(world.store.runs().find(run).orElseThrow().summary().owing()).isFalse();
      engine.remove(new TaskName("after " + call));
    }
  }

  private void dies(String call) {
    world.store.dieAfter(call);
    try {
      world.pass(Duration.ofMinutes(5));
    } catch (CountingStore.Death death) {
      world.kill();
      return;
    }
    throw new AssertionError("nothing called " + call);
  }

  @Test
  void overlapsOfFollowUpsHaveARecord() {
    engine.put(task("second").after("first").overlap(OverlapPolicy.SKIP).build());
    engine.run(new TaskName("first"), "one");
    engine.run(new TaskName("first"), "two");
    world.pass(Duration.ofMinutes(10));
    assertThat(runs("first")).hasSize(2);
    assertThat(runs("second")).hasSize(2);
  }

  @Test
  void tasksThatWouldFollowOneAnotherForEverAreNotStored() {
    engine.put(task("second").after("first").build());
    engine.put(task("third").after("second").build());

    List<Violation> wrong = engine.put(task("first").after("third", End.FAILED).build());

    assertThat(wrong)
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.code()).isEqualTo("ERR_TASK_CYCLE");
              assertThat(it.problem()).contains("first, then second, then third, then first");
            });
    assertThatThrownBy(
            () ->
                world
                    .builder()
                    .action(action)
                    .task(task("a").after("b").build())
                    .task(task("b").after("a").build())
                    .build())
        .hasMessageContaining("follow one another for ever");
  }

  @Test
  void whoWaitsForARunFindsWhatFollowsIt() throws InterruptedException {
    engine.put(task("second").after("first").build());
    RunId first = run("first");
    assertThat(engine.await(first).summary().owing()).isFalse();
    assertThat(runs("second")).hasSize(1);
  }

  @Test
  void withoutFollowersTheEndOfARunCostsOneReadAndNoWrite() {
    run("first");
    assertThat(world.store.count("Tasks.following")).isEqualTo(1);
    assertThat(world.store.count("Runs.settled")).isZero();
  }
}
