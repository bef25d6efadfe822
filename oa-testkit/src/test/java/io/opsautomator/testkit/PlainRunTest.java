package io.opsautomator.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsautomator.action.ActionContext;
import io.opsautomator.action.Evidence;
import io.opsautomator.action.Outcome;
import io.opsautomator.aws.Instance;
import io.opsautomator.testkit.ActionHarness.Ran;
import io.opsautomator.testkit.Sample.Params;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ec2.Ec2Client;

/** An action that does not work at all is told so, whichever rule it breaks. */
final class PlainRunTest {
  private final ActionHarness<Params> good = Sample.harness(Sample::stop).named("good");
  private final ActionHarness<Params> bad = Sample.harness(PlainRunTest::stopAndStart).named("bad");

  /** The stop is not waited for, so that the start is refused. */
  private static Outcome stopAndStart(Sample sample, ActionContext<Params> ctx) {
    sample.stopWithoutWaiting(ctx);
    String id = ctx.resource(Instance.TYPE).id();
    Ec2Client ec2 = sample.aws().client(Ec2Client.class, ctx);
    ctx.effects().idempotent("start", () -> ec2.startInstances(r -> r.instanceIds(id)));
    return Outcome.of(id, Evidence.requested("started"));
  }

  private static void fail() {
    throw new AssertionError("this rule is broken.");
  }

  @Test
  void aBrokenRuleSaysHowThePlainRunEnded() {
    assertThatThrownBy(() -> PlainRun.explaining(bad, PlainRunTest::fail))
        .hasMessageStartingWith(
            "this rule is broken.\n(the plain run of this case ends as FAILED: IncorrectInstanceState: ")
        .hasMessageEndingWith("mend that first: was something not waited for?)");
  }

  @Test
  void ofACaseThatSucceedsThereIsNothingToAdd() {
    assertThatThrownBy(() -> PlainRun.explaining(good, PlainRunTest::fail))
        .hasMessage("this rule is broken.");
  }

  /** It said that doing nothing leads to the same success, of a run that had none. */
  @Test
  void whereNothingSucceedsNoSuccessNeedsConfirmation() {
    assertThatCode(() -> ConductRules.confirmsWhatItReports(bad, Waivers.none()))
        .doesNotThrowAnyException();
  }

  @Test
  void permissionsThatNobodyUsesAreExplainedByCasesThatFail() {
    assertThatThrownBy(
            () -> PermissionRules.callsAllThatItDeclares(List.of(good, bad), Waivers.none()))
        .hasMessageContaining("[ec2:CreateSnapshot] is declared, and no case")
        .hasMessageContaining("'Sample, bad' ends as FAILED: ")
        .hasMessageNotContaining("'Sample, good' ends");
  }

  @Test
  void aContractInWhichNothingEverSucceedsIsBroken() {
    Waivers waivers = Waivers.none().uncalled("ec2:CreateSnapshot", "by another sample");

    assertThatThrownBy(() -> PermissionRules.callsAllThatItDeclares(List.of(bad), waivers))
        .hasMessageStartingWith("no case of this contract ever succeeds")
        .hasMessageContaining("'Sample, bad' ends as FAILED: ");
  }

  @Test
  void aTestCanInsistOnSuccess() {
    assertThat(good.run().requireSucceeded().outcome().evidence())
        .containsEntry("i-1", Evidence.confirmed("stopped"));
    Ran failed = bad.run();
    assertThatThrownBy(failed::requireSucceeded)
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("the run did not succeed: FAILED: IncorrectInstanceState: ");
    Ran nothing = good.on("i-77").run();
    assertThatThrownBy(nothing::requireSucceeded)
        .hasMessage("the run did not succeed: nothing to execute");
  }

  @Test
  void aCertificateIsWrittenWhereThereIsAFolderForIt(@TempDir Path folder) throws IOException {
    Certificate.write(folder, "org.acme.LabelTest", "certified");
    Certificate.write(folder.resolve("none"), "org.acme.LabelTest", "certified");

    assertThat(Files.readString(folder.resolve("certificates/org.acme.LabelTest.txt")))
        .isEqualTo("certified\n");
    assertThat(folder.resolve("none")).doesNotExist();
  }
}
