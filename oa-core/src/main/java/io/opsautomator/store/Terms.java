package io.opsautomator.store;

import java.time.Instant;
import java.util.Optional;

/**
 * On what terms a gate grants slots besides its limit: an error threshold, waves, a stop.
 * Immutable; changed as a whole by {@link Gates#retune}.
 *
 * @param maxFailed nothing is granted once so many have failed; 0 for no threshold
 * @param allowance how many grants may be made in all, over all waves so far; {@link
 *     Long#MAX_VALUE} when the gate knows no waves. It counts grants: who is granted a slot a
 *     second time counts twice
 * @param wave the wave that is under way, from 0
 * @param restingSince since when everything that was granted in this wave has left
 * @param approvedWave the highest wave that a person has approved; 0 when none, since the first
 *     needs no approval
 * @param stopped nothing more is granted
 */
public record Terms(
    int maxFailed,
    long allowance,
    int wave,
    Optional<Instant> restingSince,
    int approvedWave,
    boolean stopped) {

  /** Holds nothing back. */
  public static final Terms NONE = new Terms(0, Long.MAX_VALUE, 0, Optional.empty(), 0, false);

  public Terms {
    requireNatural("maxFailed", maxFailed);
    requireNatural("allowance", allowance);
    requireNatural("wave", wave);
    requireNatural("approvedWave", approvedWave);
  }

  private static void requireNatural(String name, long value) {
    if (value < 0) {
      throw new IllegalArgumentException(name + " is " + value + ", not 0 or more");
    }
  }

  public Terms withMaxFailed(int failures) {
    return new Terms(failures, allowance, wave, restingSince, approvedWave, stopped);
  }

  public Terms withAllowance(long grants) {
    return new Terms(maxFailed, grants, wave, restingSince, approvedWave, stopped);
  }

  /** The wave after this one, which is under way at once: nothing rests. */
  public Terms nextWave(long allowance) {
    return new Terms(maxFailed, allowance, wave + 1, Optional.empty(), approvedWave, stopped);
  }

  public Terms resting(Optional<Instant> since) {
    return new Terms(maxFailed, allowance, wave, since, approvedWave, stopped);
  }

  public Terms approved(int wave) {
    return new Terms(maxFailed, allowance, this.wave, restingSince, wave, stopped);
  }

  public Terms stop() {
    return new Terms(maxFailed, allowance, wave, restingSince, approvedWave, true);
  }
}
