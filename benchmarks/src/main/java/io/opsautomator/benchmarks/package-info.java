/** JMH benchmarks: they print figures, and assert nothing. Run them with {@code benchmarks/run}. */
@NullMarked
package io.opsautomator.benchmarks;

import org.jspecify.annotations.NullMarked;
