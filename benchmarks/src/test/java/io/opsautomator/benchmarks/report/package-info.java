/** Tests of the tables. */
@NullMarked
package io.opsautomator.benchmarks.report;

import org.jspecify.annotations.NullMarked;
