/** Runs the benchmarks, and puts what came out beside the targets. */
@NullMarked
package io.opsautomator.benchmarks.report;

import org.jspecify.annotations.NullMarked;
