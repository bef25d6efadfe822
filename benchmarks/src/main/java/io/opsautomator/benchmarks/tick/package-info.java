/** A hundred thousand tasks with schedules, and one minute after another. */
@NullMarked
package io.opsautomator.benchmarks.tick;

import org.jspecify.annotations.NullMarked;
