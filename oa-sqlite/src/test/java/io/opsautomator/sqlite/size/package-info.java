/** Runs larger than memory. */
@NullMarked
package io.opsautomator.sqlite.size;

import org.jspecify.annotations.NullMarked;
