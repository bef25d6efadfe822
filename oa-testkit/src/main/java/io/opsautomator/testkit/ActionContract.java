package io.opsautomator.testkit;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestReporter;

/**
 * What every action must keep, whatever it does. Extend it in a test, give a harness for each
 * interesting case, and add tests of what is special. At the end a certificate says which rules
 * were kept: a report entry of the test class, and the file {@code target/certificates/<test
 * class>.txt} if there is a folder {@code target} to put it into.
 *
 * <p>A case must select something. What is to go wrong in it should go wrong every time ({@code
 * refuseAlways}, {@code noCapacityFor}): a fault that happens once may be spent on a process that
 * dies, and then the world itself is another one. Each process builds the action anew, so what an
 * action keeps in its fields is lost with a process, as it is in earnest.
 */
public abstract class ActionContract<P extends Record> {
  private static final Map<Class<?>, Certificate> CERTIFICATES = new ConcurrentHashMap<>();

  /** Called for each rule anew. */
  protected abstract Stream<ActionHarness<P>> cases();

  /** Where this action has a reason to differ. Default: nowhere. */
  protected Waivers waivers() {
    return Waivers.none();
  }

  /** Two plans of one world are equal, and neither of them changes it. */
  @TestFactory
  final Stream<DynamicTest> plansTheSameTwiceAndChangesNothing() {
    return each(Rule.PLANS_CHANGE_NOTHING, ContractRules::plansTheSameTwiceAndChangesNothing);
  }

  /** As far as a plan could know. */
  @TestFactory
  final Stream<DynamicTest> runsJustTheStepsItPlanned() {
    return each(Rule.RUNS_AS_PLANNED, ContractRules::runsJustTheStepsItPlanned);
  }

  /**
   * Whichever of its moments a process dies at, another brings the work to the same end: the same
   * statuses, evidence and world, and nothing made twice. Only a step that may be done at most once
   * may end uncertain.
   */
  @TestFactory
  final Stream<DynamicTest> endsTheSameWhereverItDies() {
    return each(Rule.RECOVERS, ContractRules::endsTheSameWhereverItDies);
  }

  /** Two workers each get every message: the end is that of one worker who gets each once. */
  @TestFactory
  final Stream<DynamicTest> executedTwiceIsExecutedOnce() {
    return each(Rule.TWICE_IS_ONCE, ContractRules::executedTwiceIsExecutedOnce);
  }

  /** If all that it does has an inverse. */
  @TestFactory
  final Stream<DynamicTest> undoLeavesTheWorldAsItWas() {
    return each(Rule.UNDOES, ContractRules::undoLeavesTheWorldAsItWas);
  }

  /**
   * Of several resources in one execution, one is refused whatever is asked of it: the others end
   * as they would have, and the outcome tells which one did not.
   */
  @TestFactory
  final Stream<DynamicTest> oneBadResourceDoesNotKeepTheOthers() {
    return each(Rule.ISOLATES, ConductRules::oneBadResourceDoesNotKeepTheOthers);
  }

  /** Whether what it waits for never comes, or no change gets through. */
  @TestFactory
  final Stream<DynamicTest> keepsItsDeadline() {
    return each(Rule.IN_TIME, ConductRules::keepsItsDeadline);
  }

  /**
   * A service may accept a change and not make it. Whoever reports success has looked; so the end
   * of such a run cannot be that of a good one.
   */
  @TestFactory
  final Stream<DynamicTest> confirmsWhatItReports() {
    Waivers waivers = waivers();
    return each(Rule.CONFIRMS, harness -> ConductRules.confirmsWhatItReports(harness, waivers));
  }

  /** Under the permissions in its metadata, its task could do all that it does. */
  @TestFactory
  final Stream<DynamicTest> callsOnlyWhatItDeclares() {
    return each(Rule.DECLARES_CALLS, PermissionRules::callsOnlyWhatItDeclares);
  }

  /** In one case or another: least privilege, and cases that show all there is. */
  @TestFactory
  final Stream<DynamicTest> callsAllThatItDeclares() {
    List<ActionHarness<P>> all = cases().toList();
    return Stream.of(
        DynamicTest.dynamicTest(
            "all cases together",
            () ->
                keep(
                    Rule.CALLS_DECLARED,
                    "",
                    () -> PermissionRules.callsAllThatItDeclares(all, waivers()))));
  }

  /** Enough for a form, a template and a manual. */
  @TestFactory
  final Stream<DynamicTest> saysWhatItIsAndWhatItTakes() {
    return each(Rule.EXPLAINS_ITSELF, ContractRules::saysWhatItIsAndWhatItTakes).limit(1);
  }

  private Stream<DynamicTest> each(Rule rule, Consumer<ActionHarness<?>> check) {
    return cases()
        .map(
            harness ->
                DynamicTest.dynamicTest(
                    harness.toString(),
                    () -> keep(rule, harness.toString(), explained(check, harness))));
  }

  private static Runnable explained(Consumer<ActionHarness<?>> check, ActionHarness<?> harness) {
    return () -> PlainRun.explaining(harness, () -> check.accept(harness));
  }

  private void keep(Rule rule, String example, Runnable check) {
    Certificate certificate =
        CERTIFICATES.computeIfAbsent(getClass(), testClass -> new Certificate());
    try {
      check.run();
    } catch (RuntimeException | Error e) {
      certificate.broken(rule);
      throw e;
    }
    certificate.kept(rule, example);
  }

  @AfterAll
  static void certify(TestInfo info, TestReporter reporter) {
    info.getTestClass()
        .map(CERTIFICATES::remove)
        .ifPresent(it -> publish(info, reporter, it.text()));
  }

  private static void publish(TestInfo info, TestReporter reporter, String text) {
    String name = info.getTestClass().map(Class::getName).orElse("");
    reporter.publishEntry("certificate", text);
    Certificate.write(Path.of("target"), name, text);
  }
}
