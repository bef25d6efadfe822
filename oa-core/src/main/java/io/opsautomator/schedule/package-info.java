/** When a task fires: pure functions of an instant. */
@NullMarked
package io.opsautomator.schedule;

import org.jspecify.annotations.NullMarked;
