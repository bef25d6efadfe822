package io.opsautomator.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.OpsAutomator;
import io.opsautomator.action.Evidence;
import io.opsautomator.action.Outcome;
import io.opsautomator.action.RefusedException;
import io.opsautomator.audit.AuditEvent;
import io.opsautomator.resource.ArnPattern;
import io.opsautomator.resource.Denylist;
import io.opsautomator.resource.Exclusion.Kind;
import io.opsautomator.store.Omission;
import io.opsautomator.store.Run;
import io.opsautomator.store.Run.State;
import io.opsautomator.store.Slice;
import io.opsautomator.task.Safeguards;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A run that did nothing says why, and one that did something says what it left out. */
final class WhyNothingTest {
  private final World world = new World();

  private Run run(Task.Builder task, Safeguards safeguards) {
    OpsAutomator engine =
        world
            .builder()
            .action(Switch.each(ctx -> Outcome.of(ctx.unit().key(), Evidence.confirmed("off"))))
            .safeguards(safeguards)
            .build();
    assertThat(engine.put(task.regions("*").build())).isEmpty();
    engine.work();
    engine.run(new TaskName("lights"), "once");
    world.pass(Duration.ofHours(3));
    return engine.history(Optional.empty(), 1).get(0);
  }

  private Run run(Task.Builder task) {
    return run(task, Safeguards.NONE);
  }

  private static Task.Builder task() {
    return Task.named("lights").action("Switch");
  }

  @Test
  void oa3_aWrongTagIsNamedWithTheNumberOfThoseThatLackIt() {
    Run run = run(task().where("room=cellar"));
    assertThat(run.state()).isEqualTo(State.COMPLETE);
    assertThat(run.summary().reason())
        .isEqualTo(
            "nothing was selected: 6 do not have room=cellar;"
                + " listing complete (6 listed in 2 of 2 slices)");
  }

  @Test
  void oa6_aTaskListTagThatNobodyHasIsNamed() {
    assertThat(run(task()).summary().reason())
        .startsWith("nothing was selected: 6 lack the tag OpsAutomatorTaskList;");
  }

  @Test
  void eachReasonIsCountedTheMostFrequentFirst() {
    Denylist deny =
        new Denylist(Set.of(), List.of(), List.of(ArnPattern.parse("arn:*:light:*:*:lamp-1")));
    Run run = run(task().where("room=cellar"), new Safeguards(deny, Optional.empty()));
    assertThat(run.summary().reason())
        .startsWith(
            "nothing was selected: 4 do not have room=cellar, 2 are on the deny list: it matches"
                + " arn:*:light:*:*:lamp-1;");
  }

  @Test
  void whereNothingWasListedNothingIsSaidToLackAnything() {
    world.lamps = 0;
    assertThat(run(task().where("!room")).summary().reason())
        .isEqualTo(
            "nothing was selected: there are none of light:Lamps;"
                + " listing complete (0 listed in 2 of 2 slices)");
  }

  /** What lacks the tag was perhaps left out at the source. */
  @Test
  void whereOnlyWhatHasATagWasAskedForThatTagIsNamed() {
    world.lamps = 0;
    assertThat(run(task().where("room")).summary().reason())
        .contains("none of light:Lamps has the tag room");
  }

  @Test
  void c7n2204_anIncompleteListingNeverSaysThatNothingWasSelected() {
    world.unreadable.put(World.NORTH.key(), new RefusedException("AccessDenied", "not here"));
    Run run = run(task().where("room=cellar"));
    assertThat(run.summary().reason())
        .startsWith(World.NORTH.key() + " could not be listed: AccessDenied: not here")
        .endsWith(
            "; of the rest: 3 do not have room=cellar;"
                + " listing incomplete (3 listed in 1 of 2 slices)")
        .doesNotContain("nothing was selected");
  }

  @Test
  void aRunThatSelectedSomethingKeepsTheReasonsOfTheRest() {
    Run run = run(task().where("room=hall"));
    assertThat(run.summary().reason()).isEmpty();
    List<Slice> slices = world.store.selections().slices(run.id());
    Slice.Counted counted = Slice.Counted.of(slices).orElseThrow();
    assertThat(counted.listed()).isEqualTo(6);
    assertThat(counted.selected()).isEqualTo(4);
    assertThat(counted.omitted())
        .containsExactly(new Omission(Kind.TAG_FILTER, "does not have room=hall", 2));
    assertThat(world.events(AuditEvent.Selected.class))
        .allSatisfy(
            e -> assertThat(Omission.inWords(e.why())).isEqualTo("1 does not have room=hall"));
  }
}
