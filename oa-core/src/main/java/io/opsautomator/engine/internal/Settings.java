package io.opsautomator.engine.internal;

import io.opsautomator.resource.TaskList;
import io.opsautomator.task.Safeguards;
import java.time.Duration;

/**
 * What an engine is configured with. Immutable.
 *
 * @param worker names this process in leases
 * @param deployment the name that marker tags and the placeholder {@code {stack}} carry
 * @param taskListTag the tag that lists the tasks of a resource, for tasks without a filter
 * @param safeguards what no task may do, whatever it says
 * @param lease how long a worker may be silent
 */
record Settings(
    String worker, String deployment, String taskListTag, Safeguards safeguards, Duration lease) {
  static final String DEPLOYMENT = "ops-automator";

  /** The lease unless it is set, and between what it may be. */
  static final Duration LEASE = Duration.ofMinutes(5);

  static final Duration SHORTEST_LEASE = Duration.ofSeconds(10);
  static final Duration LONGEST_LEASE = Duration.ofHours(1);

  /** By how much clocks may differ. */
  static final Duration MARGIN = Duration.ofSeconds(5);

  /** What is older than this when a scheduler finds it due has been missed. */
  static final Duration LATE = Duration.ofMinutes(5);

  /**
   * How often an execution may be claimed in a row by workers that did not let go of it in good
   * order. Generous, since a process that is killed again and again takes down whatever it happens
   * to be working on, and most of that is innocent.
   */
  static final int ATTEMPTS = 20;

  static Settings of(String worker, String deployment, Safeguards safeguards, Duration lease) {
    return new Settings(worker, deployment, TaskList.DEFAULT_TAG, safeguards, lease);
  }

  /** The least time between two looks at an open run; usually a minute. */
  Duration watch() {
    return lease.dividedBy(5);
  }

  /** What a call may take at most; none is begun that could outlive the lease. */
  Duration longestCall() {
    return lease.dividedBy(5);
  }
}
