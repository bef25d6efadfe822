/** The queue within one process. */
@NullMarked
package io.opsautomator.dispatch.internal;

import org.jspecify.annotations.NullMarked;
