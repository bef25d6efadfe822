/** What the rules must object to. Nothing here is ever run. */
@NullMarked
package io.opsautomator.architecture.bad;

import org.jspecify.annotations.NullMarked;
