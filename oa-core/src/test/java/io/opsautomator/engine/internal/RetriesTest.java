package io.opsautomator.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.OpsAutomator;
import io.opsautomator.action.ActionContext;
import io.opsautomator.action.ActionException;
import io.opsautomator.action.Completion;
import io.opsautomator.action.Evidence;
import io.opsautomator.action.Outcome;
import io.opsautomator.action.RefusedException;
import io.opsautomator.action.TransientException;
import io.opsautomator.action.TransientException.Kind;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.task.RetryPolicy;
import io.opsautomator.task.RetryPolicy.Rule;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What is tried again, how often and when, by a task's own policy. */
final class RetriesTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Rule STEADY = new Rule(0, Duration.ofSeconds(10), MINUTE, false);

  private final World world = new World();
  private final List<Instant> calls = new ArrayList<>();
  private final List<String> did = new ArrayList<>();

  /** Runs one execution to its end. */
  private Execution run(
      RetryPolicy policy, Duration timeout, Consumer<ActionContext<Switch.Params>> body) {
    world.lamps = 1;
    OpsAutomator engine =
        world.engine(
            Switch.each(
                ctx -> {
                  body.accept(ctx);
                  return Outcome.of("x", Evidence.confirmed("done"));
                }));
    Task task =
        Task.named("lights").action("Switch").where("*").retry(policy).timeout(timeout).build();
    assertThat(engine.put(task)).isEmpty();
    engine.work();
    engine.run(new TaskName("lights"), "r");
    world.pass(Duration.ofHours(30));
    return engine.executions(engine.history(Optional.empty(), 1).get(0).id()).get(0);
  }

  private Execution run(RetryPolicy policy, Consumer<ActionContext<Switch.Params>> body) {
    return run(policy, Duration.ofHours(24), body);
  }

  private void failing(int times, RuntimeException failure) {
    calls.add(world.instant());
    if (calls.size() <= times) {
      throw failure;
    }
  }

  private static TransientException throttled() {
    return new TransientException(
        Kind.THROTTLED, "Throttling", "Rate exceeded", new IllegalStateException("429"));
  }

  private static TransientException lost() {
    return new TransientException(
        Kind.IN_DOUBT, "ReadTimeout", "no answer", new IllegalStateException("timeout"));
  }

  private List<Long> pauses() {
    List<Long> pauses = new ArrayList<>();
    for (int i = 1; i < calls.size(); i++) {
      pauses.add(Duration.between(calls.get(i - 1), calls.get(i)).toSeconds());
    }
    return pauses;
  }

  private static String outcome(Execution execution) {
    return execution.progress().outcome().orElseThrow();
  }

  // -- Without an answer --------------------------------------------------------------------------

  @Test
  void w1_aThrottledCallIsReallyMadeAgainAndItsCauseIsKept() {
    Execution execution =
        run(
            RetryPolicy.DEFAULT.throttled(STEADY.attempts(4)),
            ctx -> ctx.effects().idempotent("call", () -> failing(9, throttled())));

    assertThat(calls).hasSize(4);
    assertThat(pauses()).containsExactly(10L, 20L, 40L);
    assertThat(execution.status()).isEqualTo(Status.FAILED);
    assertThat(outcome(execution)).contains("Throttling", "no answer after 4 tries", "Rate");
  }

  @Test
  void eachErrorClassHasItsOwnPauses() {
    RetryPolicy policy =
        RetryPolicy.DEFAULT.throttled(STEADY).inDoubt(STEADY.pauses(Duration.ofSeconds(3), MINUTE));
    Execution execution =
        run(
            policy,
            ctx ->
                ctx.effects()
                    .idempotent(
                        "call", () -> failing(3, calls.size() == 1 ? lost() : throttled())));

    assertThat(pauses()).containsExactly(10L, 6L, 40L);
    assertThat(execution.status()).isEqualTo(Status.SUCCEEDED);
  }

  @Test
  void whoGetsAStepFurtherHasNotFailedInARow() {
    RetryPolicy policy = RetryPolicy.DEFAULT.throttled(STEADY.attempts(3));
    Execution execution =
        run(
            policy,
            ctx -> {
              for (int step = 0; step < 3; step++) {
                int failures = 3 * step + 2;
                ctx.effects().idempotent("step " + step, () -> failing(failures, throttled()));
              }
            });

    assertThat(execution.status()).isEqualTo(Status.SUCCEEDED);
    assertThat(calls).hasSize(9);
  }

  @Test
  void noPolicyOutlivesTheDeadline() {
    Execution execution =
        run(
            RetryPolicy.DEFAULT.throttled(STEADY),
            Duration.ofMinutes(5),
            ctx -> ctx.effects().idempotent("call", () -> failing(9_999, throttled())));

    assertThat(execution.status()).isEqualTo(Status.FAILED);
    assertThat(Duration.between(calls.get(0), calls.get(calls.size() - 1)))
        .isBetween(Duration.ofMinutes(4), Duration.ofMinutes(5));
  }

  // -- With an answer -----------------------------------------------------------------------------

  private static RetryPolicy patient(String... codes) {
    return RetryPolicy.DEFAULT.refused(
        new Rule(3, Duration.ofMinutes(10), Duration.ofMinutes(30), false), codes);
  }

  @Test
  void aRefusalIsAnAnswerUnlessItsCodeIsNamed() {
    Execution execution =
        run(
            patient("OtherCode"),
            ctx ->
                ctx.effects()
                    .idempotent("call", () -> failing(1, new RefusedException("NoRoom", "full"))));

    assertThat(execution.status()).isEqualTo(Status.FAILED);
    assertThat(calls).hasSize(1);
  }

  @Test
  void afterANamedRefusalTheActionBeginsAnewBehindWhatItHasDone() {
    Execution execution =
        run(
            patient("NoRoom"),
            ctx -> {
              ctx.effects().idempotent("prepare", () -> did.add("prepared"));
              String state =
                  ctx.effects().fact("state", String.class, () -> "state " + calls.size());
              ctx.effects()
                  .idempotent("call", () -> failing(2, new RefusedException("NoRoom", "full")));
              did.add("saw " + state);
            });

    assertThat(execution.status()).isEqualTo(Status.SUCCEEDED);
    assertThat(pauses()).containsExactly(600L, 1200L);
    assertThat(did).containsExactly("prepared", "saw state 2");
    assertThat(execution.journal())
        .extracting(entry -> entry.stage() + " " + entry.step())
        .containsExactly("DONE prepare", "FACT again/", "FACT state", "DONE call");
  }

  @Test
  void whatTheActionItselfSaysMayBeNamedToo() {
    Execution execution =
        run(
            patient("ERR_BUSY"),
            ctx -> {
              ctx.effects().idempotent("start", () -> did.add("started"));
              ctx.effects().await(Completion.when("ready", waited -> !waited.isZero()));
              failing(5, new ActionException("ERR_BUSY", "still in use"));
            });

    assertThat(execution.status()).isEqualTo(Status.FAILED);
    assertThat(outcome(execution)).contains("ERR_BUSY", "still in use; after 3 tries");
    assertThat(calls).hasSize(3);
    assertThat(did).containsExactly("started");
  }

  @Test
  void aStepThatMayHaveHappenedAndMayNotHappenTwiceIsNeverForgotten() {
    Execution execution =
        run(
            patient("ERR_UNCERTAIN", "NoRoom"),
            ctx ->
                ctx.effects()
                    .atMostOnce(
                        "pay",
                        () -> {
                          calls.add(world.instant());
                          throw lost();
                        }));

    assertThat(execution.status()).isEqualTo(Status.UNCERTAIN);
    assertThat(calls).hasSize(1);
  }

  @Test
  void oneThatWasRefusedMayBeAskedAgainForItHasNotHappened() {
    Execution execution =
        run(
            patient("NoRoom"),
            ctx ->
                ctx.effects()
                    .atMostOnce("pay", () -> failing(1, new RefusedException("NoRoom", "full"))));

    assertThat(execution.status()).isEqualTo(Status.SUCCEEDED);
    assertThat(calls).hasSize(2);
  }

  @Test
  void aDeathBetweenTwoTriesCostsNothingButTheCount() {
    world.store.dieAfter("Executions.advance");
    List<String> seen = new ArrayList<>();
    try {
      run(
          patient("NoRoom"),
          ctx ->
              ctx.effects()
                  .idempotent("call", () -> failing(1, new RefusedException("NoRoom", "full"))));
    } catch (CountingStore.Death death) {
      seen.add("died");
    }
    world.kill();
    OpsAutomator second =
        world.engine(
            Switch.each(
                ctx -> {
                  ctx.effects()
                      .idempotent("call", () -> failing(1, new RefusedException("NoRoom", "")));
                  return Outcome.of("x", Evidence.confirmed("done"));
                }));
    second.work();
    world.pass(Duration.ofHours(2));

    assertThat(seen).containsExactly("died");
    assertThat(second.history(Optional.empty(), 1).get(0).summary().succeeded()).isEqualTo(1);
    assertThat(calls).hasSize(2);
  }
}
