/** From stored work to running work: queue, messages, concurrency keys. */
@NullMarked
package io.opsautomator.dispatch;

import org.jspecify.annotations.NullMarked;
