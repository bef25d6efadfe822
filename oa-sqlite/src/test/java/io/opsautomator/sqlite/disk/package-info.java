/**
 * A disk that can be watched, that loses power, and that has no room, for the tests of the store.
 */
@NullMarked
package io.opsautomator.sqlite.disk;

import org.jspecify.annotations.NullMarked;
