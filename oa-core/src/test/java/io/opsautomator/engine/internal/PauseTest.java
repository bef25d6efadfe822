package io.opsautomator.engine.internal;

import static io.opsautomator.action.Evidence.confirmed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsautomator.OpsAutomator;
import io.opsautomator.action.ActionException;
import io.opsautomator.action.Completion;
import io.opsautomator.action.Outcome;
import io.opsautomator.audit.AuditEvent;
import io.opsautomator.schedule.MisfirePolicy;
import io.opsautomator.schedule.Schedule;
import io.opsautomator.store.Run;
import io.opsautomator.store.Run.State;
import io.opsautomator.store.StoredTask;
import io.opsautomator.task.RunId;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskCodec;
import io.opsautomator.task.TaskName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tasks that are held and changed while they run. */
final class PauseTest {
  private static final TaskName NAME = new TaskName("lights");
  private final World world = new World();

  /** Takes ninety minutes, so that an hourly task overlaps with itself. */
  private final Switch slow =
      Switch.each(
          ctx -> {
            ctx.effects()
                .await(
                    Completion.when("done", waited -> waited.compareTo(Duration.ofMinutes(90)) >= 0)
                        .within(Duration.ofHours(4)));
            return Outcome.of("x", confirmed("done"));
          });

  private OpsAutomator engine = world.engine(slow);

  @BeforeEach
  void start() {
    engine.start();
  }

  private static Task.Builder hourly() {
    return Task.named("lights")
        .action("Switch")
        .where("*")
        .regions("eu-west-1")
        .timeout(Duration.ofHours(5))
        .on(Schedule.cron("0 * * * *", "UTC"));
  }

  private List<Run> runs() {
    return engine.history(Optional.of(NAME), 100);
  }

  private StoredTask stored() {
    return world.store.tasks().find(NAME).orElseThrow();
  }

  @Test
  void nothingFiresDuringAPauseAndNothingIsMadeUpForAfterIt() {
    engine.put(hourly().misfire(new MisfirePolicy.All(24, Duration.ofDays(2))).build());

    assertThat(engine.pause(NAME)).isTrue();
    assertThat(engine.paused(NAME)).isTrue();
    world.pass(Duration.ofMinutes(310));
    assertThat(runs()).isEmpty();

    assertThat(engine.resume(NAME)).isTrue();
    world.pass(Duration.ofMinutes(49));
    assertThat(runs()).isEmpty();
    world.pass(Duration.ofMinutes(1));
    assertThat(runs()).hasSize(1);
    assertThat(world.events(AuditEvent.TaskChanged.class))
        .extracting(AuditEvent.TaskChanged::change)
        .containsExactly(
            "created", "paused", "resumed; what was due 5 times meanwhile is left out");
  }

  @Test
  void pausingTwiceIsPausingOnceAndSoIsResuming() {
    engine.put(hourly().build());
    assertThat(engine.resume(NAME)).isFalse();
    assertThat(engine.pause(NAME)).isTrue();
    assertThat(engine.pause(NAME)).isFalse();
    assertThat(engine.resume(NAME)).isTrue();
    assertThat(engine.resume(NAME)).isFalse();
    assertThat(engine.paused(NAME)).isFalse();
  }

  @Test
  void whoAsksForARunOfAPausedTaskIsToldWhatToDo() {
    engine.put(hourly().build());
    engine.pause(NAME);
    assertThatThrownBy(() -> engine.run(NAME, "now"))
        .isInstanceOf(ActionException.class)
        .hasMessageContaining("task lights is paused; resume it to run it: oa resume lights");
  }

  @Test
  void whatIsNotThereCannotBePaused() {
    assertThat(engine.paused(NAME)).isFalse();
    assertThatThrownBy(() -> engine.pause(NAME)).hasMessageContaining("there is no task lights");
    engine.put(hourly().build());
    engine.remove(NAME);
    assertThatThrownBy(() -> engine.pause(NAME)).hasMessageContaining("there is no task lights");
    assertThatThrownBy(() -> engine.resume(NAME)).hasMessageContaining("there is no task lights");
  }

  @Test
  void openAndQueuedRunsGoOnDuringAPause() {
    engine.put(hourly().build());
    world.pass(Duration.ofMinutes(125));
    assertThat(runs()).extracting(Run::state).containsExactly(State.QUEUED, State.DISPATCHING);

    engine.pause(NAME);
    world.pass(Duration.ofHours(5));

    assertThat(runs()).extracting(Run::state).containsExactly(State.COMPLETE, State.COMPLETE);
  }

  @Test
  void anEditDoesNotEndAPauseAndAResumedTaskIsAsItsDefinitionSays() {
    engine.put(hourly().build());
    engine.pause(NAME);
    engine.put(hourly().description("edited").disabled().build());
    assertThat(engine.paused(NAME)).isTrue();
    assertThat(engine.tasks().get(0).options().description()).isEqualTo("edited");

    engine.resume(NAME);
    assertThat(stored().state()).isEqualTo(StoredTask.State.DISABLED);
    engine.put(hourly().build());
    assertThat(stored().state()).isEqualTo(StoredTask.State.ENABLED);
  }

  @Test
  void aPauseOutlastsItsProcess() {
    engine.put(hourly().build());
    engine.pause(NAME);
    world.kill();
    engine = world.engine(slow);
    engine.put(hourly().build());
    engine.start();
    world.pass(Duration.ofHours(3));
    assertThat(engine.paused(NAME)).isTrue();
    assertThat(runs()).isEmpty();
  }

  @Test
  void aTaskThatIsRemovedTakesItsPauseWithIt() {
    engine.put(hourly().build());
    engine.pause(NAME);
    engine.remove(NAME);
    engine.put(hourly().build());
    assertThat(engine.paused(NAME)).isFalse();
    world.pass(Duration.ofHours(1));
    assertThat(runs()).hasSize(1);
  }

  @Test
  void anOpenRunKeepsTheDefinitionThatItBeganWith() {
    engine.put(hourly().with("Brightness", 10).build());
    RunId open = engine.run(NAME, "first");
    world.pass(Duration.ofMinutes(5));

    engine.put(hourly().with("Brightness", 90).build());
    world.pass(Duration.ofHours(4));

    assertThat(runs())
        .hasSizeGreaterThan(1)
        .allSatisfy(
            run -> {
              Object brightness =
                  TaskCodec.read(run.cause().definition()).work().parameters().get("Brightness");
              assertThat(brightness).isEqualTo(run.id().equals(open) ? 10L : 90L);
            });
  }
}
