/** Small programs that show how a thing is done; the documentation is cut from them. */
@NullMarked
package io.opsautomator.examples;

import org.jspecify.annotations.NullMarked;
