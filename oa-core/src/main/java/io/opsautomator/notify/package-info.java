/** What people want to be told of, and what did not happen though it should have. */
@NullMarked
package io.opsautomator.notify;

import org.jspecify.annotations.NullMarked;
