package io.opsautomator.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsautomator.action.Evidence;
import io.opsautomator.plan.Plan;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.store.JournalEntry;
import io.opsautomator.store.Run;
import io.opsautomator.testkit.ActionHarness.Moment;
import io.opsautomator.testkit.ActionHarness.Moment.When;
import io.opsautomator.testkit.ActionHarness.Ran;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ActionHarnessTest {
  private final ActionHarness<Sample.Params> stop = Sample.harness(Sample::stop);

  @Test
  void aRunGoesThroughAllWaitsToItsEnd() {
    Ran ran = stop.run();

    assertThat(ran.run().state()).isEqualTo(Run.State.COMPLETE);
    assertThat(ran.status()).isEqualTo(Status.SUCCEEDED);
    assertThat(ran.outcome().evidence()).isEqualTo(Map.of("i-1", Evidence.confirmed("stopped")));
    assertThat(ran.estate().picture()).contains("i-1: t3.small stopped");
    assertThat(ran.execution().journal())
        .extracting(JournalEntry::step)
        .containsExactly("state", "stop", "stopped");
  }

  @Test
  void everyRunHasAnEstateOfItsOwn() {
    assertThat(stop.run().estate().picture()).isEqualTo(stop.run().estate().picture());
    assertThat(stop.untouched().picture()).contains("i-1: t3.small running");
  }

  @Test
  void aPlanListsStepsAndCallsNothingThatChanges() {
    Plan plan = stop.plan();

    assertThat(plan.units().get(0).facts()).containsEntry("state", "\"running\"");
    assertThat(plan.units().get(0).steps()).extracting("name").containsExactly("stop", "stopped");
    assertThat(plan.undoable()).isTrue();
    assertThat(stop.planned().calls()).extracting("operation").containsOnly("DescribeInstances");
  }

  @Test
  void theMomentsAreTheWritesAndTheCallsOfEffects() {
    assertThat(stop.run().moments())
        .extracting(Moment::toString)
        .containsExactly(
            "before claim (0)",
            "after claim (1)",
            "before Checkpoint [state] (2)",
            "after Checkpoint [state] (3)",
            "before StopInstances (4)",
            "after StopInstances (5)",
            "before Await [stop] (6)",
            "after Await [stop] (7)",
            "before End SUCCEEDED [stopped] (8)",
            "after End SUCCEEDED [stopped] (9)");
  }

  @Test
  void anotherProcessGoesOnAfterEveryDeath() {
    Ran whole = stop.run();
    for (Moment moment : whole.moments()) {
      Ran broken = stop.runDyingAt(moment);

      assertThat(broken.outcome()).as("after dying %s", moment).isEqualTo(whole.outcome());
      assertThat(broken.estate().picture()).isEqualTo(whole.estate().picture());
    }
  }

  @Test
  void aDeathBeforeTheAnswerRepeatsAnIdempotentCall() {
    Ran broken = stop.runDyingAt(new Moment(5, "StopInstances", When.AFTER));

    assertThat(broken.estate().calls())
        .filteredOn(call -> call.operation().equals("StopInstances"))
        .hasSize(2);
  }

  @Test
  void dyingAtAMomentThatDoesNotComeIsAnError() {
    assertThatThrownBy(() -> stop.runDyingAt(new Moment(77, "StopInstances", When.AFTER)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("never came to 'after StopInstances (77)'");
    assertThatThrownBy(() -> stop.runDyingAt(new Moment(4, "StartInstances", When.BEFORE)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("came to 'before StopInstances (4)'");
  }

  @Test
  void undoingTakesBackWhatWasDoneToTheEnd() {
    Ran undone = stop.runAndUndo();

    assertThat(undone.status()).isEqualTo(Status.CANCELLED);
    assertThat(undone.estate().picture()).isEqualTo(stop.untouched().picture());
    assertThat(undone.estate().calls())
        .extracting(Call::operation)
        .contains("StopInstances", "StartInstances");
  }

  @Test
  void whatAProcessDidBeforeItDiedCanBeTakenBack() {
    String before = stop.untouched().picture();
    Ran undone = stop.runDyingAndUndo(new Moment(5, "StopInstances", When.AFTER));

    assertThat(undone.status()).isEqualTo(Status.CANCELLED);
    assertThat(undone.estate().picture()).isEqualTo(before);
  }

  @Test
  void parametersTravelInTheirWireFormSecretsToo() {
    List<Sample.Params> seen = new ArrayList<>();
    Sample.Params given = new Sample.Params("nightly", "s3cret");

    Sample.harness(
            (sample, ctx) -> {
              seen.add(ctx.parameters());
              return sample.snapshot(ctx);
            })
        .with(given)
        .run();

    assertThat(seen).containsExactly(given);
  }

  @Test
  void parametersThatNoTaskCanHaveAreRefused() {
    assertThatThrownBy(() -> stop.with(new Sample.Params("", "")).run())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no task can have the parameters");
  }

  @Test
  void onlyTheNamedResourcesAreActedOn() {
    Ran ran =
        stop.given(estate -> estate.instance("i-2", "t3.small", Map.of("Name", "two")))
            .on("i-2")
            .run();

    assertThat(ran.estate().picture())
        .contains("i-1: t3.small running")
        .contains("i-2: t3.small stopped");
  }

  @Test
  void severalResourcesAreSeveralExecutions() {
    ActionHarness<Sample.Params> two =
        stop.given(estate -> estate.instance("i-2", "t3.small", Map.of("Name", "two")));
    Ran undone = two.runAndUndo();

    assertThat(two.run().executions()).hasSize(2);
    assertThat(undone.estate().picture()).isEqualTo(two.untouched().picture());
    assertThatThrownBy(undone::execution)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("2 executions");
  }

  @Test
  void theTaskCanBeShaped() {
    Ran ran =
        stop.given(
                estate ->
                    estate
                        .in("111122223333", "eu-north-1")
                        .instance("i-9", "t3.small", Map.of("room", "attic")))
            .task(task -> task.regions("*").where("room=attic").maxConcurrent(1))
            .run();

    assertThat(ran.execution().origin().gate()).isPresent();
    assertThat(ran.outcome().evidence().keySet()).isEqualTo(Set.of("i-9"));
  }

  @Test
  void anUndoWorksUnderALimitToo() {
    ActionHarness<Sample.Params> limited = stop.task(task -> task.maxConcurrent(1));

    assertThat(limited.runAndUndo().estate().picture()).isEqualTo(limited.untouched().picture());
  }

  @Test
  void aRunThatFailsSaysWhy() {
    Ran ran =
        stop.given(estate -> estate.faults().refuseAlways("StopInstances", "UnauthorizedOperation"))
            .run();

    assertThat(ran.status()).isEqualTo(Status.FAILED);
    assertThat(ran.reason()).startsWith("UnauthorizedOperation: ");
    assertThat(ran.outcome().evidence()).isEmpty();
  }
}
