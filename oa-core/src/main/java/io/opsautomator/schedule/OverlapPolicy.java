package io.opsautomator.schedule;

/**
 * What to do when a task is triggered while a run of it is not finished. Default: QUEUE keeps one
 * run waiting.
 */
public enum OverlapPolicy {
  SKIP,
  QUEUE,
  ALLOW
}
