/**
 * What an action's author needs: the {@link io.opsautomator.action.Action} interface, its metadata
 * and its effects.
 */
@NullMarked
package io.opsautomator.action;

import org.jspecify.annotations.NullMarked;
