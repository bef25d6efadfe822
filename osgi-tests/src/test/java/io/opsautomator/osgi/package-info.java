/** oa-core as a bundle in Apache Felix. */
@NullMarked
package io.opsautomator.osgi;

import org.jspecify.annotations.NullMarked;
