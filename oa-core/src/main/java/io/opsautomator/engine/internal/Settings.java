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
 */
record Settings(String worker, String deployment, String taskListTag, Safeguards safeguards) {
  static final String DEPLOYMENT = "ops-automator";

  /** How long a worker may be silent. */
  static final Duration LEASE = Duration.ofMinutes(5);

  /** By how much clocks may differ. */
  static final Duration MARGIN = Duration.ofSeconds(5);

  /** The least time between two looks at an open run. */
  static final Duration WATCH = Duration.ofSeconds(60);

  /** What is older than this when a scheduler finds it due has been missed. */
  static final Duration LATE = Duration.ofMinutes(5);

  /**
   * How often an execution may be claimed in a row by workers that did not let go of it in good
   * order. Generous, since a process that is killed again and again takes down whatever it happens
   * to be working on, and most of that is innocent.
   */
  static final int ATTEMPTS = 20;

  static Settings of(String worker, String deployment, Safeguards safeguards) {
    return new Settings(worker, deployment, TaskList.DEFAULT_TAG, safeguards);
  }
}
