/** Events that trigger tasks or end waits. */
@NullMarked
package io.opsautomator.event;

import org.jspecify.annotations.NullMarked;
