/** How effects are journalled, replayed and planned. Not for use outside oa-core. */
@NullMarked
package io.opsautomator.action.internal;

import org.jspecify.annotations.NullMarked;
