package io.opsautomator.store;

import io.opsautomator.resource.Scope;
import io.opsautomator.task.RunId;

/**
 * What shares one limit: a concurrency key; a run that counts its failures or goes in waves; or
 * what a run has in one account and region.
 */
public record GateKey(String value) {

  /**
   * The gate of one drive of a run: {@code run/<id>/<drive>}. Each drive has one of its own, so
   * that failures and waves are counted anew. It is forgotten with its run.
   */
  public static GateKey ofRun(RunId run, int drive) {
    return new GateKey(ofRuns(run) + drive);
  }

  /**
   * The gate of what a run has in one account and region: {@code run/<id>/in/<account>/<region>}.
   * It counts nothing, so all drives share it. It is forgotten with its run.
   */
  public static GateKey ofPair(RunId run, Scope pair) {
    return new GateKey(ofPairs(run) + pair.key());
  }

  /** Whether this is the gate of one account and region of that run. */
  public boolean pairOf(RunId run) {
    return value.startsWith(ofPairs(run));
  }

  private static String ofPairs(RunId run) {
    return ofRuns(run) + "in/";
  }

  /** What the keys of all gates of a run begin with. */
  public static String ofRuns(RunId run) {
    return "run/" + run.value() + "/";
  }
}
