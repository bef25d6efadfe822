/** The engine, killed. */
@NullMarked
package io.opsautomator.sqlite.kill;

import org.jspecify.annotations.NullMarked;
