/** A worker as a service: probes, metrics and signals, for containers and for {@code oa serve}. */
@NullMarked
package io.opsautomator.ecs;

import org.jspecify.annotations.NullMarked;
