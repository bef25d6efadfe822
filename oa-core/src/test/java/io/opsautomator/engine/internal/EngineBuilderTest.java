package io.opsautomator.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsautomator.OpsAutomator;
import io.opsautomator.action.Outcome;
import io.opsautomator.resource.Territory;
import io.opsautomator.task.InvalidTaskException;
import io.opsautomator.task.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is missing, wrong or set twice is told when the engine is built, naming it. */
final class EngineBuilderTest {
  private final World world = new World();
  private final Switch action = Switch.each(ctx -> Outcome.of(Map.of()));

  private static OpsAutomator.Builder builder() {
    return OpsAutomator.builder().territory(Territory.of(World.HOME, Set.of(World.HOME.region())));
  }

  @Test
  void withoutATerritoryItWorksWhereNoCloudIs() {
    try (OpsAutomator ops =
        OpsAutomator.builder().withoutDiscovery().action(action).selector(world.lamps()).build()) {
      assertThat(ops.plan(Task.named("lights").action("Switch").where("*").build()).units())
          .allMatch(unit -> unit.unit().scope().equals(Territory.local().home()))
          .hasSize(3);
    }
  }

  @Test
  void clockTimerAndExecutorBelongTogether() {
    assertThatThrownBy(() -> builder().clock(world).build())
        .hasMessage("clock, timer and executor belong together: set all three, or none");
  }

  @Test
  void settingAThingTwiceIsWrong() {
    assertThatThrownBy(() -> builder().deployment("a").deployment("b"))
        .hasMessage("deployment has been set before, to a");
    assertThatThrownBy(() -> builder().provide(String.class, "a").provide(String.class, "b"))
        .hasMessage("provide(String) has been called before");
    assertThatThrownBy(() -> builder().workers(0)).hasMessage("workers is 0, not 1 or more");
  }

  @Test
  void aTaskThatIsWrongKeepsTheEngineFromBeingBuilt() {
    Task task = Task.named("lights").action("Swich").where("*").build();

    assertThatThrownBy(() -> builder().action(action).task(task).build())
        .isInstanceOf(InvalidTaskException.class)
        .hasMessageContaining("Swich")
        .hasMessageContaining("Switch");
  }

  @Test
  void tasksComeFromFilesToo(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("tasks.yaml");
    Files.writeString(
        file,
        """
        tasks:
          - name: lights
            action: Switch
            tagFilter: room=hall
        """);
    try (OpsAutomator engine = builder().action(action).tasks(file).build()) {
      assertThat(engine.tasks()).extracting(t -> t.name().value()).containsExactly("lights");
    }

    Files.writeString(file, "tasks:\n  - name: lights\n    akshun: Switch\n");
    assertThatThrownBy(() -> builder().action(action).tasks(file).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("akshun");
  }

  @Test
  void everyEngineHasThreadsOfItsOwnAndLetsThemGo() throws InterruptedException {
    try (OpsAutomator engine =
        builder()
            .action(action)
            .selector(world.lamps())
            .task(Task.named("lights").action("Switch").where("*").build())
            .build()) {
      engine.start();
      var run = engine.await(engine.run(new io.opsautomator.task.TaskName("lights"), "r"));
      assertThat(run.summary().succeeded()).isEqualTo(3);
    }
  }

  @Test
  void aLeaseIsNeitherShorterThanClocksDifferNorLongerThanAnybodyWaits() {
    OpsAutomator.Builder builder = OpsAutomator.builder();
    assertThatThrownBy(() -> builder.lease(Duration.ofSeconds(9)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PT9S")
        .hasMessageContaining("PT10S");
    assertThatThrownBy(() -> builder.lease(Duration.ofHours(2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PT2H");
    builder.lease(Duration.ofSeconds(10));
  }
}
