/** Reads YAML and JSON text into one kind of tree that knows where everything stood. */
@NullMarked
package io.opsautomator.task.internal;

import org.jspecify.annotations.NullMarked;
