/** A bundle that brings an action. */
@NullMarked
package io.opsautomator.osgi.guest;

import org.jspecify.annotations.NullMarked;
