/** What happened, as immutable events, and where they go. */
@NullMarked
package io.opsautomator.audit;

import org.jspecify.annotations.NullMarked;
