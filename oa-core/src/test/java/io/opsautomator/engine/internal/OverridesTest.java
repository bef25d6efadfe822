package io.opsautomator.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.opsautomator.OpsAutomator;
import io.opsautomator.action.ActionContext;
import io.opsautomator.action.ActionException;
import io.opsautomator.action.Evidence;
import io.opsautomator.action.Outcome;
import io.opsautomator.action.ParameterSchema.Violation;
import io.opsautomator.audit.AuditEvent;
import io.opsautomator.store.Run;
import io.opsautomator.store.Run.State;
import io.opsautomator.task.InvalidTaskException;
import io.opsautomator.task.Overrides;
import io.opsautomator.task.RunId;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskCodec;
import io.opsautomator.task.TaskName;
import io.opsautomator.task.Trigger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs that do something else than their task says, this once. */
final class OverridesTest {
  private static final TaskName NAME = new TaskName("lights");

  private final World world = new World();
  private final List<String> seen = new ArrayList<>();
  private final OpsAutomator engine = world.engine(Switch.each(this::look));

  private Outcome look(ActionContext<Switch.Params> ctx) {
    seen.add(ctx.unit().key() + " " + ctx.parameters().brightness());
    return Outcome.of("x", Evidence.confirmed("seen"));
  }

  @BeforeEach
  void work() {
    engine.work();
  }

  private void task(UnaryOperator<Task.Builder> with) {
    Task.Builder task =
        Task.named("lights")
            .action("Switch")
            .with("Brightness", 10)
            .with("Key", "s3cr3t")
            .where("room=attic");
    assertThat(engine.put(with.apply(task).build())).isEmpty();
  }

  private Run run(String request, Overrides overrides) {
    RunId id = engine.run(NAME, request, overrides);
    world.pass(Duration.ofHours(1));
    return world.store.runs().find(id).orElseThrow();
  }

  @Test
  void aRunTakesOtherValuesAndTheTaskKeepsItsOwn() {
    task(UnaryOperator.identity());

    Run other = run("r1", Overrides.NONE.with("brightness", "70"));
    Run usual = run("r2", Overrides.NONE);

    assertThat(seen)
        .containsExactly(World.HOME.key() + "/lamp-1 70", World.HOME.key() + "/lamp-1 10");
    assertThat(other.state()).isEqualTo(State.COMPLETE);
    assertThat(TaskCodec.read(other.cause().definition()).work().parameters())
        .containsEntry("brightness", "70")
        .containsEntry("Key", "s3cr3t")
        .hasSize(2);
    assertThat(usual.cause().trigger().changed()).isEmpty();
  }

  @Test
  void aRunWorksOnOtherResources() {
    task(task -> task.maxShrink(10));
    run("usual", Overrides.NONE);
    seen.clear();

    Run run = run("r1", Overrides.NONE.where("room=hall").regions("eu-north-1").accounts("this"));

    assertThat(seen)
        .containsExactly(World.NORTH.key() + "/lamp-0 10", World.NORTH.key() + "/lamp-2 10");
    assertThat(run.cause().trigger().changed().map(Trigger.Changes::words))
        .contains("tagFilter=room=hall, accounts=this, regions=eu-north-1");
  }

  @Test
  void whatOneRunHadOfOtherResourcesIsNoMeasureForTheNext() {
    world.lamps = 10;
    task(task -> task.maxShrink(10));
    assertThat(run("usual", Overrides.NONE).state()).isEqualTo(State.COMPLETE);

    Run few = run("few", Overrides.NONE.where("room=attic & room=*").regions("eu-west-1"));
    world.lamps = 2;
    Run shrunk = run("again", Overrides.NONE);

    assertThat(few.state()).isEqualTo(State.COMPLETE);
    assertThat(shrunk.state()).isEqualTo(State.FAILED);
    assertThat(shrunk.summary().reason()).contains("only 1 resources", "had 5");
  }

  @Test
  void allThatIsWrongIsToldAtOnceAndNothingIsRun() {
    task(UnaryOperator.identity());

    assertThatThrownBy(
            () ->
                engine.run(
                    NAME, "r1", Overrides.NONE.where("room=(").regions("mars").accounts("12")))
        .asInstanceOf(type(InvalidTaskException.class))
        .extracting(InvalidTaskException::violations)
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.list(Violation.class))
        .extracting(Violation::field)
        .containsExactlyInAnyOrder("tagFilter", "regions[0]", "accounts[0]");
    assertThatThrownBy(
            () ->
                engine.run(NAME, "r1", Overrides.NONE.with("Brightnes", 5).with("Brightness", 101)))
        .isInstanceOf(InvalidTaskException.class)
        .hasMessageContaining("parameters.Brightnes: ")
        .hasMessageContaining("did you mean 'Brightness'")
        .hasMessageContaining("101");
    assertThat(engine.history(Optional.empty(), 10)).isEmpty();
  }

  @Test
  void theSameRequestIsTheSameRunAlsoAfterTheTaskWasEdited() {
    task(UnaryOperator.identity());
    Overrides bright = Overrides.NONE.with("Brightness", 90);
    Run first = run("r1", bright);

    assertThat(run("r1", bright).id()).isEqualTo(first.id());
    task(task -> task.description("edited"));
    assertThat(run("r1", bright).id()).isEqualTo(first.id());
    assertThat(engine.history(Optional.empty(), 10)).hasSize(1);
  }

  @Test
  void anotherWishUnderTheSameRequestIsTold() {
    task(UnaryOperator.identity());
    Run first = run("r1", Overrides.NONE.with("Brightness", 90));

    for (boolean edited : new boolean[] {false, true}) {
      task(task -> edited ? task.description("edited") : task);
      for (Overrides other :
          List.of(
              Overrides.NONE, Overrides.NONE.with("Brightness", 91), Overrides.NONE.where("*"))) {
        assertThatThrownBy(() -> engine.run(NAME, "r1", other))
            .isInstanceOf(ActionException.class)
            .hasMessageContaining("request r1")
            .hasMessageContaining(first.id().value());
      }
    }
  }

  @Test
  void secretsAreInTheDefinitionAndNowhereElse() {
    task(UnaryOperator.identity());

    Run run = run("r1", Overrides.NONE.with("key", "0th3r").with("Brightness", 20));

    assertThat(run.cause().trigger().changed().orElseThrow().words())
        .isEqualTo("key=****, Brightness=20");
    assertThat(run.toString()).doesNotContain("0th3r");
    assertThat(world.events(AuditEvent.Triggered.class))
        .singleElement()
        .satisfies(e -> assertThat(e.toString()).contains("key=****").doesNotContain("0th3r"));
    assertThat(Overrides.NONE.with("key", "0th3r").toString()).doesNotContain("0th3r");
  }

  @Test
  void aDeadProcessDoesNotMakeTheRunOfTheTaskAsItIs() {
    task(UnaryOperator.identity());
    world.store.dieAfter("Runs.fire");
    assertThatThrownBy(() -> engine.run(NAME, "r1", Overrides.NONE.with("Brightness", 90)))
        .isInstanceOf(CountingStore.Death.class);
    world.kill();

    world.engine(Switch.each(this::look)).work();
    world.pass(Duration.ofHours(1));

    assertThat(seen).containsExactly(World.HOME.key() + "/lamp-1 90");
  }
}
