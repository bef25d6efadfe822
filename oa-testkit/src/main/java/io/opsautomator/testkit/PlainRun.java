package io.opsautomator.testkit;

import io.opsautomator.store.Execution;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.testkit.ActionHarness.Ran;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A case run once with nothing arranged besides what it arranges itself. An action that does not
 * even do that breaks rules for reasons that have nothing to do with them; so who reads of a broken
 * rule is told of that first.
 */
final class PlainRun {
  private static final int TOLD = 3;

  private PlainRun() {}

  /** Checks a rule; if it is broken by an action that does not succeed anyway, says so. */
  static void explaining(ActionHarness<?> harness, Runnable check) {
    try {
      check.run();
    } catch (AssertionError broken) {
      String troubles = trouble(harness);
      if (troubles.isEmpty()) {
        throw broken;
      }
      throw new AssertionError(
          broken.getMessage()
              + "\n(the plain run of this case ends as "
              + troubles
              + "; unless the case means it to, mend that first: was something not waited for?)",
          broken);
    }
  }

  /** Such as {@code FAILED: IncorrectInstanceState: ...}; empty if it cannot be run at all. */
  private static String trouble(ActionHarness<?> harness) {
    try {
      return trouble(harness.run());
    } catch (RuntimeException | AssertionError cannotRun) {
      return ""; // which is what the broken rule says
    }
  }

  /** How those of its executions ended that did not succeed; empty if all did. */
  static String trouble(Ran ran) {
    Set<String> ends = new TreeSet<>();
    for (Execution execution : ran.executions()) {
      if (execution.status() != Status.SUCCEEDED) {
        ends.add(end(execution));
      }
    }
    String told = String.join("; ", ends.stream().limit(TOLD).toList());
    return ends.size() > TOLD ? told + "; and " + (ends.size() - TOLD) + " more" : told;
  }

  private static String end(Execution execution) {
    String words = StoredOutcome.of(execution).words();
    return words.isEmpty() ? execution.status().name() : execution.status() + ": " + words;
  }

  static boolean anySucceeds(Ran ran) {
    return ran.executions().stream().anyMatch(it -> it.status() == Status.SUCCEEDED);
  }

  /** If something was run, and all of it failed. */
  static boolean allFail(List<Ran> runs) {
    List<Status> all =
        runs.stream().flatMap(ran -> ran.executions().stream()).map(Execution::status).toList();
    return !all.isEmpty()
        && all.stream().allMatch(it -> it == Status.FAILED || it == Status.TIMED_OUT);
  }
}
