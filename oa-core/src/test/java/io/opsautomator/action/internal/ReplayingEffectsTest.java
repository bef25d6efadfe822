package io.opsautomator.action.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsautomator.action.Completion;
import io.opsautomator.action.Effects;
import io.opsautomator.action.RefusedException;
import io.opsautomator.action.TransientException;
import io.opsautomator.action.TransientException.Kind;
import io.opsautomator.action.internal.Leave.Why;
import io.opsautomator.store.Execution;
import io.opsautomator.store.JournalEntry;
import io.opsautomator.store.JournalEntry.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

final class ReplayingEffectsTest {
  /** A world that remembers what was done to it, and can die in the middle. */
  private static final class Lamp {
    boolean on = true;
    final List<String> calls = new ArrayList<>();
    final Map<String, String> created = new HashMap<>();
    int diesAt = Integer.MAX_VALUE;

    String call(String what, Supplier<String> effect) {
      if (calls.size() == diesAt) {
        throw new Death();
      }
      calls.add(what);
      String answer = effect.get();
      if (calls.size() == diesAt) {
        throw new Death();
      }
      return answer;
    }
  }

  private static final class Death extends Error {
    private static final long serialVersionUID = 1L;
  }

  private final Desk desk = new Desk();
  private final Lamp lamp = new Lamp();

  /**
   * Looks, switches off if on, makes a note, and switches on again: each depends on what came
   * before.
   */
  private String restart(Effects effects) {
    boolean was = effects.fact("was", Boolean.class, () -> lamp.on);
    if (was) {
      effects.idempotent("off", String.class, () -> lamp.call("off", () -> "" + (lamp.on = false)));
    }
    String note =
        effects
            .probed(
                "note",
                String.class,
                token -> Optional.ofNullable(lamp.created.get(token)),
                token ->
                    lamp.call(
                        "note",
                        () ->
                            lamp.created.computeIfAbsent(
                                token, t -> "note-" + lamp.created.size())))
            .get();
    if (was) {
      effects.idempotent("on", String.class, () -> lamp.call("on", () -> "" + (lamp.on = true)));
    }
    return note;
  }

  @Test
  void deathAtAnyCallEndsLikeAnUndisturbedRun() {
    for (int at = 0; at <= 3; at++) {
      Desk mine = new Desk();
      Lamp light = new Lamp();
      light.diesAt = at;
      ReplayingEffectsTest other = new ReplayingEffectsTest();
      String result = other.survive(mine, light);

      assertThat(result).as("after death at call " + at).isEqualTo("note-0");
      assertThat(light.on).isTrue();
      assertThat(light.created).hasSize(1);
    }
  }

  private String survive(Desk mine, Lamp light) {
    lamp.diesAt = light.diesAt;
    Function<Effects, String> action = this::restart;
    String result;
    try {
      result = action.apply(mine.attempt());
    } catch (Death death) {
      lamp.diesAt = Integer.MAX_VALUE;
      mine.inDoubt = true;
      result = action.apply(mine.attempt());
    }
    light.on = lamp.on;
    light.created.putAll(lamp.created);
    return result;
  }

  @Test
  void whatHasBeenSeenIsDurableBeforeTheNextCall() {
    lamp.diesAt = 0;
    assertThatThrownBy(() -> restart(desk.attempt())).isInstanceOf(Death.class);

    assertThat(desk.durable).containsExactly(new JournalEntry("was", Stage.FACT, "true"));
  }

  @Test
  void anActionThatLooksAtNothingCostsNoWrite() {
    ReplayingEffects effects = desk.attempt();
    effects.idempotent("one", () -> {});
    effects.idempotent("two", () -> {});

    assertThat(desk.durable).isEmpty();
    assertThat(effects.unwritten()).hasSize(2);
  }

