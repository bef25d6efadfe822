package io.opsautomator.testkit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsautomator.action.ActionContext;
import io.opsautomator.action.Outcome;
import io.opsautomator.testkit.Sample.Params;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

/** Good actions keep the contract; and each rule catches the mistake that it is there for. */
final class ActionContractTest extends ActionContract<Params> {

  @Override
  protected Stream<ActionHarness<Params>> cases() {
    ActionHarness<Params> stop = Sample.harness(Sample::stop);
    return Stream.of(
        stop.named("a running instance"),
        stop.named("one that may not be stopped")
            .given(e -> e.faults().refuseAlways("StopInstances", "UnauthorizedOperation")),
        Sample.harness(Sample::stopWithoutWaiting).named("a request to stop"),
        Sample.harness(Sample::snapshot).named("a snapshot"),
        Sample.harness(Sample::snapshotAtMostOnce).named("a snapshot at most once"));
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> broken(
      Consumer<ActionHarness<?>> rule, BiFunction<Sample, ActionContext<Params>, Outcome> body) {
    return assertThatThrownBy(() -> rule.accept(Sample.harness(body)))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void branchingOnAReadThatIsNoFactIsFound() {
    broken(ContractRules::endsTheSameWhereverItDies, Sample::stopByUnjournalledRead)
        .hasMessageContaining("after dying after StopInstances")
        .hasMessageContaining("a read that decides has to be a fact");
  }

  @Test
  void aCreationThatCannotBeFoundAgainIsFound() {
    broken(ContractRules::endsTheSameWhereverItDies, Sample::snapshotWithoutProbe)
        .hasMessageContaining("CreateSnapshot has made 2 things instead of 1")
        .hasMessageContaining("use withToken or probed");
  }

  @Test
  void aChangeInsideAFactIsFound() {
    broken(ContractRules::plansTheSameTwiceAndChangesNothing, Sample::stopInsideFact)
        .hasMessageContaining("planning was to change something: ec2:StopInstances")
        .hasMessageContaining("put it into an effect");
    broken(ContractRules::callsOnlyWhatItDeclares, Sample::stopInsideFact)
        .hasMessageContaining("[ec2:StopInstances] was called outside of an effect");
  }

  @Test
  void anUndeclaredOperationIsFound() {
    broken(ContractRules::callsOnlyWhatItDeclares, Sample::tagUndeclared)
        .hasMessageContaining("[ec2:CreateTags] was called but is in no permission")
        .hasMessageContaining("ec2:StopInstances");
  }

  @Test
  void anInverseThatTakesNothingBackIsFound() {
    broken(ContractRules::undoLeavesTheWorldAsItWas, Sample::stopWithWrongUndo)
        .hasMessageContaining("an inverse does not take back all of its step");
  }

  @Test
  void stepsThatRestOnTheExecutionAreFound() {
    broken(ContractRules::runsJustTheStepsItPlanned, Sample::stepsThatChange)
        .hasMessageContaining("planned [step of ")
        .hasMessageContaining("may depend on parameters, resources and facts only");
  }

  @Test
  void aPlanThatRestsOnTheDayIsFound() {
    int[] plans = {0};
    broken(
            ContractRules::plansTheSameTwiceAndChangesNothing,
            (sample, ctx) -> sample.stepNamed(ctx, "plan " + plans[0]++))
        .hasMessageContaining("two plans of one world differ");
  }

  @Test
  void aCaseThatSelectsNothingIsFound() {
    assertThatThrownBy(
            () ->
                ContractRules.plansTheSameTwiceAndChangesNothing(
                    Sample.harness(Sample::stop).on("i-77")))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("the case selects nothing");
  }

  @Test
  void metadataThatAFormCannotShowIsFound() {
    assertThatThrownBy(
            () -> ContractRules.saysWhatItIsAndWhatItTakes(ActionHarness.of(s -> new Silent())))
        .isInstanceOf(AssertionError.class)
        .hasMessage(
            "Silent lacks a description, a label for Level, a description for Level, a group for"
                + " Level");
  }

  @Test
  void whatMayNotBeUndoneNeedNoInverse() {
    assertThatCode(
            () ->
                ContractRules.undoLeavesTheWorldAsItWas(
                    Sample.harness(Sample::snapshotWithoutProbe)))
        .doesNotThrowAnyException();
  }
}
