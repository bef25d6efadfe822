package io.opsautomator.store;

import io.opsautomator.task.RunId;

/** What shares one limit: a concurrency key, or a run that counts its failures or goes in waves. */
public record GateKey(String value) {

  /**
   * The gate of one drive of a run: {@code run/<id>/<drive>}. Each drive has one of its own, so
   * that failures and waves are counted anew. It is forgotten with its run.
   */
  public static GateKey ofRun(RunId run, int drive) {
    return new GateKey(ofRuns(run) + drive);
  }

  /** What the keys of all gates of a run begin with. */
  public static String ofRuns(RunId run) {
    return "run/" + run.value() + "/";
  }
}