  @Test
  void aRefusalIsAResult_journalledAndThrownAgain() {
    ReplayingEffects effects = desk.attempt();
    assertThatThrownBy(() -> effects.idempotent("off", this::refuse))
        .isInstanceOf(RefusedException.class);
    desk.flush(effects.unwritten());

    assertThatThrownBy(() -> desk.attempt().idempotent("off", () -> lamp.calls.add("off")))
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.code()).isEqualTo("Stuck"));
    assertThat(lamp.calls).isEmpty();
  }

  private void refuse() {
    throw new RefusedException("Stuck", "the switch is stuck");
  }

  @Test
  void noReliableAnswerIsNoResult() {
    ReplayingEffects effects = desk.attempt();

    assertThatThrownBy(() -> effects.idempotent("off", () -> fail(Kind.IN_DOUBT)))
        .isInstanceOf(Leave.ToRetry.class);
    assertThat(effects.unwritten()).isEmpty();
  }

  private static void fail(Kind kind) {
    throw new TransientException(kind, "Timeout", "no answer", null);
  }

  @Test
  void anIntentWithoutResultIsUncertainForEver() {
    assertThatThrownBy(
            () ->
                desk.attempt()
                    .atMostOnce(
                        "send",
                        () -> {
                          throw new Death();
                        }))
        .isInstanceOf(Death.class);

    assertThatThrownBy(() -> desk.attempt().atMostOnce("send", () -> lamp.calls.add("send")))
        .isInstanceOfSatisfying(
            Leave.Stopped.class, leave -> assertThat(leave.why()).isEqualTo(Why.UNCERTAIN));
    assertThat(lamp.calls).isEmpty();
  }

  @Test
  void anAtMostOnceCallThatAnsweredIsReplayed() {
    desk.attempt().atMostOnce("send", String.class, () -> "sent");

    assertThat(desk.attempt().atMostOnce("send", String.class, () -> "twice").get())
        .isEqualTo("sent");
  }

  @Test
  void anAtMostOnceCallThatWasThrottledIsRefused_sinceItCertainlyDidNotHappen() {
    assertThatThrownBy(() -> desk.attempt().atMostOnce("send", () -> fail(Kind.THROTTLED)))
        .isInstanceOf(RefusedException.class);
  }

  @Test
  void otherCodeOnAnOldJournalIsTold() {
    desk.durable.add(new JournalEntry("off", Stage.DONE, ""));

    assertThatThrownBy(() -> desk.attempt().idempotent("dim", () -> {}))
        .isInstanceOfSatisfying(
            Leave.Stopped.class,
            leave -> {
              assertThat(leave.why()).isEqualTo(Why.DIVERGED);
              assertThat(leave).hasMessageContaining("'dim'").hasMessageContaining("'off'");
            });
    assertThatThrownBy(() -> desk.attempt().ended()).isInstanceOf(Leave.Stopped.class);
  }

  @Test
  void stepsHaveNamesOfTheirOwn() {
    ReplayingEffects effects = desk.attempt();
    effects.idempotent("off", () -> {});

    assertThatThrownBy(() -> effects.idempotent("off", () -> {}))
        .hasMessage("two steps of one execution are named 'off'");
  }

  @Test
  void theFirstCandidateThatIsNotRefusedIsTaken_onReplayToo() {
    assertThat(choose(desk.attempt())).isEqualTo("warm");
    assertThat(desk.durable).extracting(JournalEntry::stage).containsExactly(Stage.REFUSED);
    assertThat(choose(desk.attempt())).isEqualTo("warm");
  }

  private String choose(Effects effects) {
    return effects
        .firstAccepted(
            "light",
            List.of("cold", "warm"),
            refused -> refused.is("Out"),
            light ->
                effects.idempotent(
                    "try/" + light,
                    () -> {
                      if (light.equals("cold")) {
                        throw new RefusedException("Out", "none left");
                      }
                    }))
        .get();
  }

  @Test
  void aWaitIsLeftUntilItsConditionHolds() {
    Completion<Boolean> dark = Completion.when("dark", waited -> !lamp.on);
    assertThatThrownBy(() -> desk.attempt().await(dark)).isInstanceOf(Leave.ToWait.class);

    desk.wait =
        Optional.of(new Execution.Wait("dark", desk.now, desk.now.plusSeconds(3600), desk.now));
    assertThatThrownBy(() -> desk.attempt().await(dark))
        .isInstanceOfSatisfying(
            Leave.NotYet.class,
            leave -> assertThat(leave.next()).isEqualTo(Duration.ofSeconds(10)));

    lamp.on = false;
    assertThat(desk.attempt().await(dark).get()).isTrue();
  }

  @Test
  void w21_patienceEndsWithOneLastLook() {
    desk.wait =
        Optional.of(new Execution.Wait("dark", desk.now, desk.now.plusSeconds(60), desk.now));
    desk.now = desk.now.plusSeconds(60);
    Completion<Boolean> dark = Completion.when("dark", waited -> !lamp.on);

    assertThatThrownBy(() -> desk.attempt().await(dark))
        .isInstanceOfSatisfying(
            Leave.Stopped.class, leave -> assertThat(leave.why()).isEqualTo(Why.TIMED_OUT));
    assertThat(desk.attempt().await(dark.otherwise(() -> false)).get()).isFalse();
    lamp.on = false;
    assertThat(desk.attempt().await(dark).get()).isTrue();
  }

  @Test
  void undoRunsTheInversesNewestFirst() {
    Function<Effects, String> action =
        effects -> {
          effects.idempotent("a", () -> lamp.calls.add("a")).undo(() -> lamp.calls.add("-a"));
          effects
              .idempotent("b", String.class, () -> "B" + lamp.calls.add("b"))
              .undo((value, back) -> back.idempotent("back", () -> lamp.calls.add("-" + value)));
          return "";
        };
    ReplayingEffects done = desk.attempt();
    action.apply(done);
    desk.flush(done.unwritten());

    ReplayingEffects effects = desk.attempt();
    effects.replayForUndo();
    action.apply(effects);
    effects.undo();

    assertThat(lamp.calls).containsExactly("a", "b", "-Btrue", "-a");
    assertThat(effects.unwritten())
        .extracting(JournalEntry::step)
        .containsExactly("undo/b/back", "undo/a/undo");
  }

  /** What has an inverse and may have been done is done again and taken back; no more is done. */
  private String mixed(Effects effects) {
    effects.idempotent("a", () -> lamp.calls.add("a")).undo(() -> lamp.calls.add("-a"));
    effects.idempotent("plain", () -> lamp.calls.add("plain"));
    String made =
        effects
            .withToken("b", String.class, token -> "B" + lamp.calls.add("b"))
            .undo((value, back) -> back.idempotent("back", () -> lamp.calls.add("-" + value)))
            .get();
    effects.idempotent("c", () -> lamp.calls.add("c")).undo(() -> lamp.calls.add("-c"));
    return made;
  }

  private void undo(Function<Effects, String> action) {
    ReplayingEffects effects = desk.attempt();
    effects.replayForUndo();
    assertThatExceptionOfType(Leave.Stopped.class)
        .isThrownBy(() -> action.apply(effects))
        .satisfies(leave -> assertThat(leave.why()).isEqualTo(Why.REPLAYED));
    effects.undo();
    desk.flush(effects.unwritten());
  }

  @Test
  void undoingDoesNotCallBehindAFactThatIsNotStoredSinceNobodyCanHave() {
    desk.inDoubt = true;
    List<JournalEntry> fresh = List.of(new JournalEntry("state", Stage.FACT, "\"on\""));
    ReplayingEffects effects = new ReplayingEffects(desk, List.of(), fresh);
    effects.replayForUndo();

    assertThatExceptionOfType(Leave.Stopped.class)
        .isThrownBy(
            () -> {
              effects.fact("state", String.class, () -> "off");
              effects.idempotent("a", () -> lamp.calls.add("a")).undo(() -> lamp.calls.add("-a"));
            })
        .satisfies(leave -> assertThat(leave.why()).isEqualTo(Why.REPLAYED));
    assertThat(lamp.calls).isEmpty();
  }

  @Test
  void undoingAfterADeathResolvesWhatMayHaveBeenDoneAndHasAnInverse() {
    desk.inDoubt = true;

    undo(this::mixed);

    assertThat(lamp.calls).containsExactly("a", "b", "-Btrue", "-a");
    assertThat(desk.durable)
        .extracting(JournalEntry::step)
        .containsExactly("a", "plain", "b", "undo/begun", "undo/b/back", "undo/a/undo");
  }

  @Test
  void anUndoThatIsTakenOverResolvesNothingAgain() {
    desk.inDoubt = true;
    desk.durable.add(new JournalEntry("a", JournalEntry.Stage.DONE, ""));
    desk.durable.add(new JournalEntry("undo/begun", JournalEntry.Stage.FACT, ""));

    undo(this::mixed);

    assertThat(lamp.calls).containsExactly("-a");
  }

  @Test
  void whatWasResolvedIsReplayedWhenTheUndoIsTakenOver() {
    desk.inDoubt = true;
    undo(this::mixed);
    desk.durable.remove(desk.durable.size() - 1);

    undo(this::mixed);

    assertThat(lamp.calls).containsExactly("a", "b", "-Btrue", "-a", "-a");
  }

  @Test
  void undoingWithoutDoubtDoesNothingNew() {
    desk.durable.add(new JournalEntry("a", JournalEntry.Stage.DONE, ""));

    undo(this::mixed);

    assertThat(lamp.calls).containsExactly("-a");
  }

  @Test
  void undoingNeverBeginsWhatOnlyAProbeOrAnIntentCouldTellOf() {
    desk.inDoubt = true;

    undo(effects -> effects.atMostOnce("x", String.class, () -> "" + lamp.calls.add("x")).get());
    undo(
        effects ->
            effects
                .probed("y", String.class, t -> Optional.empty(), t -> "" + lamp.calls.add("y"))
                .get());

    assertThat(lamp.calls).isEmpty();
  }
}
