package io.opsautomator.resource;

/**
 * How much one execution gets: one resource, all of a region, of an account, or of the whole task.
 */
public enum Aggregation {
  RESOURCE,
  REGION,
  ACCOUNT,
  TASK
}
