/** A durable store in one SQLite file, for a single process. */
@NullMarked
package io.opsautomator.sqlite;

import org.jspecify.annotations.NullMarked;
