/** Runs and executions as OpenTelemetry spans. */
@NullMarked
package io.opsautomator.opentelemetry;

import org.jspecify.annotations.NullMarked;
