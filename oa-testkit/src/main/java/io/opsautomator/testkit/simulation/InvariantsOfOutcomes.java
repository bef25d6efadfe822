package io.opsautomator.testkit.simulation;

import io.opsautomator.store.Execution;
import io.opsautomator.task.ExecutionId;
import io.opsautomator.testkit.simulation.CloudCall.Answer;
import io.opsautomator.testkit.simulation.CloudCall.Verb;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/** Why executions fail: for what the world did to them, and for nothing else. Held on every end. */
final class InvariantsOfOutcomes implements Watcher {
  /** How many workers may die in an execution before it is given up. */
  private static final int ATTEMPTS = 20;

  /**
   * The longest pause before asking again: so long before its deadline an execution may give up.
   */
  private static final Duration PAUSE = Duration.ofSeconds(60);

  private final Knowledge known;
  private final Set<ExecutionId> refused = new HashSet<>();

  InvariantsOfOutcomes(Knowledge known) {
    this.known = known;
  }

  @Override
  public void called(CloudCall call) {
    boolean once = call.verb() == Verb.AT_MOST_ONCE;
    if (call.answer() == Answer.REFUSED || once && call.answer() == Answer.THROTTLED) {
      refused.add(call.by().execution());
    }
  }

  @Override
  public void written(StoreWrite write) {
    for (Change change : write.changes()) {
      if (change instanceof Change.OfExecution of
          && of.before().isPresent()
          && write.request() instanceof Request.Advance) {
        ended(write.moment(), of.before().get(), of.after());
      }
    }
  }

  private void ended(Moment moment, Execution before, Execution after) {
    switch (after.status()) {
      case FAILED -> r5FailsForAReason(moment, after);
      case TIMED_OUT -> r5TimesOutInTime(moment, before, after);
      case CANCELLED ->
          Invariant.R5.require(
              after.progress().cancel().isPresent(),
              () -> Knowledge.words(after) + " was cancelled by nobody");
      default -> {}
    }
  }

  private void r5FailsForAReason(Moment moment, Execution after) {
    String outcome = after.progress().outcome().orElse("{}");
    String code = Payloads.code(outcome);
    boolean reason =
        switch (code) {
          case "ERR_GIVEN_UP" -> after.progress().attempts() > ATTEMPTS;
          case "ERR_DIVERGED", "ERR_UNEXPECTED" -> false;
          case "" -> true; // What the action found is not as it was asked to make it.
          default ->
              refused.contains(after.id())
                  || Payloads.reason(outcome).startsWith("no answer after")
                      && !moment.local().plus(PAUSE).isBefore(deadline(after));
        };
    Invariant.R5.require(
        reason,
        () -> Knowledge.words(after) + " failed with " + outcome + ", deadline " + deadline(after));
  }

  private void r5TimesOutInTime(Moment moment, Execution before, Execution after) {
    boolean waited =
        before
            .progress()
            .waiting()
            .filter(wait -> !wait.until().isAfter(moment.local()))
            .isPresent();
    Invariant.R5.require(
        waited || !moment.local().isBefore(deadline(after)),
        () ->
            Knowledge.words(after)
                + " timed out when its clock said "
                + moment.local()
                + ", deadline "
                + deadline(after)
                + ", waiting for "
                + before.progress().waiting());
  }

  private Instant deadline(Execution execution) {
    Duration timeout =
        known.taskOf(execution.origin().run()).limits().timeout().orElse(Duration.ofHours(1));
    return execution.progress().startedAt().orElseThrow().plus(timeout);
  }
}
