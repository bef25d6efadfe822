@NullMarked
package io.opsautomator.architecture.bad.ring.left;

import org.jspecify.annotations.NullMarked;
