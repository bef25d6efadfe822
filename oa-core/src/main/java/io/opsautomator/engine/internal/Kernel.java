package io.opsautomator.engine.internal;

import io.opsautomator.dispatch.Message;
import io.opsautomator.dispatch.Timer;
import io.opsautomator.dispatch.WorkQueue;
import io.opsautomator.store.Run;
import io.opsautomator.store.Selections.Claimant;
import io.opsautomator.store.Store;
import io.opsautomator.task.RunId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;

/** What all stages share: the world behind ports, and what is configured. Thread-safe. */
record Kernel(
    Store store,
    WorkQueue queue,
    InstantSource clock,
    Timer timer,
    RandomGenerator random,
    Reporter reporter,
    Jobs jobs,
    Settings settings) {

  Instant now() {
    return clock.instant();
  }

  /** Throws IllegalArgumentException if there is none. */
  Run run(RunId id) {
    return store
        .runs()
        .find(id)
        .orElseThrow(() -> new IllegalArgumentException("there is no run " + id.value()));
  }

  void send(Message message) {
    queue.send(List.of(message), Duration.ZERO);
  }

  Claimant claimant() {
    Instant now = now();
    return new Claimant(settings.worker(), now.plus(settings.lease()), now.minus(Settings.MARGIN));
  }
}
