package io.opsautomator.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.OpsAutomator;
import io.opsautomator.Vitals;
import io.opsautomator.action.ActionContext;
import io.opsautomator.action.Evidence;
import io.opsautomator.action.Outcome;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class VitalsTest {
  private static final TaskName LIGHTS = new TaskName("lights");

  private final World world = new World();
  private final List<Vitals> before = new ArrayList<>();
  private final List<Vitals> after = new ArrayList<>();
  private final OpsAutomator engine =
      world.builder().withoutDiscovery().action(Switch.each(this::slowly)).build();

  private Outcome slowly(ActionContext<Switch.Params> context) {
    world.takes(Duration.ofMinutes(2));
    before.add(engine.vitals());
    context.effects().idempotent("switch", () -> {});
    after.add(engine.vitals());
    return Outcome.of(context.unit().key(), Evidence.confirmed("switched"));
  }

  private void evening() {
    engine.put(Task.named("lights").action("Switch").where("*").build());
    engine.start();
    engine.run(LIGHTS, "once");
    world.pass(Duration.ofMinutes(10));
  }

  @Test
  void anEngineThatWasNotStartedHasNone() {
    Optional<Instant> never = Optional.empty();

    assertThat(engine.vitals()).isEqualTo(new Vitals(Vitals.State.NEW, never, never, 0, 0, never));
  }

  @Test
  void anEffectIsASignOfLifeAndSilenceBeginsAfterIt() {
    Instant begin = world.instant();
    evening();

    assertThat(before).hasSize(3).allMatch(it -> it.inHand() == 1);
    assertThat(before.get(0).silentSince()).contains(begin);
    assertThat(after.get(0).silentSince()).contains(begin.plus(Duration.ofMinutes(2)));
    assertThat(engine.vitals().silentSince()).isEmpty();
    assertThat(engine.vitals().inHand()).isZero();
    assertThat(engine.vitals().handled()).isGreaterThan(1);
  }

  @Test
  void aTickThatTheStoreDoesNotAnswerShows() {
    evening();
    Vitals well = engine.vitals();
    assertThat(well.state()).isEqualTo(Vitals.State.WORKING);
    assertThat(well.answered()).isPresent().isEqualTo(well.ticked());

    world.store.failNext("Runs.toWatch", 100);
    world.pass(Duration.ofMinutes(2));

    assertThat(engine.vitals().ticked()).isNotEqualTo(well.ticked());
    assertThat(engine.vitals().answered()).isEqualTo(well.answered());
  }

  @Test
  void aClosedEngineSaysSo() {
    evening();
    engine.close();

    assertThat(engine.vitals().state()).isEqualTo(Vitals.State.CLOSING);
  }
}
