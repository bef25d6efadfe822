/** Whether every benchmark runs. */
@NullMarked
package io.opsautomator.benchmarks;

import org.jspecify.annotations.NullMarked;
