package io.opsautomator.schedule;

/**
 * What to do when a task is triggered while a run of it is not finished. Default: QUEUE keeps one
 * run waiting, and of missed firings that are caught up with, as many as {@link MisfirePolicy.All}
 * grants.
 */
public enum OverlapPolicy {
  SKIP,
  QUEUE,
  ALLOW
}
