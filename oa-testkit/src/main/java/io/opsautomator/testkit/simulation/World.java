package io.opsautomator.testkit.simulation;

import io.opsautomator.store.Store;
import io.opsautomator.task.Safeguards;
import io.opsautomator.task.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What may be known of a world besides what happens in it. Not thread-safe. */
interface World {
  /** By how much the engine lets clocks differ. */
  Duration MARGIN = Duration.ofSeconds(5);

  /** How long a worker of the engine may be silent. */
  Duration LEASE = Duration.ofMinutes(5);

  long seed();

  /** True time. */
  Instant now();

  Instant start();

  /** Past every seam and every fault: what is stored at this moment. Reads only. */
  Store truth();

  /** Whether waiters get slots in the very order that they queued in, whoever queues meanwhile. */
  boolean strictlyInOrder();

  /** As first stored; operators may change them, which is told as a write. */
  List<Task> tasks();

  /** What the deployment lays down for all tasks. */
  Safeguards safeguards();

  /** Whether the deployment denies a thing, named as {@code scope/id}. */
  boolean denied(String key);

  /** By how much a process's clock is off at most, whichever process. */
  Duration skew();

  /** How long a read of the cloud may miss what happened. */
  Duration staleness();

  /** All calls that have arrived at the cloud so far. */
  List<CloudCall> calls();

  /** Since when there have been no faults. */
  Optional<Instant> calmSince();

  /** Whether nothing is left to do but to wait for the next firing. */
  boolean idle();
}
