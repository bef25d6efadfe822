/** What a user configures, and the names of what follows from it. */
@NullMarked
package io.opsautomator.task;

import org.jspecify.annotations.NullMarked;
