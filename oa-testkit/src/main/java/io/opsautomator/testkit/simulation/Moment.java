package io.opsautomator.testkit.simulation;

import java.time.Instant;

/**
 * When something happened in a world, and in whose hands.
 *
 * @param step counts what has happened so far; two moments of one world never share it
 * @param at true time, which no process knows
 * @param local what the process's own clock says
 * @param process such as {@code p2}; a process that replaces a dead one has a name of its own;
 *     empty for what happens outside of any, such as the loss of a message
 * @param worker which of the process's workers
 */
record Moment(long step, Instant at, Instant local, String process, int worker) {
  @Override
  public String toString() {
    return "step " + step + " at " + at + " in " + process + "/" + worker;
  }
}
