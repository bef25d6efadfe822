/** Small helpers that several packages of this library share; not for others. */
@NullMarked
package io.opsautomator.internal;

import org.jspecify.annotations.NullMarked;
