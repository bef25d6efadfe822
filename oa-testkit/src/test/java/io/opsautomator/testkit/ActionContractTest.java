package io.opsautomator.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsautomator.action.ActionContext;
import io.opsautomator.action.Outcome;
import io.opsautomator.testkit.Sample.Params;
import java.util.List;
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

  @Override
  protected Waivers waivers() {
    String asked = "some of these samples only ask, and say so";
    return Waivers.none()
        .unconfirmed("ec2:StopInstances", asked)
        .unconfirmed("ec2:CreateSnapshot", asked);
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
    broken(PermissionRules::callsOnlyWhatItDeclares, Sample::stopInsideFact)
        .hasMessageContaining("[ec2:StopInstances] was called outside of an effect");
  }

  @Test
  void anUndeclaredOperationIsFound() {
    broken(PermissionRules::callsOnlyWhatItDeclares, Sample::tagUndeclared)
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

  // -- A world in which something is wrong --------------------------------------------------------

  private static void certify(ActionHarness<?> harness) {
    ConductRules.oneBadResourceDoesNotKeepTheOthers(harness);
    ConductRules.keepsItsDeadline(harness);
    ConductRules.confirmsWhatItReports(harness, Waivers.none());
    ContractRules.executedTwiceIsExecutedOnce(harness);
  }

  @Test
  void goodActionsKeepTheseRulesWithoutWaivers() {
    assertThatCode(() -> certify(Sample.harness(Sample::stop))).doesNotThrowAnyException();
    assertThatCode(() -> certify(Herd.harness(Herd::stopEach))).doesNotThrowAnyException();
  }

  @Test
  void whatIsKeptInAFieldIsFound() {
    broken(ContractRules::executedTwiceIsExecutedOnce, Sample::stopRemembered)
        .hasMessageContaining("nothing kept in a field of the action is known to the other");
    broken(ContractRules::endsTheSameWhereverItDies, Sample::stopRemembered)
        .hasMessageContaining("it must end as without");
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> sunk(
      BiFunction<Herd, ActionContext<Herd.Params>, Outcome> body) {
    return assertThatThrownBy(
            () -> ConductRules.oneBadResourceDoesNotKeepTheOthers(Herd.harness(body)))
        .isInstanceOf(AssertionError.class);
  }

  /** One vanished volume failed the tagging of all, in one of this project's neighbours. */
  @Test
  void aRefusalThatKeepsTheOthersIsFound() {
    sunk(Herd::stopUntilOneRefuses)
        .hasMessageContaining("with StopInstances refused for i-1 alone, the others did not end")
        .hasMessageContaining("i-2 (null)")
        .hasMessageContaining("Catch the RefusedException of one resource and go on");
  }

  @Test
  void aRefusalThatNobodyIsToldOfIsFound() {
    sunk(Herd::stopQuietly)
        .hasMessageContaining("nobody is told: the outcome says of it nothing")
        .hasMessageContaining("Evidence.contradicted");
  }

  @Test
  void waitingInALoopIsFound() {
    broken(ConductRules::keepsItsDeadline, Sample::stopInALoop)
        .hasMessageContaining("calls without letting go, the last describeInstances")
        .hasMessageContaining("wait with effects().await");
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> unconfirmed(
      BiFunction<Sample, ActionContext<Params>, Outcome> body) {
    return broken(h -> ConductRules.confirmsWhatItReports(h, Waivers.none()), body);
  }

  @Test
  void aRequestThatCountsAsSuccessIsFound() {
    unconfirmed(Sample::stopWithoutWaiting)
        .hasMessageContaining("i-1 is reported as Evidence[kind=REQUESTED")
        .hasMessageContaining("success means that somebody has looked");
  }

  /** Accepted, and then not so: the largest group of complaints about schedulers of instances. */
  @Test
  void aServiceThatIsBelievedIsFound() {
    unconfirmed(Sample::stopBelieved)
        .hasMessageContaining("a service that accepts [StopInstances] and does nothing")
        .hasMessageContaining("Look after the call");
  }

  @Test
  void patienceThatEndsInSuccessIsFound() {
    unconfirmed(Sample::stopImpatiently)
        .hasMessageContaining("never arrives, and yet it reports the same success")
        .hasMessageContaining("has to end as unknown or contradicted");
  }

  // -- Least privilege ----------------------------------------------------------------------------

  @Test
  void aPermissionThatNothingNeedsIsFound() {
    assertThatThrownBy(
            () ->
                PermissionRules.callsAllThatItDeclares(
                    List.of(Sample.harness(Sample::stop)), Waivers.none()))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("[ec2:CreateSnapshot] is declared, and no case")
        .hasMessageContaining("Take it out of the metadata's permissions");
  }

  @Test
  void aWaiverThatIsNotNeededIsFound() {
    Waivers waivers =
        Waivers.none()
            .uncalled("ec2:CreateSnapshot", "by another sample")
            .uncalled("ec2:StopInstances", "for nothing");

    assertThatThrownBy(
            () ->
                PermissionRules.callsAllThatItDeclares(
                    List.of(Sample.harness(Sample::stop)), waivers))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("the waiver for [ec2:StopInstances] is not needed");
  }

  @Test
  void aWaiverNeedsAReason() {
    assertThatThrownBy(() -> Waivers.none().unconfirmed("ec2:StopInstances", " "))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the waiver for ec2:StopInstances gives no reason");
  }

  // -- The certificate ----------------------------------------------------------------------------

  @Test
  void theCertificateClaimsWhatWasShownAndNoMore() {
    Certificate certificate = new Certificate();
    certificate.kept(Rule.UNDOES, "one");
    certificate.kept(Rule.UNDOES, "two");
    certificate.kept(Rule.IN_TIME, "one");
    certificate.broken(Rule.IN_TIME);

    assertThat(certificate.text())
        .startsWith("not certified: 1 of 11 rules in 2 cases")
        .contains("kept:    undo leaves the world as it was")
        .contains("broken:  the deadline is kept")
        .contains("not run: every call is declared");
  }

  @Test
  void allRulesKeptMakeACertificate() {
    Certificate certificate = new Certificate();
    for (Rule rule : Rule.values()) {
      certificate.kept(rule, "the only one");
    }

    assertThat(certificate.text()).startsWith("certified: 11 of 11 rules in 1 case\n");
  }
}
