/** The engine as an embedder sees it: {@link io.opsautomator.OpsAutomator} and its builder. */
@NullMarked
package io.opsautomator;

import org.jspecify.annotations.NullMarked;
