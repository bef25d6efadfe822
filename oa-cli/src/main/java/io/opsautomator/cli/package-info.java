/** The {@code oa} command: the engine at a terminal and in pipes. */
@NullMarked
package io.opsautomator.cli;

import org.jspecify.annotations.NullMarked;
