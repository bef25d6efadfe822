/** Runs and executions as Micrometer meters. */
@NullMarked
package io.opsautomator.micrometer;

import org.jspecify.annotations.NullMarked;
