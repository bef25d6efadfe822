/** Cron beside the libraries that people use for it: reading, the next firing, matching. */
@NullMarked
package io.opsautomator.benchmarks.cron;

import org.jspecify.annotations.NullMarked;
