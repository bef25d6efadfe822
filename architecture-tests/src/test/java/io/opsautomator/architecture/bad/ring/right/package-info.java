@NullMarked
package io.opsautomator.architecture.bad.ring.right;

import org.jspecify.annotations.NullMarked;
