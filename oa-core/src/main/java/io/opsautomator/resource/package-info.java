/** Resources, where they live, and how they are selected. */
@NullMarked
package io.opsautomator.resource;

import org.jspecify.annotations.NullMarked;
