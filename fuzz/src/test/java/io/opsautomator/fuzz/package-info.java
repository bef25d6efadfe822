/**
 * Everything that reads what others wrote, fed with what nobody would write. Each {@link
 * io.opsautomator.fuzz.Target} states what must hold for every input whatever.
 */
@NullMarked
package io.opsautomator.fuzz;

import org.jspecify.annotations.NullMarked;
