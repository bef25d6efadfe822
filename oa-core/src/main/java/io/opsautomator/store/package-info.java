/** All that is durable, for whoever writes a store. */
@NullMarked
package io.opsautomator.store;

import org.jspecify.annotations.NullMarked;
