/** Templates with placeholders, for texts and for tags. */
@NullMarked
package io.opsautomator.text;

import org.jspecify.annotations.NullMarked;
