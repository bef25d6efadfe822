/** What other libraries do for what our engine does as a whole. */
@NullMarked
package io.opsautomator.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
