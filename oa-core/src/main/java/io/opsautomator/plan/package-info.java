/** What a run would do, as data. */
@NullMarked
package io.opsautomator.plan;

import org.jspecify.annotations.NullMarked;
