/** One engine on many machines: what it is told by its environment, and how it is put together. */
@NullMarked
package io.opsautomator.aws.deployment;

import org.jspecify.annotations.NullMarked;
