package io.opsautomator.ecs;

import io.opsautomator.Vitals;
import io.opsautomator.Vitals.State;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Judges an engine by its signs of life, for those who probe it: <em>live</em> says that a restart
 * would help nobody, <em>ready</em> that it does its work now. It calls nothing, so that a store
 * that is away fails no liveness: a new process would not find it either. Thread-safe.
 */
public final class Health {
  /** An engine ticks once a minute; a machine that was asleep is given time for one. */
  static final Duration TICK = Duration.ofMinutes(3);

  /** As long as a lease: who was silent for so long has lost it. */
  static final Duration SILENCE = Duration.ofMinutes(5);

  private final Supplier<Vitals> engine;
  private final InstantSource clock;

  /**
   * @param reasons in words; empty if all is well
   */
  public record Verdict(List<String> reasons) {
    public Verdict {
      reasons = List.copyOf(reasons);
    }

    public boolean well() {
      return reasons.isEmpty();
    }
  }

  public Health(Supplier<Vitals> engine, InstantSource clock) {
    this.engine = engine;
    this.clock = clock;
  }

  /** Whether to let it go on; if not, it should be started anew. */
  public Verdict live() {
    Vitals now = engine.get();
    List<String> reasons = new ArrayList<>();
    if (now.state() == State.WORKING) {
      overdue(now.ticked(), TICK)
          .ifPresent(age -> reasons.add("the last tick was " + age + " ago; one is due a minute"));
      overdue(now.silentSince(), SILENCE)
          .ifPresent(
              age ->
                  reasons.add(
                      "an execution has come to no effect, wait or end for "
                          + age
                          + "; its lease is over"));
    }
    return new Verdict(reasons);
  }

  /** Whether it takes work, and its store answers. */
  public Verdict ready() {
    Vitals now = engine.get();
    List<String> reasons = new ArrayList<>();
    if (now.state() == State.NEW) {
      reasons.add("it has not begun to take messages");
    } else if (now.state() == State.CLOSING) {
      reasons.add("it is closing, and takes no more messages");
    } else if (now.ticked().isPresent() && !now.answered().equals(now.ticked())) {
      reasons.add(
          "the store did not answer the last tick"
              + now.answered().map(at -> "; it last did at " + at).orElse(""));
    }
    reasons.addAll(live().reasons());
    return new Verdict(reasons);
  }

  private Optional<String> overdue(Optional<Instant> since, Duration limit) {
    Instant now = clock.instant();
    return since
        .map(at -> Duration.between(at, now))
        .filter(age -> age.compareTo(limit) > 0)
        .map(age -> age.toSeconds() + " s");
  }
}
