package io.opsautomator.testkit;

import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What every action must keep, whatever it does. Extend it in a test, give a harness for each
 * interesting case, and add tests of what is special.
 *
 * <p>A case must select something. What is to go wrong in it should go wrong every time ({@code
 * refuseAlways}, {@code noCapacityFor}): a fault that happens once may be spent on a process that
 * dies, and then the world itself is another one.
 */
public abstract class ActionContract<P extends Record> {

  /** Called for each rule anew. */
  protected abstract Stream<ActionHarness<P>> cases();

  /** Two plans of one world are equal, and neither of them changes it. */
  @TestFactory
  final Stream<DynamicTest> plansTheSameTwiceAndChangesNothing() {
    return each(ContractRules::plansTheSameTwiceAndChangesNothing);
  }

  /** As far as a plan could know. */
  @TestFactory
  final Stream<DynamicTest> runsJustTheStepsItPlanned() {
    return each(ContractRules::runsJustTheStepsItPlanned);
  }

  /**
   * Whichever of its moments a process dies at, another brings the work to the same end: the same
   * statuses, evidence and world, and nothing made twice. Only a step that may be done at most once
   * may end uncertain.
   */
  @TestFactory
  final Stream<DynamicTest> endsTheSameWhereverItDies() {
    return each(ContractRules::endsTheSameWhereverItDies);
  }

  /** If all that it does has an inverse. */
  @TestFactory
  final Stream<DynamicTest> undoLeavesTheWorldAsItWas() {
    return each(ContractRules::undoLeavesTheWorldAsItWas);
  }

  /** Under the permissions in its metadata, its task could do all that it does. */
  @TestFactory
  final Stream<DynamicTest> callsOnlyWhatItDeclares() {
    return each(ContractRules::callsOnlyWhatItDeclares);
  }

  /** Enough for a form, a template and a manual. */
  @TestFactory
  final Stream<DynamicTest> saysWhatItIsAndWhatItTakes() {
    return each(ContractRules::saysWhatItIsAndWhatItTakes).limit(1);
  }

  private Stream<DynamicTest> each(Consumer<ActionHarness<?>> rule) {
    return cases()
        .map(harness -> DynamicTest.dynamicTest(harness.toString(), () -> rule.accept(harness)));
  }
}
