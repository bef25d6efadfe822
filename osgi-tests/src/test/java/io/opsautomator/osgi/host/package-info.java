/** A bundle that embeds the engine. */
@NullMarked
package io.opsautomator.osgi.host;

import org.jspecify.annotations.NullMarked;
