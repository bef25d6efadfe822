/**
 * The engine: from a due instant to an outcome. One class a stage; what they share is in {@link
 * io.opsautomator.engine.internal.Kernel}. Not for use outside oa-core.
 */
@NullMarked
package io.opsautomator.engine.internal;

import org.jspecify.annotations.NullMarked;
