/** Permits by key beside the rate limiters and bulkheads that people use for them. */
@NullMarked
package io.opsautomator.benchmarks.permit;

import org.jspecify.annotations.NullMarked;
